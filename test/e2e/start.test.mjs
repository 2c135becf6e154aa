import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';
import { arrows, ladderIn, shoot } from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { browser, ready } from './workbench.mjs';

editorTest('npm start prints the trace and shows its ladder in VS Code; Ctrl+C ends all of it', async (t) => {
  const start = await npmStart(t, [], pathWithoutCode());
  const url = await start.said(/(http:\/\/127\.0\.0\.1:\d+\/\S*)/);
  assert.match(start.output(), /cccp-user-mismatch/);
  assert.match(start.output(), /✕ 481 Dialog does not exist/);

  const chromium = await browser();
  t.after(() => chromium.close());
  const page = await chromium.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await ready(page);
  await page.locator('.tab').filter({ hasText: 'eject-user.sip ladder' }).waitFor();
  assert.ok((await arrows(await ladderIn(page))).length > 0);
  await shoot(page, 'start');

  assert.equal(await start.interrupt(), 130);
  await assert.rejects(fetch(url));
});

test('npm start uses the VS Code that is installed', async (t) => {
  const folder = await fakeCode(t);
  const start = await npmStart(t, ['samples/eject-user.flattened.txt'], folder + delimiter + process.env.PATH);
  const said = await start.said(/^code: (.*)$/m);
  assert.match(said, new RegExp(`--extensionDevelopmentPath=${ROOT} `));
  assert.match(said, new RegExp(`${ROOT}/samples ${ROOT}/samples/eject-user.flattened.txt ladder=1$`));
  assert.equal(await start.interrupt(), 130);
});

test('npm start says which file it does not find', async (t) => {
  const start = await npmStart(t, ['no-such.sip'], process.env.PATH);
  assert.equal(await start.ended, 1);
  assert.match(start.output(), /^no-such\.sip was not found\.$/m);
});

async function npmStart(t, args, PATH) {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: ROOT,
    env: { ...process.env, PATH, INIT_CWD: ROOT },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code]) => code);
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => (output += `${line}\n`));
  return {
    ended,
    output: () => output,
    async said(pattern) {
      while (!pattern.test(output)) {
        if (child.exitCode !== null) assert.fail(output);
        await new Promise((wait) => setTimeout(wait, 100));
      }
      return pattern.exec(output)[1];
    },
    interrupt() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** A `code` that says how it was called and stays. */
async function fakeCode(t) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-code-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'code'), '#!/bin/sh\necho "code: $* ladder=$SIP_LENS_OPEN_LADDER"\nexec sleep 600\n');
  await chmod(join(folder, 'code'), 0o755);
  return folder;
}

function pathWithoutCode() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, 'code'))).join(delimiter);
}
