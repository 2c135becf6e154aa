import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { active, open, selected, useBrowser, violations } from './browser.ts';

useBrowser();

const strip = (page: Page) => page.getByRole('scrollbar', { name: 'Overview of the trace' });
/** Waits until the strip says where the ladder is. */
const isAt = (page: Page, words: string) => page.locator(`.scrubber[aria-valuetext^="${words}"]`).waitFor();
/** The number in the first row that is wholly in view, once it is there. */
const topRow = async (page: Page) => {
  const found = await page.waitForFunction(() => {
    const head = document.querySelector('.head')!.getBoundingClientRect().bottom;
    const rows = [...document.querySelectorAll('.row.message')].map((row) => ({
      top: row.getBoundingClientRect().top,
      number: Number(row.querySelector('.number')!.textContent),
    }));
    return rows.filter(({ top }) => top >= head - 1).sort((one, other) => one.top - other.top)[0]?.number;
  });
  return (await found.jsonValue())!;
};
/** How much of the strip is drawn on: the colours of its picture, but for what is empty. */
const colours = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.strip')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const found = new Set<string>();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3]! > 0) found.add(data.slice(at, at + 4).join());
    return found.size;
  });
const settings = (page: Page, scrubber: boolean) =>
  page.evaluate((on) => {
    const own = { density: 'compact', timeZone: 'log', gap: 2, slow: [0.1, 1, 5], hideKeepAlives: true, scrubber: on };
    (globalThis as unknown as { send(message: unknown): void }).send({ type: 'settings', settings: own, lanes: null });
  }, scrubber);

test('the strip beside the ladder is clicked, dragged and moved by keys, and says where it is', async () => {
  const page = await open('rows=100000&times=rhythm', { width: 900, height: 700 });
  await isAt(page, 'message 1 of 100,000, 11:30:12');
  assert.ok((await colours(page)) > 2, 'bars, failures and warnings');
  assert.match(
    (await strip(page).getAttribute('aria-description')) ?? '',
    /^2,666 failures, 4,545 messages with errors, /,
  );
  const { x, y, width, height } = (await strip(page).boundingBox())!;
  const middle = x + width / 2;
  await page.mouse.click(middle, y + height / 2);
  await isAt(page, 'message 4');
  const near = await topRow(page);
  assert.ok(Math.abs(near - 49_000) < 2500, `message ${near}`);
  await page.mouse.move(middle, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(middle, y + height - 1, { steps: 3 });
  await page.mouse.move(middle, y + height + 300);
  await page.mouse.up();
  await page.locator('.row.message .number', { hasText: /^100000$/ }).waitFor();
  await page.mouse.move(middle, y + height / 4);
  assert.match(
    (await strip(page).getAttribute('title')) ?? '',
    /^Messages \d\d,\d{3}–\d\d,\d{3} of 100,000, \d\d:\d\d:\d\d\nAbout .* a second here\n.*failures/,
  );
  await page.locator('.ladder').focus();
  await page.keyboard.press('s');
  for (const [key, words] of [
    ['Home', 'message 1 of'],
    ['ArrowDown', 'message 2 of'],
    ['ArrowDown', 'message 3 of'],
    ['ArrowUp', 'message 2 of'],
    ['PageDown', 'message 1'],
    ['End', 'message 99,9'],
  ] as const) {
    await page.keyboard.press(key);
    await isAt(page, words);
  }
  assert.equal(await page.locator('.row.selected').count(), 0, 'it scrolls and chooses nothing');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'ladder');
  await page.close();
});

