// Drives VS Code's workbench in headless Chromium, as a person would.
import { chromium } from 'playwright-core';

/** Starts Chromium. `--disable-features` replaces Playwright's list, which breaks webviews of VS Code for the Web. */
export const browser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
      '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,PaintHolding',
    ],
  });

/** Opens the folder in VS Code, and waits until the workbench is there. A page of a new context starts with no editors open. */
export async function openFolder(page, url, folder) {
  await page.goto(`${url}/?${new URLSearchParams({ folder })}`);
  await ready(page);
}

/** Waits until the workbench is there. */
export async function ready(page) {
  await page.locator('.monaco-workbench').waitFor();
  await page.locator('#status\\.problems').waitFor();
}

/**
 * Chooses in the quick input. A key that was lost is pressed again; so is one that showed a list without the row, since what
 * an extension adds may come late.
 */
async function pick(page, key, text, row, { choose = takeFocused, attempts = 6 } = {}) {
  const widget = page.locator('.quick-input-widget');
  const timeout = attempts > 0 ? 10_000 : undefined;
  try {
    await widget.waitFor({ state: 'hidden', timeout });
    await page.keyboard.press(key);
    await widget.locator('input').first().fill(text, { timeout });
    await choose(page, widget.locator('.monaco-list-row').filter({ hasText: row }), timeout);
  } catch (error) {
    if (attempts === 0) throw error;
    await page.keyboard.press('Escape');
    await pick(page, key, text, row, { choose, attempts: attempts - 1 });
  }
}

/** Chooses the row that has come to be the first of the list. */
async function takeFocused(page, rows, timeout) {
  await rows.and(page.locator('.focused')).waitFor({ timeout });
  await page.keyboard.press('Enter');
}

/** Opens a file by its name, through Go to File, in whatever editor it has. */
export async function pickFile(page, name) {
  await pick(page, 'Control+P', name, name);
  await page.locator('.editor-group-container.active .tab.active').filter({ hasText: name }).waitFor();
}

/**
 * The same for a file of which VS Code only says that it is too large to be shown as text. It says so late, and takes the focus then, which would
 * close a palette that is open.
 */
export async function pickLargeFile(page, name) {
  await pickFile(page, name);
  await page.locator('.editor-group-container.active').getByText('because it is very large').waitFor();
}

/** Opens a file by its name as a text. */
export async function openFile(page, name) {
  await pickFile(page, name);
  await page.locator('.editor-group-container.active .view-lines').waitFor();
}

/** Runs a command by the title that the command palette shows. */
export const runCommand = (page, title) => pick(page, 'F1', `>${title}`, title);

/** Chooses a colour theme, as a person would. */
export async function chooseTheme(page, name) {
  const title = 'Preferences: Color Theme'; // others may be before it in the list
  await pick(page, 'F1', `>${title}`, title, { choose: (_, rows, timeout) => rows.click({ timeout }) });
  const widget = page.locator('.quick-input-widget');
  await widget.locator('input[placeholder^="Select Color Theme"]').fill(name);
  await widget.locator('.monaco-list-row.focused').filter({ hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await widget.waitFor({ state: 'hidden' });
}

/** Gives the focus to the text, left of its ladder. */
export async function focusText(page) {
  await runCommand(page, 'View: Focus First Editor Group');
  await page.locator('.editor-group-container.active .monaco-editor[data-uri]').waitFor();
}

/** Puts the cursor of the text to a one-based line and column. */
export async function goTo(page, line, column = 1) {
  await focusText(page);
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await cursor(page)
    .filter({ hasText: `Ln ${line}, Col ${column}` })
    .waitFor();
}

/** Where the cursor is, as the status bar says it: `Ln 12, Col 1`. */
export const cursor = (page) => page.locator('#status\\.editor\\.selection');

/** Waits until VS Code shows `count` problems, and returns the first lines of its Problems view. */
export async function problems(page, count) {
  await runCommand(page, 'Problems: Focus on Problems View');
  const badge = page.locator('.panel .action-item.checked .badge-content');
  await (count ? badge.filter({ hasText: new RegExp(`^${count}$`) }).waitFor() : badge.waitFor({ state: 'hidden' }));
  const icons = page.locator('.markers-panel .monaco-list-row .marker-icon');
  const rows = icons.locator('xpath=ancestor::*[@role="treeitem"]');
  await (count ? rows.first().waitFor() : rows.first().waitFor({ state: 'hidden' })); // drawn after the badge
  return rows.evaluateAll((found) => found.map((row) => row.getAttribute('aria-label')));
}

/** The page that the extension `id` shows in its newest webview: two frames down, found by id since its name stays 'pending-frame'. */
export async function webview(page, id) {
  const outer = page.locator(`iframe.webview.ready[src*="extensionId=${id}"]`).last();
  const inner = await outer.contentFrame().locator('iframe#active-frame').elementHandle();
  return inner.contentFrame();
}

/** Takes the quick fix of the place whose title holds these words. It is asked for again until the checks have been there. */
export async function takeFix(page, words) {
  const row = page.locator('.action-widget .monaco-list-row').filter({ hasText: words }).first();
  for (let tries = 0; tries < 10 && !(await row.isVisible()); tries++) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await row.waitFor({ timeout: 3000 }).catch(() => {});
  }
  await row.click();
}

/** Answers a question of the quick input; with no words what it suggests. */
export async function choose(page, words) {
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  await rows.filter({ hasText: words }).first().waitFor();
  await page.locator('.quick-input-widget input').first().fill(words);
  const row = page.locator('.quick-input-widget .monaco-list-row.focused').filter({ hasText: words });
  await row.waitFor();
  const label = await row.textContent();
  await page.keyboard.press('Enter');
  await rows.filter({ hasText: label }).first().waitFor({ state: 'detached' });
}

/** Answers where a file is to be written, once a name is offered. */
export async function saveAs(page, path) {
  const input = page.locator('.quick-input-widget input').first();
  while (!/-ladder\.\w+$/.test(await input.inputValue())) await page.waitForTimeout(50);
  await input.fill(path);
  await page.keyboard.press('Enter');
}

/** Takes an item of the menu of a node; a menu that has just opened does not hear a click. */
export async function chooseInMenu(page, node, name) {
  await node.click({ button: 'right' });
  const item = page.getByRole('menuitem', { name });
  await item.waitFor();
  for (let tries = 0; tries < 10 && (await item.isVisible()); tries++) {
    await item.click({ timeout: 3000 }).catch(() => {});
    await item.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => {});
  }
}
