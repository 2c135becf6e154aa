// A ladder as pictures of pixels, drawn in a view of the editor.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { choose, chooseTheme, openFile, pickFile, runCommand, saveAs, webview } from './workbench.mjs';

const MESSAGES = 450;

describe('pictures of a ladder', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('are PNG files, as many as a long ladder needs', async (t) => {
    const folder = await fixture.samples(t);
    await writeFile(join(folder, 'long.sip'), Array.from({ length: MESSAGES }, (_, n) => request(n + 1)).join('\n'));
    const page = await fixture.openPage(t, session, folder);
    await openFile(page, 'long.sip');
    await runCommand(page, 'SIP Lens: Export Ladder');
    await choose(page, 'PNG pictures, dark');
    await choose(page, 'As it is');
    await saveAs(page, join(folder, 'long-ladder.png'));
    await page.getByText('the ladder is in 3 files').first().waitFor();
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
    assert.deepEqual(names, ['long-ladder-1.png', 'long-ladder-2.png', 'long-ladder-3.png']);
    const sizes = await Promise.all(names.map(async (name) => sizeOf(await readFile(join(folder, name)))));
    await fixture.shoot(page, 'pictures');
    assert.equal(sizes[0].width, sizes[2].width);
    // Twice as fine as a screen; each picture has a head of its own.
    const rows = sizes.map(({ height }) => (height / 2 - 60) / 30);
    assert.equal(
      rows.reduce((sum, count) => sum + count),
      MESSAGES,
    );
    assert.equal(await page.locator('.tab').filter({ hasText: 'Drawing the ladder' }).count(), 0);
    await chooseTheme(page, 'Dark Modern');
    await pickFile(page, names[0]);
    await page.locator('.tab.active').filter({ hasText: names[0] }).waitFor();
    await page.waitForTimeout(1000); // it is drawn by VS Code
    await fixture.shoot(page, 'pictures-dark');
    assert.deepEqual([...session.said], []);
  });

  editorTest('and pages and reports, asked for by keys alone, of a call or of all', async (t) => {
    const folder = await fixture.samples(t);
    const { page, ladder } = await fixture.openLadder(t, session, folder);
    await fixture.focusLadder(page, ladder);
    await page.keyboard.press('Home');
    const written = async (name, ...answers) => {
      await fixture.hasFocus(ladder); // back from the question before
      await page.keyboard.press('e');
      for (const words of answers) await choose(page, words);
      await saveAs(page, join(folder, name));
      await page.getByText(`the ladder is in ${name}`).first().waitFor();
      return readFile(join(folder, name), 'utf8');
    };
    const svg = await written('all.svg', 'The whole ladder', 'SVG picture, light or dark', 'As it is');
    assert.match(svg, /<title>SIP ladder of eject-user\.sip<\/title>/);
    assert.equal(svg.match(/class="number"/g).length, 17);
    // What is made to be passed on is redacted, unless somebody wants it otherwise.
    const html = await written('all.html', 'The whole ladder', 'HTML page', '');
    assert.equal(html.match(/<details /g).length, 17);
    assert.doesNotMatch(html, /alice|carol|contoso/i);
    const report = await written('call.md', 'The call of message', 'Markdown report', 'As it is');
    assert.match(report, /^# SIP ladder of eject\\-user\.sip\n\n6 messages, 2 participants, 2 dialogs\./);
    await openFile(page, 'call.md');
    await page.keyboard.press('Control+Shift+V');
    const preview = await webview(page, 'vscode.markdown-language-features');
    await preview.getByRole('heading', { name: 'SIP ladder of eject-user.sip' }).waitFor();
    await fixture.shoot(page, 'report');
    for (const theme of ['Dark Modern', 'Dark High Contrast']) {
      await chooseTheme(page, theme);
      await fixture.shoot(page, `report-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
    await preview.getByRole('link', { name: '14', exact: true }).first().click();
    await page.locator('.editor-group-container.active .tab.active').filter({ hasText: 'eject-user.sip' }).waitFor();
    await page.getByText('Ln 174, Col 1').waitFor();
    assert.deepEqual([...session.said], []);
  });
});

function request(n) {
  return `OPTIONS sip:bob@example.org SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${n}
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.org>
Call-ID: ${n}
CSeq: ${n} OPTIONS
Content-Length: 0
`;
}

function sizeOf(png) {
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
