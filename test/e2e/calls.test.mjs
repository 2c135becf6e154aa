// The calls of a trace in the side bar: a call of two legs, what a click shows, and the way back from the ladder.
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { chooseTheme, openFile, runCommand } from './workbench.mjs';

const { arrow, arrows, isSelected, openLadder, samples, shoot } = fixture;

describe('the view of calls', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest(
    'a click shows a call alone, the ladder shows its message in the tree, and its actions are commands',
    async (t) => {
      const folder = await samples(t);
      await cp(join(ROOT, 'test/e2e/two-legs.sip'), join(folder, 'two-legs.sip'));
      const { page, ladder } = await openLadder(t, session, folder, 'two-legs.sip');
      await chooseTheme(page, 'Dark Modern');
      await runCommand(page, 'SIP Lens: Focus on Calls View');
      const node = (name) => page.getByRole('treeitem', { name });

      await node(
        /^Alice → Bob, succeeded, ended · setup 3\.2 s · rang 3\.0 s · talked 1 min 2 s · 13 messages · 2 legs/,
      ).click();
      await ladder.getByText('Only Alice → Bob: 13 messages').waitFor();
      assert.equal((await arrows(ladder)).length, 13);
      await page.keyboard.press('ArrowRight'); // a click shows, it does not open
      await node(/^Leg 2: Alice → Bob, succeeded/).click();
      await ladder.getByText('Only Leg 2: Alice → Bob: 6 messages').waitFor();
      await page.keyboard.press('ArrowRight');
      await node(/^the same Session-ID, 1\.0 · leg 1 · RFC 7989 §5/).waitFor();

      await arrow(ladder, 4).click();
      await page.locator('.monaco-list-row.selected').filter({ hasText: '180 Ringing' }).waitFor();
      await shoot(page, 'calls-dark');
      await runCommand(page, 'SIP Lens: Last Message');
      await isSelected(ladder, 12);
      await page.keyboard.press('a');
      await arrow(ladder, 34).waitFor();
      await runCommand(page, 'SIP Lens: Copy Link to Message');
      await page.getByText('Copied', { exact: true }).waitFor();
      const link = await clipboard(page);
      assert.match(link, /:\/\/sip-lens\.sip-lens\/open\?trace=two-legs\.sip#12$/);
      await runCommand(page, 'Developer: Open URL');
      await page.locator('.quick-input-widget input').first().fill(link.replace('#12', '#5'));
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await isSelected(ladder, 5);

      await runCommand(page, 'SIP Lens: Filter Calls…');
      await page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'Failed Calls' }).click();
      await page.getByText('Failed: 1 of 8').waitFor();
      await node(/^Carol → Bob, failed, 486 Busy Here/).waitFor();
      await chooseTheme(page, 'Light Modern');
      await shoot(page, 'calls-light');

      await openFile(page, fixture.SAMPLE);
      await page.getByText('Failed: 0 of 6').waitFor();
    },
  );
});

async function clipboard(page) {
  return page.evaluate(() => navigator.clipboard.readText());
}
