import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { servePage } from './server.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let server: Awaited<ReturnType<typeof servePage>>;

/** A browser and the page's server for the tests of a file. */
export function useBrowser(): void {
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
}

/** Opens the page, after a script that is run before all others; any error in it fails the test. */
export async function open(query: string, size = { width: 760, height: 900 }, script = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  await page.addInitScript(script);
  page.on('pageerror', (error) => assert.fail(error));
  page.on('console', (message) => message.type() === 'error' && assert.fail(message.text()));
  await page.goto(server.url(query));
  await page.locator('.row.message, .empty:visible, .notice.error').first().waitFor();
  return page;
}

/** Text that is a number and nothing more. */
export const exactly = (number: number) => new RegExp(`^${number}$`);
/** The number of the selected message. */
export const selected = async (page: Page) => {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))); // it is drawn
  return page.locator('.row.selected .number').textContent();
};
/** The name of the row that the keyboard is at. */
export const active = async (page: Page) => {
  const id = await page.locator('.ladder').getAttribute('aria-activedescendant');
  return page.locator(`#${id}`).getAttribute('aria-label');
};
/** What the page has posted, but for its questions. */
export const posted = (page: Page) =>
  page.evaluate(() =>
    (globalThis as unknown as { posted: { type: string }[] }).posted.filter(({ type }) => type !== 'call'),
  );
/** Which questions the page has asked. */
export const asked = (page: Page) =>
  page.evaluate(() =>
    (globalThis as unknown as { posted: { call?: { method: string } }[] }).posted.flatMap(
      ({ call }) => call?.method ?? [],
    ),
  );
/** What axe finds wrong in the page. */
export const violations = async (page: Page) => {
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
