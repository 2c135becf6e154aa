import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { servePage } from './server.ts';

/** Pictures of the page to look at: `node --import tsx test/page/shots.ts FOLDER`. */
const folder = process.argv[2] ?? 'shots';
await mkdir(folder, { recursive: true });
const server = await servePage();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function shoot(name: string, query: string, width: number, height: number, keys: readonly string[]) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(server.url(query));
  await page.locator('.row.message, .empty:visible, .notice.error').first().waitFor();
  await page.locator('.ladder').focus();
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}

const toNine = ['Home', ...Array(8).fill('ArrowDown')];
for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'])
  await shoot(theme, `rows=17&theme=${theme}`, 760, 1200, toNine);
await shoot('wide', 'rows=17&theme=light', 1400, 900, toNine);
await shoot('narrow', 'rows=17&theme=dark', 400, 800, toNine);
await shoot('many', 'rows=100000&lanes=30&times&theme=light', 900, 900, ['End']);
await shoot('calls', 'rows=400&lanes=6&times&theme=dark', 900, 900, ['Home', 'PageDown', 't']);
await shoot('search', 'rows=17&theme=dark', 760, 700, ['Home', '/', 'c', 'a', 'r', 'o', 'l']);
for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'])
  await shoot(`filter-${theme}`, `rows=400&times&theme=${theme}`, 760, 500, [
    ...['f', '-', 'i', 's', ':', 'k', ' ', 'm', 'e', 'ArrowDown'],
  ]);
await shoot('filter-fault', 'rows=400&times&theme=dark', 760, 500, ['f', 'x', ':', '1', 'Escape']);
for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'])
  await shoot(`details-${theme}`, `rows=17&theme=${theme}`, 1300, 700, [
    ...['Home', ' ', ...Array(12).fill('ArrowDown'), 'Enter', 'Tab', 'Enter'],
  ]);
await shoot('details-narrow', 'rows=17&theme=dark', 760, 700, ['Home', 'ArrowDown', 'ArrowDown', 'I']);
for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'])
  await shoot(`roster-${theme}`, `rows=17&theme=${theme}`, 760, 1000, ['r', 'End']);
await shoot('keys', 'rows=17&theme=dark', 760, 700, ['?']);
await shoot('empty', 'rows=0&theme=light', 760, 500, []).catch(() => {});
await shoot('broken', 'rows=17&broken&theme=dark', 760, 500, []).catch(() => {});
await browser.close();
server.close();
