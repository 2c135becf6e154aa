import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { servePage } from './server.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let server: Awaited<ReturnType<typeof servePage>>;

before(async () => {
  server = await servePage();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Opens the page; any error in it fails the test. */
async function open(query: string, size = { width: 760, height: 900 }): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  page.on('pageerror', (error) => assert.fail(error));
  page.on('console', (message) => message.type() === 'error' && assert.fail(message.text()));
  await page.goto(server.url(query));
  await page.locator('.row.message, .empty:visible, .notice.error').first().waitFor();
  return page;
}

const exactly = (number: number) => new RegExp(`^${number}$`);
const selected = async (page: Page) => {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))); // it is drawn
  return page.locator('.row.selected .number').textContent();
};
const active = async (page: Page) => {
  const id = await page.locator('.ladder').getAttribute('aria-activedescendant');
  return page.locator(`#${id}`).getAttribute('aria-label');
};
const posted = (page: Page) =>
  page.evaluate(() =>
    (globalThis as unknown as { posted: { type: string }[] }).posted.filter(({ type }) => type !== 'call'),
  );
const violations = async (page: Page) => {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: found } = await axe.run(document, { runOnly: tags });
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message}`).join('\n')}`,
    );
  });
};

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

test('the search goes from match to match and says where it is', async () => {
  const page = await open('rows=17');
  await page.keyboard.press('/');
  await page.keyboard.type('bye');
  await page.locator('.outcome', { hasText: 'In message 4' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.outcome', { hasText: 'In message 5' }).waitFor();
  await page.keyboard.press('Shift+Enter');
  await page.locator('.outcome', { hasText: 'In message 4' }).waitFor();
  await page.keyboard.type(' bye');
  await page.locator('.outcome', { hasText: 'Nothing holds “bye bye”' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.search').isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement?.className.split(' ')[0]), 'ladder');
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
  await page.waitForTimeout(300);
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

test('the roster: users by time, its cursor is the selected message', async () => {
  const page = await open('rows=17');
  await page.locator('.ladder').focus();
  await page.keyboard.press('r');
  await page.locator('.user-row .span').first().waitFor();
  assert.equal(await page.locator('.ladder').isVisible(), false);
  const carol = page.locator('.user-rows .user-row', { hasText: 'Carol' });
  const cell = (name: string) => carol.locator(`.user-${name}`).textContent();
  for (const [keys, message, role, media] of [
    [['End'], 16, 'not in', ''],
    [['ArrowLeft'], 12, 'presenter', 'chat connected'],
    [['Home', 'ArrowRight'], 5, 'attendee', 'audio on-hold, chat connected'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key);
    assert.deepEqual((await posted(page)).at(-1), { type: 'reveal', index: message, focusEditor: false });
    assert.deepEqual([await cell('role'), await cell('media')], [role, media]);
  }
  await page.keyboard.press('End');
  assert.match(
    (await page.locator('.story').textContent()) ?? '',
    /^Message 16, version 12, partial: - carol@contoso.com, ejected by alice/,
  );
  await page.keyboard.press('c');
  assert.equal(((await posted(page)).at(-1) as { index?: number }).index, 1, 'the command that caused it');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.ladder').isVisible(), true);
  assert.equal(await selected(page), '1');
  await page.close();
});

test('the roster: a change and a place on the line lead to their messages, a missing version is seen, markup is text', async () => {
  const page = await open('rows=17');
  await page.locator('.icon-button[title^="Roster"]').click();
  await page.locator('.change-ejected').click();
  assert.equal(((await posted(page)).at(-1) as { index?: number }).index, 16);
  const line = page.locator('.user-row', { hasText: 'User 1' }).first().locator('.user-line');
  const box = (await line.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.5, box.y + 14);
  assert.equal(((await posted(page)).at(-1) as { index?: number }).index, 9);
  assert.equal(await page.locator('.gap').getAttribute('title'), 'Version 9 is missing.');
  assert.match((await page.locator('.story').textContent()) ?? '', /^Message 9, version 10, partial, stale: /);
  assert.ok((await page.locator('.user-rows .user-row').count()) < 60, 'rows out of sight have no elements');
  await page.keyboard.press('PageDown');
  assert.equal(await page.evaluate(() => (globalThis as { hurt?: number }).hurt), undefined);
  await page.locator('.chooser').selectOption({ index: 1 });
  await page.locator('.user-row .span').first().waitFor();
  assert.equal(await page.locator('.chooser').inputValue(), 'contoso, as Bob sees it');
  await page.close();
});

test('the roster is accessible in every theme, and is not offered where there is no conference', async () => {
  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light']) {
    const page = await open(`rows=17&theme=${theme}`);
    await page.locator('.ladder').focus();
    await page.keyboard.press('r');
    await page.locator('.user-row .span').first().waitFor();
    await page.keyboard.press('End');
    assert.deepEqual(await violations(page), [], theme);
    await page.close();
  }
  const page = await open('rows=20');
  assert.equal(await page.locator('.icon-button[title^="Roster"]').isVisible(), false);
  await page.keyboard.press('r');
  assert.equal(await page.locator('.ladder').isVisible(), true);
  await page.close();
});

test('messages are compared by keyboard, and what is marked is said', async () => {
  const page = await open('rows=17');
  const last = async () => (await posted(page)).filter(({ type }) => type === 'compare').at(-1);
  await page.locator('.ladder').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  const bar = page.getByRole('status').filter({ hasText: 'Message 1 is marked.' });
  await bar.waitFor();
  await page.locator('.row.compared .number', { hasText: exactly(1) }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press(' ');
  await bar.waitFor({ state: 'detached' });
  for (const [key, of] of [
    [' ', 'message'],
    ['X', 'call'],
  ] as const) {
    await page.keyboard.press('End');
    await page.keyboard.press(' ');
    await page.keyboard.press('Home');
    await page.keyboard.press(key);
    assert.deepEqual(await last(), { type: 'compare', left: 1, right: 17, of });
  }
  await page.locator('.row.compared').first().waitFor({ state: 'detached' });
  await page.keyboard.press('x');
  await page.locator('.notice.error', { hasText: 'does not show this message on another hop' }).waitFor();
  await page.close();
});

test('the details are beside or below, explain headers, copy parts and offer fixes', async () => {
  const page = await open('rows=17', { width: 1200, height: 900 });
  const details = page.getByRole('region', { name: 'Message details' });
  const isBeside = async () => ((await details.boundingBox())?.x ?? 0) > 100;
  await page.locator('.ladder').focus();
  await page.keyboard.press('Home');
  await details.getByText('INFO sip:carol@contoso.com').waitFor();
  assert.ok(await isBeside());
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('I');
  assert.ok(!(await isBeside()));
  await page.reload();
  await details.getByText('INFO sip:carol@contoso.com').waitFor();
  assert.ok(!(await isBeside()), 'it is remembered');
  await details.getByRole('button', { name: 'From', exact: true }).click();
  await details.getByText('From: what it is for. (RFC 3261 §20)').waitFor();
  assert.deepEqual(await violations(page), []);
  await details.getByRole('button', { name: 'Copy header' }).click();
  assert.deepEqual((await posted(page)).at(-1), {
    type: 'copy',
    text: 'From: <sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2',
  });
  assert.equal(
    await details.getByRole('row', { name: /^From/ }).locator('.value').textContent(),
    '<sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2',
  );
  await details.getByRole('button', { name: 'Quick Fix for content-length-mismatch' }).first().click();
  assert.deepEqual((await posted(page)).at(-1), {
    type: 'fix',
    rule: 'content-length-mismatch',
    message: 'Content-Length says 477, the body has 484 bytes.',
    range: { start: { line: 9, character: 16 }, end: { line: 9, character: 19 } },
  });
  const menu = details.getByRole('button', { name: 'Copy', exact: true });
  await menu.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Headers');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => (globalThis as unknown as { posted: { type: string }[] }).posted.at(-1)?.type === 'copy',
  );
  assert.deepEqual((await posted(page)).at(-1), { type: 'copy', text: 'INVITE' });
  await details.getByRole('button', { name: /^Open message as text/ }).click();
  assert.deepEqual((await posted(page)).at(-1), { type: 'openText', index: 1, of: 'message' });
  await page.close();
});

test('a filter is completed by keyboard, put together of buttons, and there again after a reload', async () => {
  const page = await open('rows=1000');
  const box = page.getByRole('combobox', { name: 'Filter messages' });
  const value = () => box.inputValue();
  await page.keyboard.press('f');
  await page.keyboard.type('me');
  await page.getByRole('option', { name: 'method:' }).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await box.getAttribute('aria-activedescendant'), 'filter-suggestion-0');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  assert.equal(await value(), 'method:');
  await page.getByRole('option', { name: /^<script>/ }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  assert.equal(await value(), 'method:ACK');
  assert.equal(await box.getAttribute('aria-expanded'), 'false');
  await page.getByRole('button', { name: 'Failures' }).click();
  await page.getByRole('button', { name: 'Keepalives hidden' }).click();
  assert.equal(await value(), 'method:ACK is:failure -is:keepalive');
  assert.equal(await page.getByRole('button', { name: 'Failures' }).getAttribute('aria-pressed'), 'true');
  await page.getByRole('combobox', { name: 'What is shown' }).selectOption('call');
  await page.locator('.filter-outcome', { hasText: '200 of 1,000 shown' }).waitFor();
  await page.reload();
  await page.locator('.filter-outcome', { hasText: '200 of 1,000 shown' }).waitFor();
  assert.equal(await value(), 'method:ACK is:failure -is:keepalive');
  assert.equal(await page.getByRole('combobox', { name: 'What is shown' }).inputValue(), 'call');
  await box.focus();
  await page.keyboard.press('Enter');
  assert.match((await active(page).catch(() => null)) ?? '', /^$|^\d+/);
  assert.equal(await page.evaluate(() => document.activeElement?.className.split(' ')[0]), 'ladder');
  await page.keyboard.press('n');
  assert.equal(Number(await selected(page)) % 5, 0, 'what is hidden is passed over');
  await page.keyboard.press('e');
  assert.deepEqual((await posted(page)).at(-1), {
    type: 'export',
    scope: { filter: 'method:ACK is:failure -is:keepalive', context: 'call' },
    selected: Number(await selected(page)),
  });
  await page.keyboard.press('F');
  assert.deepEqual((await posted(page)).at(-1), {
    type: 'savedFilters',
    scope: { filter: 'method:ACK is:failure -is:keepalive', context: 'call' },
  });
  await page.evaluate(() =>
    (globalThis as unknown as { send(m: unknown): void }).send({ type: 'filter', scope: null }),
  );
  await box.waitFor({ state: 'hidden' });
  await page.close();
});

test('a filter hides what does not fit, keeps the numbers, and says what is wrong with it', async () => {
  const page = await open('rows=1000');
  await page.keyboard.press('f');
  await page.keyboard.type('method:INVITE');
  await page.locator('.filter-outcome', { hasText: '200 of 1,000 shown' }).waitFor();
  const numbers = await page.locator('.row.message .number').allTextContents();
  assert.deepEqual(numbers.slice(0, 3), ['5', '10', '15']);
  await page.locator('.row.message .number', { hasText: exactly(10) }).click();
  await page.keyboard.press('ArrowDown');
  assert.equal(await selected(page), '15');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('f');
  await page.keyboard.type('x:1');
  await page.locator('.filter-fault', { hasText: /^\^Character 1: there is no key/ }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => String(getSelection()) === 'x'); // what is wrong is selected
  await page.keyboard.press('Escape');
  await page.locator('.row.message .number', { hasText: exactly(16) }).waitFor();
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
  await press('h', 'ArrowRight', 'Shift+ArrowRight');
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

test('of 500 lanes those without an arrow on screen are narrow', async () => {
  const page = await open('rows=2000&lanes=500');
  await page.locator('.lane.idle').first().waitFor();
  const wide = await page.locator('.ladder').evaluate((ladder) => ladder.scrollWidth);
  assert.ok(wide < 6000, `${wide} pixels`);
  assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) <= 2000);
  await page.locator('.ladder').focus();
  await page.keyboard.press('End');
  await page.locator('.row.selected .words', { hasText: 'ACK' }).waitFor();
  const box = (await page.locator('.row.selected .line').boundingBox())!;
  assert.ok(box.x >= 0 && box.x + box.width <= 760, 'the arrow of the chosen message is in view');
  await page.close();
});
