// A hundred thousand messages, in every kind of theme, and at twice the size.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { chooseTheme, pickLargeFile, runCommand } from './workbench.mjs';

const { accessibilityOf, arrow, focusLadder, isSelected, ladderIn, openPage, shoot, zoom } = fixture;
const MESSAGES = 100_000;
const THEMES = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];

describe('a large trace', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('a hundred thousand messages', async (t) => {
    const page = await openPage(t, session, await folderWithLog(t));
    await pickLargeFile(page, 'day.log');
    await runCommand(page, 'SIP Lens: Open Ladder to the Side');
    const ladder = await ladderIn(page);
    const facts = ladder.locator('.toolbar .facts').first();
    await facts.filter({ hasText: /^100,\d\d\d messages · 12 lanes/ }).waitFor(); // all of it is read
    const all = numbersIn(await facts.textContent())[0];
    assert.ok(all >= MESSAGES);
    const grid = ladder.getByRole('grid', { name: 'Message ladder' });
    const details = ladder.getByRole('region', { name: 'Message details' });

    await focusLadder(page, ladder, 1);
    await page.keyboard.press('End');
    await isSelected(ladder, all);
    await details
      .getByText(`#${all}`)
      .or(details.getByText(String(all), { exact: true }))
      .first()
      .waitFor();
    await isFull(ladder);
    await page.keyboard.press('Home');
    await isSelected(ladder, 1);
    await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
    await isFull(ladder);
    await shoot(page, 'large-middle');

    await page.keyboard.press('f');
    await page.keyboard.type('status:>=400 heidi');
    const shown = ladder.getByText(/^[\d,]+ of 100,[\d,]+ shown$/);
    await shown.waitFor();
    const [failures] = numbersIn(await shown.textContent());
    assert.ok(failures > 100 && failures < all / 20, `${failures} of ${all}`);
    await isFull(ladder);
    const rows = await fixture.arrows(ladder);
    assert.ok(rows.length > 10 && rows.every((name) => /response [4-6]\d\d .*failed/.test(name)), rows.join('\n'));
    await shoot(page, 'large-filter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');

    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('/');
    await page.keyboard.type('grace@example.org>;tag=c');
    await page.keyboard.press('Enter');
    await details.getByText('sip:grace@example.org', { exact: false }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    const failed = ladder.locator('[role=row][aria-selected=true][aria-label*="failed"]');
    await failed.waitFor();
    const number = Number.parseInt(await failed.getAttribute('aria-label'), 10);
    await page.keyboard.press('ArrowDown');
    await isSelected(ladder, number + 1);
    await page.keyboard.press('N');
    await isSelected(ladder, number);
    await arrow(ladder, number).waitFor();

    await runCommand(page, 'SIP Lens: Focus on Calls View');
    await page.getByRole('treeitem', { name: /^Calls 1–500,/ }).waitFor();
    await shoot(page, 'large-calls');
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');

    for (const theme of THEMES) {
      await chooseTheme(page, theme);
      await page.waitForTimeout(300); // colours fade
      assert.deepEqual(await accessibilityOf(ladder), [], theme);
      await shoot(page, `large-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
    await zoom(page, 2);
    await isFull(ladder);
    await shoot(page, 'large-twice-as-large');
    assert.deepEqual([...session.said], []);
  });
});

/** Waits until the rows on screen are all there: none is still to be loaded, and none is left out. */
async function isFull(ladder) {
  await ladder.locator('.row.waiting').first().waitFor({ state: 'hidden' });
  await ladder.waitForFunction(() => {
    const { top, bottom } = document.querySelector('.ladder').getBoundingClientRect();
    const rows = [...document.querySelectorAll('.row.message')].map((row) => row.getBoundingClientRect());
    const seen = rows.filter((row) => row.bottom > top && row.top < bottom).sort((a, b) => a.top - b.top);
    return (
      seen.length > 5 &&
      seen.at(-1).bottom >= bottom - seen[0].height &&
      seen.every(({ top: begin }, at) => at === 0 || Math.abs(begin - seen[at - 1].bottom) < 1)
    );
  });
}

const numbersIn = (text) => text.match(/\d[\d,]*/g).map((one) => Number(one.replaceAll(',', '')));

/** A folder of its own with a log in it, removed after the test. */
async function folderWithLog(t) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-large-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const day = ['--import', 'tsx', 'test/traces/busyDay.ts', String(MESSAGES)];
  const { stdout } = await promisify(execFile)(process.execPath, day, { cwd: ROOT, maxBuffer: 1 << 26 });
  await writeFile(join(folder, 'day.log'), stdout);
  return folder;
}
