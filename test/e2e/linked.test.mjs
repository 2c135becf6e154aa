// Legs that are linked by hand: what they mean for filters, for a call as text, and for whatever leaves the ladder.
import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { choose, chooseInMenu, chooseTheme, runCommand, saveAs } from './workbench.mjs';

const { arrow, arrows, focusLadder, hasFocus, openLadder, samples, shoot } = fixture;

describe('legs that are linked by hand', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('are in the export, the text and the filter of the call that is shown alone', async (t) => {
    const folder = await samples(t);
    await cp(join(ROOT, 'test/e2e/two-legs.sip'), join(folder, 'two-legs.sip'));
    const { page, ladder } = await openLadder(t, session, folder, 'two-legs.sip');
    await chooseTheme(page, 'Dark Modern');
    await runCommand(page, 'SIP Lens: Focus on Calls View');
    const node = (name) => page.getByRole('treeitem', { name });
    await node(/^Alice → Bob, succeeded/).click();
    await node(/^Carol → Bob, failed, 486/).click({ modifiers: ['ControlOrMeta'] });
    await chooseInMenu(page, node(/^Carol → Bob, failed, 486/), 'Link as One Call');
    await node(/^Alice → Bob, succeeded, .*16 messages · 3 legs, linked by you/).click();
    await ladder.getByText('Only Alice → Bob: 16 messages in 3 legs').waitFor();

    await focusLadder(page, ladder);
    await page.keyboard.press('e');
    await page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'What is shown' }).waitFor();
    await shoot(page, 'export-shown-call');
    await choose(page, 'What is shown: the call of message 1 with 3 linked legs');
    await choose(page, 'NDJSON');
    await choose(page, 'As it is');
    await saveAs(page, join(folder, 'call.ndjson'));
    await page.getByText('the ladder is in call.ndjson').first().waitFor();
    const written = (await readFile(join(folder, 'call.ndjson'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      written.map(({ index }) => index),
      Array.from({ length: 16 }, (_, at) => at + 1),
    );

    await hasFocus(ladder);
    await page.keyboard.press('v');
    await page.locator('.tab.active').filter({ hasText: 'two-legs.sip ladder.txt' }).waitFor();
    const text = page.locator('.editor-group-container.active .view-lines');
    await text.getByText('486 Busy Here').waitFor();
    await shoot(page, 'text-shown-call');
    assert.equal(await text.getByText('REGISTER').count(), 0);

    await focusLadder(page, ladder);
    await page.keyboard.press('a');
    await arrow(ladder, 34).waitFor();
    await page.keyboard.press('f');
    await page.keyboard.type('message:15');
    await ladder.getByText('1 of 34 shown').waitFor();
    await ladder.getByRole('combobox', { name: 'What is shown' }).selectOption('call');
    await ladder.getByText('16 of 34 shown').waitFor();
    assert.equal((await arrows(ladder)).length, 16);
    await arrow(ladder, 15).click();
    await page.keyboard.press('o');
    await page.locator('.tab.active').filter({ hasText: 'call of message 15' }).waitFor();
    await page.locator('.editor-group-container.active .view-lines').getByText('leg-1@192.0.2.1').first().waitFor();
    await shoot(page, 'call-text-linked');

    // Taken back, it counts at once, also for the filter that is in force.
    await runCommand(page, 'SIP Lens: Forget What Was Linked or Cut by Hand');
    await ladder.getByText('3 of 34 shown').waitFor();
    assert.deepEqual([...session.said], []);
  });
});
