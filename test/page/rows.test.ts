import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, open, posted, selected, useBrowser, violations } from './browser.ts';

useBrowser();

/** Counts how often each row was drawn: what is drawn is named anew. */
const COUNTING = `
  const drawn = (window.drawn = new Map());
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    if (name === 'aria-label' && this.classList.contains('message')) drawn.set(this, (drawn.get(this) ?? 0) + 1);
    setAttribute.call(this, name, value);
  };
`;

test('each row is drawn once when the ladder is opened', async () => {
  const page = await open('rows=200&times', { width: 760, height: 900 }, COUNTING);
  await page.locator('.scrubber[aria-valuetext]').waitFor();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const drawn = await page.evaluate(() => [
    ...(globalThis as unknown as { drawn: Map<Element, number> }).drawn.values(),
  ]);
  assert.ok(drawn.length > 20, `${drawn.length} rows`);
  assert.equal(Math.max(...drawn), 1);
  await page.close();
});

test('retransmissions are folded into the message that was sent again, and unfolded when one is wanted', async () => {
  const page = await open('rows=200');
  await page.locator('.ladder').focus();
  await page.evaluate(() => (globalThis as unknown as { send(m: unknown): void }).send({ type: 'select', index: 24 }));
  await page.locator('.row.selected.message', { hasText: 'ACK' }).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await selected(page), '26', 'what is folded is passed');
  await page.locator('.badge.again[title="Sent again once"]').first().click();
  assert.equal(await selected(page), '26', 'a click on the badge selects nothing');
  await page.keyboard.press('ArrowUp');
  assert.equal(await selected(page), '25');
  await page.keyboard.press('Z');
  await page.keyboard.press('ArrowUp');
  await page.evaluate(() => (globalThis as unknown as { send(m: unknown): void }).send({ type: 'select', index: 75 }));
  await page.locator('.row.selected .number', { hasText: exactly(75) }).waitFor();
  assert.equal(
    await page.locator('.ladder').getAttribute('aria-rowcount'),
    '199',
    'the cursor in the text opens a fold',
  );
  await page.keyboard.press('z');
  assert.equal(await page.locator('.ladder').getAttribute('aria-rowcount'), '201');
  await page.close();
});

test('keep-alives are hidden behind a chip that says how many, and shown by it, by a key, and when one is wanted', async () => {
  const page = await open('rows=200&keep');
  const rows = () => page.locator('.ladder').getAttribute('aria-rowcount');
  const chip = (words: string) => page.locator('.toggle', { hasText: words }).waitFor();
  const send = (message: unknown) =>
    page.evaluate((told) => (globalThis as unknown as { send(m: unknown): void }).send(told), message);
  await chip('20 keep-alives hidden');
  assert.equal(await rows(), String(200 - 4 - 40 + 1));
  await page.locator('.ladder').focus();
  for (const key of ['Home', ...Array(6).fill('ArrowDown')]) await page.keyboard.press(key);
  assert.equal(await selected(page), '9', 'numbers stay');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('k');
  await chip('20 keep-alives shown');
  assert.equal(await rows(), '197');
  await page.locator('.toggle').click();
  await chip('hidden');
  await send({ type: 'select', index: 17 });
  await page.locator('.row.selected .number', { hasText: exactly(17) }).waitFor();
  await chip('20 keep-alives shown');
  await page.keyboard.press('f');
  await page.keyboard.type('method:INVITE');
  await page.locator('.toggle').waitFor({ state: 'hidden' });
  const settings = { density: 'compact', timeZone: 'log', gap: 2, slow: [], hideKeepAlives: false };
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await send({ type: 'settings', settings, lanes: null });
  await chip('20 keep-alives shown');
  await page.close();
});

test('a second line tells more of each message, and the row at the top stays there', async () => {
  const page = await open('rows=1000');
  await page.locator('.ladder').focus();
  assert.equal(await page.locator('.facts-line:visible').count(), 0);
  await page.keyboard.press('End');
  await page.keyboard.press('d');
  await page.locator('.facts-line:visible', { hasText: 'answer · audio PCMA' }).first().waitFor();
  assert.equal(await selected(page), '1000');
  await page.reload();
  await page.locator('.facts-line:visible').first().waitFor();
  assert.deepEqual(await violations(page), []);
  await page.close();
});

