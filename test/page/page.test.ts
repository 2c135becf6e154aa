import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { active, exactly, open, posted, selected, useBrowser, violations } from './browser.ts';

useBrowser();

test('the sample shows an arrow for each message and a step above those that have one', async () => {
  const page = await open('rows=17');
  assert.equal(await page.locator('.row.message').count(), 17);
  assert.equal(await page.locator('.lane').count(), 5);
  assert.equal(await page.locator('.row.caption').count(), 12);
  assert.equal(await page.locator('.ladder').getAttribute('aria-rowcount'), '30');
  const failed = page.locator('.row.failed');
  assert.equal(
    await failed.getAttribute('aria-label'),
    '9, response 481 Dialog does not exist, from IM MCU to Carol, failed, 2 hints. Step: ' +
      "The IM MCU gives a failure response to Carol's BYE request, because it had already terminated her dialog.",
  );
  await page.close();
});

test('an arrow that is clicked is selected, shown in the text and in the details', async () => {
  const page = await open('rows=17');
  const mark = page.locator('.row.failed .mark');
  const ground = () => mark.evaluate((one) => getComputedStyle(one).backgroundColor);
  const red = await ground();
  await page.locator('.row.failed .label').click();
  assert.equal(await selected(page), '9');
  assert.equal(await ground(), red, 'the mark of a failure stays red where the row is selected');
  assert.deepEqual(await posted(page), [{ type: 'reveal', index: 9, focusEditor: false }]);
  await page.locator('.details h2', { hasText: 'SIP/2.0 481' }).waitFor();
  assert.equal(await page.locator('.problems li').count(), 2);
  await page.locator('.details .link', { hasText: 'answers 5' }).click();
  assert.equal(await selected(page), '5');
  assert.equal(await page.locator('.row.in-transaction .number').textContent(), '9');
  await page.close();
});

test('the keyboard alone does everything', async () => {
  const page = await open('rows=17');
  const grid = page.locator('.ladder');
  await grid.focus();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const isSelected = (number: number) => page.locator('.row.selected .number', { hasText: exactly(number) }).waitFor();
  await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp');
  await isSelected(2);
  assert.match((await active(page)) ?? '', /^2, response 202 Accepted, from Focus to Alice/);
  await press('ArrowLeft');
  await isSelected(1);
  await press('ArrowRight');
  await isSelected(2);
  await press('End');
  await isSelected(17);
  await press('Home', 'n');
  await isSelected(3);
  await press('n');
  await isSelected(7);
  await press('Shift+N');
  await isSelected(3);
  await press('g');
  assert.deepEqual((await posted(page)).at(-1), { type: 'reveal', index: 3, focusEditor: true });
  await press('i');
  await page.locator('.details').waitFor({ state: 'hidden' });
  await press('Enter');
  await page.locator('.details:focus h2').waitFor();
  await press('Escape');
  await press('Control+c');
  assert.match(((await posted(page)).at(-1) as unknown as { text: string }).text, /^3, request BENOTIFY/);
  await press('?');
  await page.locator('dialog').waitFor();
  await press('Escape');
  await page.locator('dialog').waitFor({ state: 'hidden' });
  await press('ArrowDown');
  await isSelected(4);
  await page.close();
});

test('a command does what its key does, and nothing where the trace has no use for it', async () => {
  const page = await open('rows=17');
  const command = (action: string) =>
    page.evaluate(
      (one) => (globalThis as unknown as { send(message: unknown): void }).send({ type: 'do', action: one }),
      action,
    );
  await command('lastMessage');
  await page.locator('.row.selected .number', { hasText: exactly(17) }).waitFor();
  await command('times');
  await command('rosterCause');
  await command('toString');
  await command('search');
  await page.locator('.search-box:focus').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.ladder').evaluate((ladder) => ladder.classList.contains('timeless')), true);
  await command('roster');
  await page.locator('.user-row .span').first().waitFor();
  await command('closeRoster');
  await page.locator('.ladder').waitFor();
  await command('keys');
  assert.match((await page.locator('dialog').textContent()) ?? '', /Shift\+NPrevious Problem or Failure/);
  await page.close();
});

