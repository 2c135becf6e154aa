// Files that VS Code cannot show as text: captures, files beyond its limit, logs that are being written.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { pickFile, pickLargeFile, runCommand } from './workbench.mjs';

const { arrow, arrows, focusLadder, isSelected, ladderIn, openPage, shoot } = fixture;
const run = promisify(execFile);
const CAPTURE = 'lab-tcp-call.pcap';

describe('files that are no documents', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('a capture opens as a ladder, and its messages and calls as texts', async (t) => {
    const folder = await newFolder(t);
    await cp(join(ROOT, 'server/fixtures/traces/pcap', CAPTURE), join(folder, CAPTURE));
    const page = await openPage(t, session, folder);
    await pickFile(page, CAPTURE);
    const ladder = await ladderIn(page);
    const names = await arrows(ladder);
    assert.match(names[0], /request INVITE/);
    await arrow(ladder, 2).click();
    await isSelected(ladder, 2);
    await ladder.getByRole('region', { name: 'Message details' }).filter({ hasText: 'SIP/2.0 180' }).waitFor();
    await shoot(page, 'capture');

    await page.keyboard.press('g');
    const text = page.locator('.monaco-editor[data-uri^="sip-lens:"]');
    await text.filter({ hasText: 'SIP/2.0 180 Ringing' }).waitFor();
    await arrow(ladder, 3).click();
    await text.filter({ hasText: 'SIP/2.0 200 OK' }).waitFor();
    await page.keyboard.press('o');
    await text.filter({ hasText: 'INVITE sip:' }).waitFor();
    await page.locator('.tab.active').filter({ hasText: 'call of message 3' }).waitFor();
    await text.locator('.view-line').filter({ hasText: 'INVITE sip:' }).first().click();
    await isSelected(ladder, 1);
    await shoot(page, 'capture-call');
    assert.deepEqual([...session.said], []);
  });

  editorTest('a capture tells what the checks found, who was in a conference, and is filtered', async (t) => {
    const folder = await newFolder(t);
    const capture = join(folder, 'conference.pcapng');
    const asCapture = ['server/cli.ts', 'ladder', '--format', 'pcapng', 'samples/eject-user.sip', '--output', capture];
    await run(process.execPath, ['--import', 'tsx', ...asCapture], { cwd: ROOT });
    const page = await openPage(t, session, folder);
    await pickFile(page, 'conference.pcapng');
    const ladder = await ladderIn(page);
    const ejected = ladder.getByRole('row', { name: /^3, .*BENOTIFY.*, \d+ hints/ });
    await ejected.click();
    const details = ladder.getByRole('region', { name: 'Message details' });
    await details.getByText('expires has no meaning with “terminated”').waitFor();
    await shoot(page, 'capture-findings');

    await page.keyboard.press('f');
    await page.keyboard.type('method:BYE');
    await ladder.getByText(/^\d+ of 17 shown$/).waitFor();
    const shown = await arrows(ladder);
    assert.ok(shown.length > 0 && shown.every((name) => /BYE|, response /.test(name)), shown.join('\n'));
    await shoot(page, 'capture-filter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await arrow(ladder, 1).waitFor();

    await ladder.getByRole('grid', { name: 'Message ladder' }).focus();
    await page.keyboard.press('r');
    const roster = ladder.getByRole('region', { name: 'Conference roster' });
    await roster.getByText('- carol@contoso.com, ejected by alice (request 63022864)').first().waitFor();
    await shoot(page, 'capture-roster');
    assert.deepEqual([...session.said], []);
  });

  editorTest('a log beyond what VS Code shows as text opens as a ladder, and grows', async (t) => {
    const folder = await newFolder(t);
    const log = join(folder, 'big.log');
    const generate = ['--import', 'tsx', 'bench/generate.ts', '300M', log];
    const before = Number.parseInt((await run(process.execPath, generate, { cwd: ROOT })).stdout, 10);
    assert.ok(before > 200_000, `${before} messages`);
    const page = await openPage(t, session, folder);
    await pickLargeFile(page, 'big.log');
    await runCommand(page, 'SIP Lens: Open Ladder to the Side');
    const ladder = await ladderIn(page); // the first rows, while the rest is read
    const facts = ladder.locator('.toolbar .facts').first();
    await facts.filter({ hasText: `${before.toLocaleString('en')} messages` }).waitFor();
    await shoot(page, 'big-log');

    await focusLadder(page, ladder, 1);
    await page.keyboard.press('End');
    await isSelected(ladder, before);
    await appendFile(log, `\r\n${OPTIONS}`);
    await arrow(ladder, before + 1).waitFor();
    await page.keyboard.press('End');
    await isSelected(ladder, before + 1);
    await page.keyboard.press('g');
    await page.locator('.monaco-editor[data-uri^="sip-lens:"]').filter({ hasText: 'sip:dave@example.com' }).waitFor();

    await ladder.getByRole('button', { name: 'Pause' }).click();
    await ladder.getByRole('button', { name: 'Resume' }).waitFor();
    await writeFile(log, `${OPTIONS}\r\n${OPTIONS}`); // the log is rotated
    await ladder.getByRole('button', { name: 'Resume' }).click();
    await ladder.getByText('begun anew').waitFor();
    await facts.filter({ hasText: '2 messages' }).waitFor();
    assert.deepEqual([...session.said], []);
  });

  editorTest('files that are selected in the Explorer become one ladder', async (t) => {
    const folder = await newFolder(t);
    await writeFile(join(folder, 'a.sip'), `# 2026-01-05T09:30:10.000Z\n${OPTIONS}`);
    await writeFile(join(folder, 'b.sip'), `# 2026-01-05T09:30:08.500Z\n${OPTIONS}`);
    const page = await openPage(t, session, folder);
    const row = (name) => page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name });
    // The file that opens in the editor is selected alone when it is there.
    await row('a.sip').click();
    await page.locator('.tab.active').filter({ hasText: 'a.sip' }).waitFor();
    await chooseInMenu(page, row('a.sip'), row('b.sip'), 'Open Ladder of Selected Files');
    const ladder = await ladderIn(page);
    await ladder.getByText('1 message · 2 lanes').waitFor();
    await page.getByText('The clock of b.sip is 1.5 s behind (1 message was seen in both).').first().waitFor();
    await page.getByRole('button', { name: 'Put Times Right' }).click();
    await page.locator('.tab.active').filter({ hasText: 'aligned.sip ladder' }).waitFor();
    const aligned = await ladderIn(page);
    await aligned.getByText('1 message · 2 lanes').waitFor();
    await aligned.getByText('The times are put right.').waitFor();
    await shoot(page, 'merged');
    await aligned.getByRole('button', { name: 'Show times as written' }).click();
    await page.locator('.tab.active').filter({ hasText: 'b.sip.sip ladder' }).waitFor();
    assert.deepEqual([...session.said], []);
  });
});

const OPTIONS =
  'OPTIONS sip:dave@example.com SIP/2.0\r\nFrom: <sip:erin@example.com>;tag=1\r\nTo: <sip:dave@example.com>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n';

/** Chooses in the menu of two rows. That of the Explorer follows the selection with a delay, so it is opened again where it must be. */
async function chooseInMenu(page, first, row, name, attempts = 6) {
  await first.click();
  await row.click({ modifiers: ['Control'] });
  await row.click({ button: 'right' });
  const item = page.getByRole('menuitem', { name });
  try {
    await item.click({ timeout: attempts > 0 ? 3000 : undefined });
  } catch (error) {
    if (attempts === 0) throw error;
    await page.keyboard.press('Escape');
    await chooseInMenu(page, first, row, name, attempts - 1);
  }
}

/** A folder of its own, removed after the test. */
async function newFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-files-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