test('the strip shows a part alone: dragged over with Shift, by keys, or fitted to a call', async () => {
  const page = await open('rows=100000&times=rhythm', { width: 900, height: 700 });
  const shows = (words: string) => page.locator(`.scrubber[aria-description^="${words}"]`).waitFor();
  await shows('2,666 failures');
  const { x, y, width, height } = (await strip(page).boundingBox())!;
  const middle = x + width / 2;
  await page.keyboard.down('Shift');
  await page.mouse.move(middle, y + height * 0.4);
  await page.mouse.down();
  await page.mouse.move(middle, y + height * 0.5, { steps: 3 });
  await page.locator('.strip-choice').waitFor();
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.locator('.strip-choice').waitFor({ state: 'hidden' });
  const told = /^messages (\d+),\d+–(\d+),\d+ alone; \d+ failures/;
  await page.waitForFunction(
    (part) => new RegExp(part).test(document.querySelector('.scrubber')!.getAttribute('aria-description') ?? ''),
    told.source,
  );
  const [, from, to] = told.exec((await strip(page).getAttribute('aria-description'))!)!.map(Number);
  assert.ok(Math.abs(from! - 40) <= 1 && Math.abs(to! - 50) <= 1, `${from} to ${to}`);
  await isAt(page, `message ${from}`); // it goes there
  assert.deepEqual(await violations(page), []);
  // A click in the middle is in the middle of the part, its box cannot be dragged out of it.
  await page.mouse.click(middle, y + height / 2);
  await isAt(page, 'message 4');
  await page.mouse.move(middle, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(middle, y + height + 200, { steps: 3 });
  await page.mouse.up();
  const bottom = await topRow(page);
  assert.ok(bottom > to! * 1000 - 100 && bottom < (to! + 1) * 1000, `message ${bottom}`);
  // By keys: the part goes along, gets shorter around what is in view, and is given up.
  await page.locator('.ladder').focus();
  await page.keyboard.press('s');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await shows(`messages ${to}`);
  await page.keyboard.press('Home');
  await shows('messages 1–');
  await page.keyboard.press('+');
  await shows('messages 1–5,');
  await page.keyboard.press('-');
  await shows('messages 1–1');
  await page.keyboard.press('0');
  await shows('2,666 failures');
  // Fitted to the call of the chosen message, whose messages are 2, 4 and 6, and back.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page.keyboard.press('F');
  await shows('messages 1–1');
  await page.keyboard.press('F');
  await shows('2,666 failures');
  await page.keyboard.press('F');
  await shows('messages 1–1');
  await page.mouse.dblclick(middle, y + height / 2);
  await shows('2,666 failures');
  await page.close();
});

test('the strip shows its part again after a filter that leaves nothing', async () => {
  const page = await open('rows=4000&times', { width: 900, height: 700 });
  const shows = (words: string) => page.locator(`.scrubber[aria-description^="${words}"]`).waitFor();
  await page.locator('.ladder').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('F');
  await shows('messages 1–');
  const before = await strip(page).getAttribute('aria-description');
  await page.keyboard.press('f');
  await page.keyboard.type('method:none');
  await page.locator('.filter-outcome', { hasText: /^0 of/ }).waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLElement>('.strip-view')!.style.height === '6px');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.locator('.row .number', { hasText: /^1$/ }).waitFor();
  await page.locator(`.scrubber[aria-description="${before}"]`).waitFor({ timeout: 5000 });
  await page.close();
});

test('the strip shows what a filter leaves, marks the chosen and the marked message, and can be turned off', async () => {
  const page = await open('rows=4000&times', { width: 900, height: 700 });
  const at = (name: string) => page.locator(name).evaluate((mark) => mark.getBoundingClientRect().top);
  await page.locator('.ladder').focus();
  for (const key of ['Home', 'm', 'End']) await page.keyboard.press(key);
  await page.locator('.row.selected .number', { hasText: '4000' }).waitFor();
  const { y, height } = (await strip(page).boundingBox())!;
  assert.ok((await at('.strip-marked')) < y + 10 && (await at('.strip-selected')) > y + height - 20);
  await page.keyboard.press('Home');
  await page.keyboard.press('f');
  await page.keyboard.type('method:INVITE');
  await page.locator('.filter-outcome', { hasText: '800' }).waitFor();
  await page.locator('.strip-marked').waitFor({ state: 'hidden' });
  await page.locator('.ladder').focus();
  await page.keyboard.press('s');
  await page.keyboard.press('End');
  await isAt(page, 'message 3,');
  assert.equal(await strip(page).getAttribute('aria-valuemax'), '4000');
  await page.evaluate(() => (globalThis as unknown as { change(rows: number): void }).change(5000));
  await page.locator('.scrubber[aria-valuemax="5000"][aria-valuetext*=" of 5,000, 1"]').waitFor();
  await settings(page, false);
  await strip(page).waitFor({ state: 'hidden' });
  await page.locator('.ladder').focus();
  await page.keyboard.press('s');
  await page.locator('.notice.info', { hasText: 'sipLens.ladder.scrubber' }).waitFor();
  await settings(page, true);
  await strip(page).waitFor();
  await page.close();
});