test('the focus comes back to where it was, once VS Code has had its question answered', async () => {
  const page = await open('rows=17');
  // What a browser does when a question of VS Code, which is in another frame, takes the focus and gives it back.
  const leaveAndComeBack = () =>
    page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
      window.dispatchEvent(new Event('focus'));
    });
  await leaveAndComeBack();
  await page.locator('.ladder:focus').waitFor(); // nothing had it
  const exportButton = page.getByRole('button', { name: 'Export' });
  await exportButton.focus();
  await leaveAndComeBack();
  assert.ok(await exportButton.evaluate((button) => button === document.activeElement));
  await exportButton.evaluate((button) => button.remove());
  await leaveAndComeBack();
  await page.locator('.ladder:focus').waitFor();
  await page.close();
});

test('a chosen row is in view to its last part of a pixel', async () => {
  const page = await open('rows=400', { width: 760, height: 700 });
  const isHigh = page.waitForFunction(
    () => document.querySelector('.ladder')!.getBoundingClientRect().height % 1 > 0.5,
  );
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.ladder')!.style.height = '300.8px';
  });
  await isHigh;
  await page.locator('.ladder').focus();
  await page.keyboard.press('Home');
  for (let at = 1; at < 30; at++) await page.keyboard.press('ArrowDown');
  assert.ok(Number(await selected(page)) > 20, 'farther down than what was in view');
  const beyond = await page.evaluate(() => {
    const [row, ladder] = ['.row.selected', '.ladder'].map((one) =>
      document.querySelector(one)!.getBoundingClientRect(),
    );
    return row!.bottom - ladder!.bottom;
  });
  assert.ok(beyond <= 0, `${beyond} pixels are cut`);
  await page.close();
});

test('a call alone, and all messages again', async () => {
  const page = await open('rows=1000');
  const show = (title: string) =>
    page.evaluate(
      (one) =>
        (globalThis as unknown as { send(message: unknown): void }).send({
          type: 'showCall',
          call: { of: 'call 1', view: { show: 'all', order: 'time' }, title: one },
          index: 4,
        }),
      title,
    );
  const numbers = () => page.locator('.row.message .number').allTextContents();
  await show('<b>Alice</b> → Bob');
  await page.locator('.call-bar', { hasText: 'Only <b>Alice</b> → Bob: 3 messages' }).waitFor();
  assert.deepEqual(await numbers(), ['2', '4', '6']);
  assert.equal(await selected(page), '4');
  assert.deepEqual(await violations(page), []);
  await page.reload();
  await page.locator('.call-bar', { hasText: '3 messages' }).waitFor();
  await page.locator('.ladder').focus();
  await page.keyboard.press('l');
  assert.deepEqual((await posted(page)).at(-1), { type: 'copyLink', index: 4 });
  await page.keyboard.press('a');
  await page.locator('.row.message .number', { hasText: exactly(5) }).waitFor();
  assert.equal(await page.locator('.call-bar').isVisible(), false);
  await page.close();
});

test('a call alone of a file that grows stays where the reader is', async () => {
  const page = await open(`rows=1000&read=${2 ** 28}`);
  const call = { of: 'call 2', view: { show: 'all', order: 'time' }, title: 'Alice → Bob' };
  await page.evaluate((one) => (globalThis as unknown as { send(message: unknown): void }).send(one), {
    type: 'showCall',
    call,
    index: 4,
  });
  await page.locator('.call-bar', { hasText: ': 500 messages' }).waitFor();
  assert.equal(await selected(page), '4');
  const scrolled = (to?: number) =>
    page.locator('.ladder').evaluate((ladder, top) => {
      if (top !== undefined) ladder.scrollTop = top;
      return ladder.scrollTop;
    }, to);
  await scrolled(5000);
  await page.locator('.row.message .number', { hasText: exactly(362) }).waitFor(); // it has been scrolled
  await page.evaluate(() => (globalThis as unknown as { change(rows: number): void }).change(2000));
  await page.locator('.call-bar', { hasText: ': 1,000 messages' }).waitFor();
  await page.locator('.row.message .number', { hasText: exactly(362) }).waitFor();
  assert.equal(await scrolled(), 5000);
  // Its legs are linked while it is looked at, whatever else changes, and after a reload, too.
  const found = page.locator('.call-links li', { hasText: 'the same Session-ID' });
  for (let times = 0; times < 2; times++) {
    await page.locator('.call-links li', { hasText: 'Linking the legs of calls: 50 %' }).waitFor();
    await found.waitFor();
    await page.reload();
  }
  await page.close();
});

