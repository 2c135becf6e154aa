import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where documents are opened: there is no network behind it. */
const HOST = 'https://export.invalid/';

/** What is at an address: its text and its media type. */
type Files = Readonly<Record<string, readonly [content: string, type: string]>>;

/** A browser for the tests of a file, which opens documents that have no network: whatever else they ask for, and whatever error or dialog they make, fails the test. */
export function useBrowser(): { open(content: string, type: string, files?: Files): Promise<Page> } {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  });
  after(() => browser?.close());
  return {
    async open(content, type, files = {}) {
      const page = await browser.newPage();
      const served: Files = { ...files, '': [content, type] };
      page.on('pageerror', (error) => assert.fail(error));
      page.on('console', (message) => message.type() === 'error' && assert.fail(message.text()));
      page.on('dialog', () => assert.fail('a script of the trace runs'));
      await page.route('**/*', async (route) => {
        const url = route.request().url();
        const file = url.startsWith(HOST) ? served[url.slice(HOST.length)] : undefined;
        if (file) return route.fulfill({ body: file[0], contentType: file[1] });
        await route.abort(); // or what asks would wait for ever
        assert.fail(`it asks for ${url}`);
      });
      await page.goto(HOST);
      return page;
    },
  };
}