test('gaps are drawn in proportion and change neither the numbers of rows nor the place of the reader', async () => {
  const page = await open('rows=100000&times=rhythm', { width: 900, height: 700 });
  await page.locator('.ladder').focus();
  for (const key of ['End', 'PageUp']) await page.keyboard.press(key);
  const before = Number(await selected(page));
  const place = () => page.locator('.row.selected').evaluate((row) => row.getBoundingClientRect().top);
  const top = await place();
  await page.keyboard.press('p');
  await page.locator('.row.silence', { hasText: '2.5 s' }).first().waitFor();
  assert.equal(Number(await selected(page)), before);
  assert.ok(Math.abs((await place()) - top) <= 1);
  const told = await page
    .locator('.row.message')
    .evaluateAll((rows) =>
      rows.map((row) => Number(row.getAttribute('aria-rowindex')) - Number(row.querySelector('.number')!.textContent)),
    );
  const folded = Number(told[0]);
  assert.ok(
    told.every((one) => Math.abs(one - folded) <= 1),
    'a gap takes no number',
  );
  assert.equal(await page.locator('.row.silence:not([aria-hidden="true"])').count(), 0);
  const rows = await page.locator('.ladder').getAttribute('aria-rowcount');
  await page.locator('.status-times', { hasText: 'gaps to scale' }).waitFor();
  await page.keyboard.press('End');
  await page.locator('.row.selected .number', { hasText: '100000' }).waitFor();
  await page.locator('.row.silence').first().dispatchEvent('click');
  assert.equal(await selected(page), '100000', 'a gap is no message');
  assert.match((await active(page)) ?? '', /^100000, /);
  assert.deepEqual(await violations(page), []);
  await page.reload();
  await page.locator('.row.silence').first().waitFor();
  await page.locator('.ladder').focus();
  await page.keyboard.press('p');
  await page.locator('.status-times', { hasText: 'gaps' }).waitFor({ state: 'detached' });
  assert.equal(await page.locator('.row.silence').count(), 0);
  assert.equal(await page.locator('.ladder').getAttribute('aria-rowcount'), rows);
  await page.close();
});

test('a reload comes back to the same place among gaps', async () => {
  const page = await open('rows=2000&times=rhythm&delay=30', { width: 900, height: 700 });
  await page.locator('.ladder').focus();
  await page.keyboard.press('p');
  await page.locator('.status-times', { hasText: 'gaps to scale' }).waitFor();
  await page.locator('.ladder').evaluate((ladder) => (ladder.scrollTop = ladder.scrollHeight - 3000));
  await page.waitForFunction(() => JSON.parse(sessionStorage.getItem('state') ?? '{}').scroll > 0); // it has come to rest
  const top = await topRow(page);
  await page.reload();
  await page.locator('.status-times', { hasText: 'gaps to scale' }).waitFor();
  await page.locator('.row.message .number', { hasText: new RegExp(`^${top}$`) }).waitFor();
  assert.equal(await topRow(page), top);
  await page.close();
});

test('gaps of a trace that has got times just now are drawn, and not said to be too many', async () => {
  const page = await open('rows=400', { width: 900, height: 700 });
  await page.locator('.ladder').focus();
  await page.evaluate(() =>
    (globalThis as unknown as { change(rows: number, times: string): void }).change(400, 'rhythm'),
  );
  await page.locator('.status-times', { hasText: 'Times' }).waitFor();
  await page.keyboard.press('p'); // before anything is asked about single messages again
  await page.locator('.status-times', { hasText: 'gaps to scale' }).waitFor();
  await page.keyboard.press('End');
  await page.locator('.row.silence').first().waitFor();
  assert.equal(await page.locator('.notice.info').count(), 0);
  await page.close();
});

test('a trace without times says why there are no gaps; dialogs are gone through with brackets', async () => {
  const page = await open('rows=400', { width: 900, height: 700 });
  await page.locator('.ladder').focus();
  await page.keyboard.press('p');
  await page.locator('.notice.info', { hasText: 'No message of this trace has a time' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.locator('.notices').waitFor({ state: 'hidden' });
  await page.locator('.ladder').focus();
  const goes = async (key: string, to: number) => {
    await page.keyboard.press(key);
    await page.locator('.row.selected .number', { hasText: new RegExp(`^${to}$`) }).waitFor();
  };
  for (const to of [1, 5, 9]) await goes(']', to);
  await goes('[', 5);
  await page.keyboard.press('ArrowDown');
  await goes('[', 5);
  await page.close();
});

for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'])
  test(`the strip and gaps stand in the way of nobody: ${theme}`, async () => {
    const page = await open(`rows=400&times=rhythm&theme=${theme}`);
    await page.locator('.ladder').focus();
    for (const key of ['End', 'p']) await page.keyboard.press(key);
    await page.locator('.row.silence').first().waitFor();
    await page.keyboard.press('s');
    assert.deepEqual(await violations(page), []);
    await page.close();
  });