test('all legs of the call of a message, and why they are one call', async () => {
  const page = await open('rows=1000');
  await page.locator('.ladder').focus();
  for (const key of ['ArrowDown', 'L']) await page.keyboard.press(key);
  await page.locator('.call-bar .facts', { hasText: 'Only <b>Alice</b> → Bob: 3 messages in 2 legs' }).waitFor();
  assert.deepEqual(await page.locator('.call-links li').allTextContents(), [
    'the same Session-ID (RFC 7989 §5) · 1.0 2 4',
    'Perhaps one call with <i>Carol</i> → Bob: the same users · 0.4 2 9',
  ]);
  await page.locator('.call-links').getByRole('button', { name: 'Go to message 4' }).click();
  assert.equal(await selected(page), '4');
  assert.deepEqual(await violations(page), []);
  // What alone is shown is what leaves the ladder.
  const call = {
    ...{ of: 'call 1', view: { show: 'all', order: 'time' } },
    title: 'the call of message 2 with 2 linked legs',
  };
  const last = async () => (await posted(page)).at(-1);
  await page.locator('.ladder').focus();
  await page.keyboard.press('v');
  assert.deepEqual(await last(), { type: 'ladderText', scope: { filter: '', context: 'message', call } });
  await page.evaluate(() =>
    (globalThis as unknown as { send(m: unknown): void }).send({
      type: 'filter',
      scope: { filter: 'method:BYE', context: 'dialog' },
    }),
  );
  await page.locator('.filter-outcome', { hasText: 'shown' }).waitFor();
  await page.locator('.ladder').focus();
  await page.keyboard.press('e');
  assert.deepEqual(await last(), {
    type: 'export',
    scope: { filter: 'method:BYE', context: 'dialog', call },
    selected: 4,
  });
  // Whatever the reader links by hand is asked for again.
  await page.evaluate(() => {
    document.querySelector('.call-links')?.replaceChildren();
    (globalThis as unknown as { send(message: unknown): void }).send({ type: 'relinked' });
  });
  await page.locator('.call-links li').first().waitFor();
  await page.close();
});

test('markup in a message is text', async () => {
  const page = await open('rows=17');
  await page.locator('.ladder').focus();
  await page.keyboard.press('End');
  await page.locator('.details pre', { hasText: 'onerror=' }).waitFor();
  assert.match((await page.locator('.row.selected .words').textContent()) ?? '', /<script>window.hurt=1<\/script>/);
  assert.equal(await page.evaluate(() => 'hurt' in globalThis), false);
  assert.equal(await page.locator('img, script:not([src])').count(), 0);
  await page.close();
});

test('the cursor in the text selects an arrow without an answer to the text', async () => {
  const page = await open('rows=100000&times');
  await page.evaluate(() =>
    (globalThis as unknown as { send(m: unknown): void }).send({ type: 'select', index: 70_000 }),
  );
  await page.locator('.row.selected.message', { hasText: 'ACK' }).waitFor();
  assert.match((await active(page)) ?? '', /^70000, .*ACK/);
  assert.deepEqual(await posted(page), []);
  await page.close();
});

test('a change keeps the selection and the place', async () => {
  const page = await open('rows=1000');
  const change = (rows: number) =>
    page.evaluate((count) => (globalThis as unknown as { change(n: number): void }).change(count), rows);
  await page.locator('.ladder').focus();
  await page.keyboard.press('End');
  await change(1200);
  await page.locator('.facts', { hasText: '1,200 messages' }).waitFor();
  assert.equal(await selected(page), '1000');
  await change(0);
  await page.locator('.empty', { hasText: 'No SIP message was found in eject-user.sip.' }).waitFor();
  await change(500);
  await page.locator('.facts', { hasText: '500 messages' }).waitFor();
  await page.locator('.row.selected .number', { hasText: exactly(500) }).waitFor();
  await page.close();
});

