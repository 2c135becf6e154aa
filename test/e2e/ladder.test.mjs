// The rows, times, colours and lanes of the ladder, in the real editor.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { chooseTheme, ready, runCommand } from './workbench.mjs';

const { accessibilityOf, arrow, isSelected, openLadder, samples, shoot } = fixture;
let session;

before(async () => {
  session = await fixture.startVscode({ 'sipLens.ladder.density': 'comfortable' });
});

after(() => session?.stop());

editorTest('rows tell more in a second line, colours change, and a lane keeps its name over a reload', async (t) => {
  const { page, ladder } = await openLadder(t, session, await samples(t));
  await ladder.getByText('CCCP request 63022864', { exact: false }).first().waitFor();
  await arrow(ladder, 1).click();
  await isSelected(ladder, 1);
  await ladder.getByRole('grid', { name: 'Message ladder' }).press('c');
  await ladder.getByText('one colour and shape for each Call-ID').waitFor();
  const lane = ladder.getByRole('list', { name: 'Lanes' }).getByRole('listitem').first();
  await page.keyboard.press('h');
  await page.keyboard.press('F2');
  const field = ladder.getByRole('textbox', { name: 'Name of the lane Alice' });
  await field.fill('Organizer');
  await field.press('Enter');
  await lane.getByText('Organizer').waitFor();
  await shoot(page, 'ladder-lanes');
  await page.waitForTimeout(7000); // VS Code in a browser keeps the state of its editors every five seconds
  await page.reload();
  await ready(page);
  const restored = await fixture.ladderIn(page);
  await restored.getByRole('list', { name: 'Lanes' }).getByText('Organizer').waitFor();
  await restored.getByText('one colour and shape for each Call-ID').waitFor();
  assert.deepEqual(await fixture.accessibilityOf(restored), []);
});

editorTest(
  'the strip beside the ladder scrolls it, gaps are in proportion to time, brackets go from dialog to dialog',
  async (t) => {
    const { page, ladder } = await openLadder(t, session, await folderWithDay(t), 'day.sip');
    const grid = ladder.getByRole('grid', { name: 'Message ladder' });
    const strip = ladder.getByRole('scrollbar', { name: 'Overview of the trace' });
    const isAt = (words) => ladder.locator(`[role=scrollbar][aria-valuetext^="${words}"]`).waitFor();
    await isAt('message 1 of 1,20');
    const { x, y, width, height } = await strip.boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    await isAt('message 5');
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height * 0.75, { steps: 4 });
    await page.mouse.up();
    await isAt('message 8');
    await grid.focus();
    const shows = (words) => ladder.locator(`[role=scrollbar][aria-description^="${words}"]`).waitFor();
    await page.keyboard.down('Shift');
    await page.mouse.move(x + width / 2, y + height * 0.2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height * 0.4, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await shows('messages 2');
    await shoot(page, 'ladder-strip-part');
    await page.mouse.dblclick(x + width / 2, y + height / 2);
    await ladder.locator('[role=scrollbar]:not([aria-description*="alone"])').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await page.keyboard.press('F');
    await shows('messages 1–');
    await page.keyboard.press('F');
    await page.keyboard.press('s');
    await page.keyboard.press('Home');
    await isAt('message 1 of');
    await page.keyboard.press('PageDown');
    await isAt('message 1');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await isSelected(ladder, 1);
    await page.keyboard.press(']');
    await ladder.locator('[role=row][aria-selected=true]:not([aria-label^="1, "])').waitFor();
    await page.keyboard.press('[');
    await isSelected(ladder, 1);
    await page.keyboard.press('m');
    for (let pages = 0; pages < 4; pages++) await page.keyboard.press('PageDown');
    await page.keyboard.press('p');
    await ladder.locator('.row.silence').first().waitFor();
    await ladder.getByText('gaps to scale').waitFor();
    for (const theme of ['Dark Modern', 'Light Modern', 'Dark High Contrast']) {
      await chooseTheme(page, theme);
      await page.waitForTimeout(300); // colours fade
      assert.deepEqual(await accessibilityOf(ladder), [], theme);
      await shoot(page, `ladder-time-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
  },
);

editorTest('lanes are moved, hidden and reset, and a message and a call are compared with others', async (t) => {
  const { page, ladder } = await openLadder(t, session, await folderWithDay(t), 'day.sip');
  const grid = ladder.getByRole('grid', { name: 'Message ladder' });
  const lanes = ladder.getByRole('list', { name: 'Lanes' }).getByRole('listitem');
  const diff = page.locator('.monaco-diff-editor');
  await arrow(ladder, 2).click();
  await isSelected(ladder, 2);
  const [first, second] = await lanes.allTextContents();
  await page.keyboard.press('h');
  await page.keyboard.press('Shift+ArrowRight');
  await lanes.nth(1).filter({ hasText: first }).waitFor();
  await page.keyboard.press('Delete');
  await lanes.filter({ hasText: first }).first().waitFor({ state: 'detached' });
  await shoot(page, 'ladder-hidden-lane');
  await runCommand(page, 'SIP Lens: Reset Lanes');
  await lanes.filter({ hasText: first }).first().waitFor();
  assert.deepEqual((await lanes.allTextContents()).slice(0, 2), [first, second]);

  await arrow(ladder, 1).click();
  await isSelected(ladder, 1);
  await grid.press('j');
  await diff.locator('.view-line', { hasText: 'CSeq: ' }).first().waitFor();
  await shoot(page, 'ladder-next-hop');
  await grid.focus();
  await page.keyboard.press(' ');
  await ladder.getByText('Message 1 is marked.').waitFor();
  await page.keyboard.press(']');
  await isSelected(ladder, 6);
  await page.keyboard.press('X');
  await page.getByRole('tab', { name: /call of message 1 ↔ call of message 6/ }).waitFor();
  await diff.locator('.view-line', { hasText: 'REGISTER' }).first().waitFor();
  await shoot(page, 'ladder-calls-compared');
});

/** A folder with a log of some hours of calls. */
async function folderWithDay(t) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-day-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const script = join(ROOT, 'test/traces/busyDay.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '1200'], {
    cwd: ROOT,
    maxBuffer: 2 ** 24,
  });
  await writeFile(join(folder, 'day.sip'), stdout);
  return folder;
}
