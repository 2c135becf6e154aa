// What a reader does without a mouse: filters with completion, reads, compares, goes to the text, mends, exports.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { runCommand } from './workbench.mjs';

const { accessibilityOf, isSelected, openLadder, samples, shoot } = fixture;

describe('looking into a trace', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('with the keyboard alone', async (t) => {
    const folder = await samples(t);
    const { page, ladder } = await openLadder(t, session, folder);
    const { keyboard } = page;
    const grid = ladder.getByRole('grid', { name: 'Message ladder' });
    await fixture.focusLadder(page, ladder);

    await keyboard.press('f');
    await keyboard.type('from:ca');
    await ladder.getByRole('option', { name: /^Carol/ }).waitFor();
    assert.deepEqual(await accessibilityOf(ladder), []);
    await shoot(page, 'inspect-completion');
    await keyboard.press('ArrowDown');
    await keyboard.press('Tab');
    await ladder.getByText('4 of 17 shown').waitFor();
    await keyboard.press('Enter');
    await ladder.locator('.ladder:focus').waitFor();
    await keyboard.press('Home');
    await isSelected(ladder, 4);

    await keyboard.press('Enter');
    const details = ladder.getByRole('region', { name: 'Message details' });
    await details.getByRole('group', { name: 'Related messages' }).getByText('answered by 8').waitFor();
    assert.deepEqual(await accessibilityOf(ladder), []);
    await keyboard.press('I');
    assert.deepEqual(await accessibilityOf(ladder), []);
    await shoot(page, 'inspect-details');
    await keyboard.press('I');
    const fix = details.getByRole('button', { name: 'Quick Fix for bye-crossing' });
    await fix.press('Enter');
    await choose(page, 'Turn bye-crossing off here');
    await fix.waitFor({ state: 'detached' });
    await grid.focus();

    await keyboard.press('e');
    const quick = page.locator('.quick-input-widget');
    await quick.getByText('What the filter leaves').waitFor();
    await shoot(page, 'inspect-export');
    await choose(page, 'filter leaves');
    await choose(page, 'CSV');
    await choose(page, 'As it is');
    await until(async () => /eject-user-ladder\.csv$/.test(await quick.locator('input').first().inputValue()));
    await keyboard.press('Enter');
    await page.getByText('SIP Lens: the ladder is in eject-user-ladder.csv.').first().waitFor();
    const table = await readFile(join(folder, 'eject-user-ladder.csv'), 'utf8');
    assert.deepEqual(
      table
        .trim()
        .split('\n')
        .map((line) => line.split(',')[0])
        .slice(1),
      ['4', '5', '10', '11'],
    );
    assert.ok((await readdir(folder)).includes(fixture.SAMPLE));

    await grid.focus();
    await keyboard.press(' ');
    await ladder.getByText('Message 4 is marked.').waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press(' ');
    const diff = page.locator('.monaco-diff-editor');
    await diff.locator('.view-line', { hasText: 'CSeq: ‹…› BYE' }).first().waitFor();
    await shoot(page, 'inspect-comparison');
    await runCommand(page, 'SIP Lens: Compare with Everything, or with What Matters');
    await diff.locator('.view-line', { hasText: 'CSeq: 2 BYE' }).first().waitFor();
    await shoot(page, 'inspect-comparison-everything');

    await grid.focus();
    await keyboard.press('v');
    const text = page.locator('.editor-group-container', { hasText: 'eject-user.sip ladder.txt' });
    await text
      .locator('.view-line', { hasText: /BYE\s─/ })
      .first()
      .waitFor();
    assert.equal(await text.locator('.view-line', { hasText: 'deleteUser' }).count(), 0, 'only what the filter leaves');
    await shoot(page, 'inspect-ladder-text');

    await grid.focus();
    await keyboard.press('g');
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    assert.deepEqual([...session.said], []);
  });
});

/** Takes the item of the quick pick that is found by these words. */
async function choose(page, words) {
  const widget = page.locator('.quick-input-widget');
  await widget.locator('input').first().fill(words);
  await widget.locator('.monaco-list-row.focused').filter({ hasText: words }).waitFor();
  await page.keyboard.press('Enter');
  await widget.locator('.monaco-list-row.focused').filter({ hasText: words }).waitFor({ state: 'hidden' });
}

async function until(holds) {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail('it did not come about');
}
