import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, posted, selected, useBrowser, violations } from './browser.ts';

useBrowser();

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

test('the roster tells what happened line by line: a line leads to its notification, and to what caused it', async () => {
  const page = await open('rows=17');
  await page.locator('.ladder').focus();
  await page.keyboard.press('r');
  await page.locator('.history-row').first().waitFor();
  const lines = () => page.locator('.history-row').allTextContents();
  assert.deepEqual((await lines()).sort(), [
    '12v11nothing changed',
    '16v12- carol@contoso.com, ejected by alice (request 63022864)caused by 1',
    '2v7nothing changed',
    '5v8nothing changed',
    '9v10nothing changed',
  ]);
  assert.match(
    (await page.locator('.history-row.behind-gap').textContent()) ?? '',
    /^9/,
    'a version is missing before it',
  );
  const chosen = async () => ((await posted(page)).at(-1) as { index?: number }).index;
  await page.getByRole('option', { name: /^5/ }).click();
  assert.equal(await chosen(), 5);
  assert.match(
    (await page.locator('.conference-state').textContent()) ?? '',
    /^201 users in .* not locked · MCUs: audio-video, chat$/,
  );
  await page.keyboard.press('ArrowDown');
  assert.equal(await chosen(), 9, 'the keyboard goes on from there');
  await page.keyboard.press('End');
  assert.equal(await chosen(), 16);
  assert.equal(await page.getByRole('option', { name: /^16/ }).getAttribute('aria-selected'), 'true');
  await page.setViewportSize({ width: 260, height: 560 });
  await page.waitForFunction(() => {
    const [row, list] = ['.history-row[aria-selected="true"]', '.history-list'].map((selector) =>
      document.querySelector(selector)?.getBoundingClientRect(),
    );
    if (!row || !list) return false;
    return list.height < 100 && row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
  });
  await page.setViewportSize({ width: 760, height: 900 });
  await page.locator('.history-cause', { hasText: 'caused by 1' }).click();
  assert.equal(await chosen(), 1);
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