test('times are told from a marked message, and colours tell dialogs apart without colour, too', async () => {
  const page = await open('rows=400&times');
  const clock = page.locator('.row.selected .clock');
  await page.locator('.ladder').focus();
  for (const key of ['Home', 'ArrowDown', 'm', 'ArrowDown']) await page.keyboard.press(key);
  await page.locator('.row.selected .clock', { hasText: '+0.137' }).waitFor();
  assert.equal(await page.locator('.row.marked .number').textContent(), '2');
  await page.locator('.status-times', { hasText: 'since message 2' }).waitFor();
  await page.locator('.header > .time').click();
  await page.locator('.row.selected .clock', { hasText: '09:30' }).or(clock).first().waitFor();
  assert.match((await clock.textContent()) ?? '', /^11:30:12/, 'in the zone of the log');
  await page.keyboard.press('T');
  await page.keyboard.press('T');
  await page.locator('.status-times', { hasText: 'Times: UTC' }).waitFor();
  assert.match((await clock.textContent()) ?? '', /^09:30:12/);
  const shapes = () =>
    page.locator('.row.message').evaluateAll((rows) => rows.map((row) => row.querySelector('.shape')?.textContent));
  assert.deepEqual([...new Set(await shapes())], ['']);
  await page.keyboard.press('c');
  await page.keyboard.press('c');
  await page.locator('.legend', { hasText: 'Transaction' }).waitFor();
  assert.ok(new Set(await shapes()).size > 1);
  assert.deepEqual(await violations(page), []);
  await page.close();
});

test('lanes are moved, named, hidden and put back by keys alone, and that is kept', async () => {
  const page = await open('rows=17');
  await page.locator('.ladder').focus();
  const labels = () =>
    page.locator('.lane').evaluateAll((all) => all.map((one) => one.querySelector('.lane-label')?.textContent));
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('h', 'ArrowRight');
  await page.locator('.lane:focus[aria-description*="User-Agent: <script>"]').waitFor();
  await press('w');
  await page.locator('.popup-page:focus', { hasText: 'Address in the log10.29.106.52:5061 (7 messages)' }).waitFor();
  assert.deepEqual(await violations(page), []);
  await press('Escape', 'Control+w', 'Control+p');
  assert.equal(await page.locator('.popup-page:visible, .lane.pinned').count(), 0, 'that is not for the lane');
  await press('Shift+ArrowRight');
  assert.deepEqual(await labels(), ['Alice', 'IM MCU', 'Focus', 'Bob', 'Carol']);
  await press('F2');
  await page.keyboard.type('Core');
  await press('Enter');
  assert.deepEqual(await labels(), ['Alice', 'IM MCU', 'Core', 'Bob', 'Carol']);
  assert.deepEqual(await violations(page), []);
  await press('End', 'Delete');
  assert.deepEqual(await labels(), ['Alice', 'IM MCU', 'Core', 'Bob']);
  assert.match((await page.locator('.row.hidden-end').first().getAttribute('aria-label')) ?? '', /a hidden lane/);
  await press('Home', 'Enter', 'End');
  await page.locator('.menu-item:focus', { hasText: 'Reset All Lanes' }).waitFor();
  assert.deepEqual(await violations(page), []);
  const kept = (await posted(page)).at(-1) as unknown as { lanes: { hidden: string[] } };
  assert.deepEqual(kept.lanes.hidden, ['sip:carol@contoso.com']);
  await press('Enter');
  assert.deepEqual(await labels(), ['Alice', 'Focus', 'IM MCU', 'Bob', 'Carol']);
  assert.deepEqual((await posted(page)).at(-1), { type: 'lanes', lanes: null });
  await press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement?.className.split(' ')[0]), 'ladder');
  await page.close();
});

test('of 500 lanes those at work are seen without scrolling sideways, and the others are one click away', async () => {
  const page = await open('rows=2000&lanes=500', { width: 760, height: 500 });
  await page.locator('.bundle').first().waitFor();
  const wide = () => page.locator('.ladder').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  assert.equal(await wide(), 0);
  assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) <= 2000);
  assert.match(
    (await page.locator('.bundle').last().getAttribute('title')) ?? '',
    /^\d+ lanes without a message .* more$/,
  );
  assert.deepEqual(await violations(page), []);
  await page.locator('.bundle').last().click();
  await page.locator('.lane:focus .lane-label').waitFor();
  const at = Number(await page.locator('.lane:focus').getAttribute('data-lane'));
  await page.keyboard.press('ArrowRight');
  await page.locator(`.lane:focus[data-lane="${at + 1}"] .lane-label`).waitFor();
  await page.locator('.ladder').focus();
  await page.keyboard.press('End');
  await page.locator('.row.selected .words', { hasText: 'ACK' }).waitFor();
  const box = (await page.locator('.row.selected .line').boundingBox())!;
  assert.ok(box.x >= 0 && box.x + box.width <= 760, 'the arrow of the chosen message is in view');
  await page.close();
});

