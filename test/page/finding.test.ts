import assert from 'node:assert/strict';
import { test } from 'node:test';
import { active, asked, exactly, open, posted, selected, useBrowser, violations } from './browser.ts';

useBrowser();

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
  await page.keyboard.press('j');
  await page.locator('.notice.info', { hasText: 'does not show this message on another hop' }).waitFor();
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
  await page.getByRole('button', { name: 'C3P' }).click();
  assert.equal(await value(), 'method:ACK is:failure has:c3p');
  assert.equal(await page.getByRole('button', { name: 'Failures' }).getAttribute('aria-pressed'), 'true');
  await page.getByRole('combobox', { name: 'What is shown' }).selectOption('call');
  await page.locator('.filter-outcome', { hasText: '200 of 1,000 shown' }).waitFor();
  await page.reload();
  await page.locator('.filter-outcome', { hasText: '200 of 1,000 shown' }).waitFor();
  assert.equal(await value(), 'method:ACK is:failure has:c3p');
  assert.equal(await page.getByRole('combobox', { name: 'What is shown' }).inputValue(), 'call');
  await box.focus();
  await page.keyboard.press('Enter');
  assert.match((await active(page).catch(() => null)) ?? '', /^$|^\d+/);
  assert.equal(await page.evaluate(() => document.activeElement?.className.split(' ')[0]), 'ladder');
  await page.keyboard.press('n');
  await page.locator('.row.selected.message').waitFor();
  assert.equal(Number(await selected(page)) % 5, 0, 'what is hidden is passed over');
  assert.equal((await asked(page)).filter((method) => method === 'finding').length, 1, 'with one question');
  const filters = async () => (await asked(page)).filter((method) => method === 'filter').length;
  const before = await filters();
  await page.evaluate(() => (globalThis as unknown as { send(m: unknown): void }).send({ type: 'relinked' }));
  while ((await filters()) === before) await page.waitForTimeout(10); // other legs may be in the calls of what fits
  await page.keyboard.press('e');
  assert.deepEqual((await posted(page)).at(-1), {
    type: 'export',
    scope: { filter: 'method:ACK is:failure has:c3p', context: 'call' },
    selected: Number(await selected(page)),
  });
  await page.keyboard.press('v');
  assert.deepEqual((await posted(page)).at(-1), {
    type: 'ladderText',
    scope: { filter: 'method:ACK is:failure has:c3p', context: 'call' },
  });
  await page.keyboard.press('b');
  assert.deepEqual((await posted(page)).at(-1), {
    type: 'savedFilters',
    scope: { filter: 'method:ACK is:failure has:c3p', context: 'call' },
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
