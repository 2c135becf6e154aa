// A ladder as pictures of pixels, drawn in a view of the editor.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { openFile, runCommand } from './workbench.mjs';

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
    const widget = page.locator('.quick-input-widget');
    const choose = async (words) => {
      await widget.locator('.monaco-list-row').filter({ hasText: words }).first().waitFor();
      await widget.locator('input').first().fill(words);
      await widget.locator('.monaco-list-row.focused').filter({ hasText: words }).waitFor();
      await page.keyboard.press('Enter');
      await widget.locator('.monaco-list-row.focused').filter({ hasText: words }).waitFor({ state: 'detached' });
    };
    await choose('PNG pictures, dark');
    await choose('As it is');
    await widget.locator('input').first().fill(join(folder, 'long-ladder.png'));
    await page.keyboard.press('Enter');
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
