// The calls of a trace in the side bar: a call of two legs, what a click shows, and the way back from the ladder.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { chooseInMenu, chooseTheme, openFile, pickFile, runCommand } from './workbench.mjs';

const { arrow, arrows, isSelected, ladderIn, openLadder, openPage, samples, shoot, zoom } = fixture;
const run = promisify(execFile);

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
      await node(/^Leg 2: 192\.0\.2\.9 → Bob, succeeded/).click();
      await ladder.getByText('Only Leg 2: 192.0.2.9 → Bob: 6 messages').waitFor();
      await page.keyboard.press('ArrowRight');
      await node(/^the same Session-ID, 1\.0 · leg 1 · RFC 7989 §5/).waitFor();

      await arrow(ladder, 4).click();
      await page.locator('.monaco-list-row.selected').filter({ hasText: '180 Ringing' }).waitFor();
      await shoot(page, 'calls-dark');
      for (const theme of ['Dark High Contrast', 'Light High Contrast']) {
        await chooseTheme(page, theme);
        await shoot(page, `calls-${theme.toLowerCase().replaceAll(' ', '-')}`);
      }
      await zoom(page, 2);
      await shoot(page, 'calls-twice-as-large');
      await zoom(page, 1);
      await arrow(ladder, 4).click();
      await page.locator('.monaco-list-row.selected').filter({ hasText: '180 Ringing' }).waitFor();
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
      await page.getByText('Failed: 0 of 4').waitFor();
    },
  );

  editorTest(
    'legs of a capture are linked, shown from the ladder, cut, linked by hand, and that is kept',
    async (t) => {
      const folder = await samples(t);
      const capture = join(folder, 'two-legs.pcapng');
      const asCapture = ['server/cli.ts', 'ladder', '--format', 'pcapng', 'test/e2e/two-legs.sip', '--output', capture];
      await run(process.execPath, ['--import', 'tsx', ...asCapture], { cwd: ROOT });
      const page = await openPage(t, session, folder);
      await pickFile(page, 'two-legs.pcapng');
      const ladder = await ladderIn(page);
      await chooseTheme(page, 'Dark Modern');
      const node = (name) => page.getByRole('treeitem', { name });
      await arrow(ladder, 4).click();
      await page.keyboard.press('L');
      const bar = ladder.getByRole('region', { name: 'The call that is shown' });
      await bar.getByText('Only Alice → Bob: 13 messages in 2 legs').waitFor();
      await bar.getByText('the same Session-ID (RFC 7989 §5)').waitFor();
      assert.equal((await arrows(ladder)).length, 13);
      await bar.getByRole('button', { name: 'Go to message 3' }).first().click();
      await isSelected(ladder, 3);

      await runCommand(page, 'SIP Lens: Focus on Calls View');
      await shoot(page, 'legs-dark');
      const whole = node(/^Alice → Bob, succeeded, .*13 messages · 2 legs/);
      await whole.click();
      await page.keyboard.press('ArrowRight');
      await chooseInMenu(page, node(/^Leg 2: /), 'These Are Not One Call');
      await node(/^Alice → Bob, succeeded, .*7 messages/).click();
      await node(/^Not one call with Alice → Bob, cut by you · though the same Session-ID/).waitFor();
      await ladder.getByText(/^Only Alice → Bob: 7 messages$/).waitFor();
      await page.reload();
      const again = await ladderIn(page);
      const both = [node(/^Alice → Bob, succeeded, .*7 messages/), node(/^Alice → Bob, succeeded, .*6 messages/)];
      await both[0].click();
      await both[1].click({ modifiers: ['ControlOrMeta'] });
      await chooseInMenu(page, both[1], 'Link as One Call');
      await node(/^Alice → Bob, succeeded, .*13 messages · 2 legs, linked by you/).waitFor();
      await again.getByText('Only Alice → Bob: 13 messages in 2 legs').waitFor();
      await chooseTheme(page, 'Light Modern');
      await shoot(page, 'legs-light');
      await runCommand(page, 'SIP Lens: Forget What Was Linked or Cut by Hand');
      const linked = node(/^Alice → Bob, succeeded, .*13 messages · 2 legs ·/);
      await linked.waitFor();

      await linked.click();
      await page.keyboard.press('ArrowRight');
      await chooseInMenu(page, node(/^Leg 2: /), 'These Are Not One Call');
      await both[0].click();
      await chooseTheme(page, 'Dark High Contrast');
      await shoot(page, 'legs-cut-hc-dark');
      await chooseInMenu(page, node(/^Not one call with Alice → Bob, cut by you/), 'Take Back');
      await linked.waitFor();
      const carol = node(/^Carol → Bob, failed/);
      await carol.click();
      await chooseInMenu(page, carol, 'Link with…');
      const near = page.locator('.quick-input-widget .monaco-list-row');
      await near.filter({ hasText: 'Alice → Bob' }).first().waitFor();
      await shoot(page, 'legs-link-with-hc-dark');
      await near.filter({ hasText: 'Alice → Bob' }).first().click();
      const three = node(/^Alice → Bob, .*16 messages · 3 legs, linked by you/);
      await three.click();
      await page.keyboard.press('ArrowRight');
      await node(/^Leg 3: /).click();
      await page.keyboard.press('ArrowRight');
      await chooseTheme(page, 'Dark Modern');
      await shoot(page, 'legs-three-dark');
      await chooseInMenu(page, node(/^linked by you, leg 1/), 'Take Back');
      await linked.waitFor();
      // The menu of a call beside those that are selected is about that call alone.
      await linked.click();
      await node(/^REGISTER Alice/).click({ modifiers: ['ControlOrMeta'] });
      await chooseInMenu(page, carol, 'Link as One Call');
      await page.locator('.quick-input-widget input[placeholder^="Which call is one with Carol → Bob?"]').waitFor();
      await page.keyboard.press('Escape');
      assert.deepEqual([...session.said], []);
    },
  );
});

async function clipboard(page) {
  return page.evaluate(() => navigator.clipboard.readText());
}