test('a pinned lane stays in view while the others scroll, with the arrows that come from it or go there', async () => {
  const page = await open('rows=400&lanes=14', { width: 320, height: 900 });
  await page.locator('.ladder').focus();
  for (const key of ['i', 'h', 'ArrowRight', 'p']) await page.keyboard.press(key);
  await page.locator('.lane.pinned:focus', { hasText: 'pinned' }).waitFor();
  assert.deepEqual(((await posted(page)).at(-1) as unknown as { lanes: { pinned: string[] } }).lanes.pinned.length, 1);
  const scrollTo = (left: number) =>
    page.locator('.ladder').evaluate((ladder, to) => {
      ladder.scrollLeft = to;
    }, left);
  const left = async (of: string) => (await page.locator(of).boundingBox())!.x;
  const [lane, time] = [await left('.lane.pinned'), await left('.header > .number')];
  const toOther = '.row:has(.number span:text-is("5")) .line';
  const start = await left(toOther);
  await scrollTo(200);
  await page.locator('.ladder.under-pinned[style*="--scrolled: 200px"] .row.beyond').first().waitFor();
  assert.deepEqual([await left('.lane.pinned'), await left('.header > .number')], [lane, time]);
  assert.equal(await left(toOther), start, 'its arrows begin where it is');
  const clip = (row: string) =>
    page
      .locator(row)
      .first()
      .evaluate((one) => getComputedStyle(one).clipPath);
  assert.equal(await clip('.row.to-pinned > .arrow'), 'none');
  assert.match(await clip('.row.message:not(.to-pinned) > .arrow'), /^inset\(0px 0px 0px \d/, 'others end at its edge');
  assert.deepEqual(await violations(page), []);
  await scrollTo(0);
  await page.locator('.ladder:not(.under-pinned)').waitFor();
  await page.setViewportSize({ width: 620, height: 900 });
  for (const key of ['Escape', 'Home', 'P']) await page.keyboard.press(key);
  await page.locator('.lane.pinned').nth(1).waitFor();
  await page.keyboard.press('p');
  await page.locator('.lane.pinned').nth(1).waitFor({ state: 'detached' });
  await page.close();
});

test('in a ladder wider than the page words stand where they are seen, and point to arrows that are not', async () => {
  const page = await open('rows=60&lanes=6&times', { width: 360, height: 700 });
  const unread = () =>
    page.locator('.ladder').evaluate((ladder) => {
      const least = ladder.querySelector('.row.message > .time')!.getBoundingClientRect().right;
      const { right: edge } = ladder.getBoundingClientRect();
      const rows = [...ladder.querySelectorAll('.row.message')].filter((row) => row.getBoundingClientRect().top > 0);
      const isRead = rows.map((row) => {
        const { left, right } = row.querySelector('.words')!.getBoundingClientRect();
        return left >= least && right <= (row.querySelector('.badge')?.getBoundingClientRect().left ?? edge);
      });
      return isRead.length < 10 ? -1 : isRead.filter((one) => !one).length;
    });
  await page.locator('.ladder.sideways').waitFor();
  assert.equal(await unread(), 0);
  const pointing = page.locator('.row.past-right .label').first();
  assert.match(await pointing.evaluate((label) => getComputedStyle(label, '::after').content), /›/);
  await page.locator('.ladder').evaluate((ladder) => ladder.scrollTo({ left: ladder.scrollWidth }));
  await page.locator('.row.past-left').first().waitFor();
  assert.equal(await unread(), 0);
  await page.setViewportSize({ width: 1400, height: 700 });
  await page.locator('.ladder:not(.sideways)').waitFor();
  assert.equal(await page.locator('.row:is(.past-left, .past-right)').count(), 0);
  assert.deepEqual(await violations(page), []);
  await page.close();
});

test('a narrow lane has its icon above its name, but for the narrowest', async () => {
  for (const [width, isThere] of [
    [480, true],
    [330, false],
  ] as const) {
    const page = await open('rows=17', { width, height: 600 });
    assert.equal(await page.locator('.lane.slim').count(), 5);
    const lane = page.locator('.lane').nth(2);
    const name = (await lane.locator('.lane-label span').boundingBox())!;
    assert.equal(await lane.locator('.icon').isVisible(), isThere);
    if (isThere) assert.ok((await lane.locator('.icon').boundingBox())!.y + 13 <= name.y);
    assert.ok(name.y + name.height <= (await page.locator('.row').first().boundingBox())!.y);
    await page.close();
  }
});

test('lanes are dragged to another place, also one at the edge of a ladder wider than its page', async () => {
  const page = await open('rows=17', { width: 260, height: 600 });
  const names = () => page.locator('.lane-label').allTextContents();
  const before = await names();
  const beyond = await page.locator('.ladder').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  assert.ok(beyond > 0);
  // The badges of rows are over it.
  const last = (await page.locator('.lane').nth(2).boundingBox())!;
  assert.ok(last.x + 20 > 260 - 16 - 58);
  const first = (await page.locator('.lane').first().boundingBox())!;
  await page.mouse.move(last.x + 20, last.y + 12);
  await page.mouse.down();
  await page.mouse.move(first.x + 4, last.y + 12, { steps: 4 });
  await page.locator('.drop:visible').waitFor({ timeout: 5000 });
  await page.mouse.up();
  await page.locator('.lane-label').first().filter({ hasText: before[2]! }).waitFor();
  assert.deepEqual((await names()).slice(0, 3), [before[2], before[0], before[1]]);
  await page.close();
});