test('a file that is being read says how far it is, can be stopped and read on, and stays where the reader is', async () => {
  const page = await open(`rows=1000&delay=20&read=${2 ** 28}`);
  const bar = page.getByRole('contentinfo', { name: 'Reading of the file' });
  await bar.getByText('Reading: 256 of 1,024 MB').waitFor();
  assert.equal(await bar.getByRole('progressbar').getAttribute('value'), '0.25');
  await bar.getByRole('button', { name: 'Stop' }).click();
  await bar.getByText('Stopped at 256 of 1,024 MB').waitFor();
  await bar.getByRole('button', { name: 'Resume' }).click();
  await bar.getByText('What is appended will be shown.').waitFor();
  const change = (rows: number) =>
    page.evaluate((count) => (globalThis as unknown as { change(n: number): void }).change(count), rows);
  await change(2000);
  await page.locator('.facts', { hasText: '2,000 messages' }).waitFor();
  assert.equal(await page.locator('.ladder').evaluate((ladder) => ladder.scrollTop), 0);

  const skipped = page.getByRole('region', { name: 'What is not shown' });
  await skipped.getByText('1,200 packets encrypted with TLS (first at byte 4,096)').waitFor();
  await skipped.getByRole('button', { name: 'first at line 12' }).click();
  assert.deepEqual((await posted(page)).at(-1), { type: 'goToLine', line: 11 });
  await page.keyboard.press('f');
  await page.keyboard.type('slow');
  await page.locator('.filter-outcome', { hasText: 'looked at 42 %' }).waitFor();
  await page.locator('.filter-outcome', { hasText: /^400 of 2,000 shown$/ }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.close();
});

test('a reload comes back to the same place', async () => {
  const page = await open('rows=5000');
  await page.locator('.ladder').focus();
  await page.keyboard.press('End');
  await page.waitForFunction(() => JSON.parse(sessionStorage.getItem('state') ?? '{}').scroll > 0); // it has come to rest
  await page.reload();
  await page.locator('.row.selected.message').waitFor();
  assert.equal(await selected(page), '5000');
  await page.close();
});

test('what fails is said, and can be tried again', async () => {
  const page = await open('rows=17&broken');
  assert.match((await page.locator('.notice.error').textContent()) ?? '', /cannot be opened/);
  await page.evaluate(() => (globalThis as unknown as { mend(): void }).mend());
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.row.message').first().waitFor();
  assert.equal(await page.locator('.notice.error').count(), 0);
  await page.close();
});

test('100,000 messages: few elements, early rows, smooth scrolling', async (context) => {
  const page = await open('rows=100000&lanes=12&times', { width: 900, height: 1000 });
  const work = await workMeter(page);
  const measured = await page.evaluate(async () => {
    const ladder = document.querySelector('.ladder') as HTMLElement;
    const frames: number[] = [];
    let last = performance.now();
    for (let frame = 0; frame < 120; frame++) {
      ladder.scrollTop += frame % 40 === 39 ? 300_000 : 400;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    frames.sort((a, b) => a - b);
    const { timing } = globalThis as unknown as { timing: { summary: number; firstRow: number } };
    const firstRows = timing.firstRow - timing.summary;
    return { firstRows, median: frames[60]!, late: frames[114]!, nodes: document.querySelectorAll('*').length };
  });
  const perFrame = (await work()) / 120;
  context.diagnostic(`first rows: ${measured.firstRows.toFixed(0)} ms`);
  context.diagnostic(`frame: median ${measured.median.toFixed(1)} ms, 95% ${measured.late.toFixed(1)} ms`);
  context.diagnostic(`script, style and layout: ${perFrame.toFixed(1)} ms a frame`);
  context.diagnostic(`elements: ${measured.nodes}`);
  assert.ok(measured.nodes <= 2000, `${measured.nodes} elements`);
  assert.ok(measured.firstRows < 1000, `${measured.firstRows} ms to the first rows`);
  assert.ok(perFrame < 14, `${perFrame} ms of work a frame`);
  await page.locator('.ladder').focus();
  await page.keyboard.press('End');
  await page.locator('.row.selected.message').waitFor();
  assert.equal(await selected(page), '100000');
  await page.close();
});

/** Milliseconds that the page itself has worked: what others do on the machine does not count. */
async function workMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const parts = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];
    return metrics.filter(({ name }) => parts.includes(name)).reduce((sum, { value }) => sum + value * 1000, 0);
  };
  const before = await worked();
  return async () => (await worked()) - before;
}

test('a ladder higher than an element can be is reached to its last row', async () => {
  const page = await open('rows=1000000');
  await page.locator('.ladder').focus();
  await page.keyboard.press('End');
  await page.locator('.row.selected.message').waitFor();
  assert.equal(await selected(page), '1000000');
  const inView = await page.evaluate(() => {
    const [row, ladder] = ['.row.selected', '.ladder'].map((name) =>
      document.querySelector(name)!.getBoundingClientRect(),
    );
    return row!.bottom <= ladder!.bottom + 1 && row!.top >= ladder!.top;
  });
  assert.ok(inView);
  await page.close();
});

for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'])
  test(`nothing stands in the way of anybody: ${theme}`, async () => {
    const page = await open(`rows=17&theme=${theme}`);
    await page.locator('.row.failed').click();
    await page.locator('.details h2').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('/');
    await page.keyboard.type('nothing like it');
    await page.locator('.missed').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    assert.deepEqual(await violations(page), []);
    await page.close();
  });
