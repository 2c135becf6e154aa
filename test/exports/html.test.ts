import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useBrowser } from './browser.ts';
import { exported, shownText } from './exported.ts';
import { TRACES } from './traces.ts';

describe('HTML', () => {
  const { open } = useBrowser();

  for (const [name, text] of Object.entries(TRACES))
    it(`${name}: shows, opens and finds each message, alone`, async () => {
      const { write, rows, lanes } = exported(text);
      const page = await open(write('html'), 'text/html');
      const shownRows = page.locator('details:visible');
      const names = await shownRows
        .locator('summary')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
      for (const [at, { index, label }] of rows.entries())
        assert.ok(shownText(names[at]!).endsWith(shownText(`${index}: ${label}`)), names[at]);
      assert.equal(names.length, rows.length);
      assert.deepEqual(
        (
          await page
            .locator('header text.lane')
            .evaluateAll((all) =>
              all.map((one) => one.closest('g')?.querySelector(':scope > title')?.textContent ?? one.textContent ?? ''),
            )
        ).map(shownText),
        lanes.map(shownText),
      );
      assert.equal(await page.locator('script').count(), 1);
      const last = shownRows.last();
      await last.locator('summary').click();
      assert.match((await page.locator('details[open] pre').textContent()) ?? '', /Call-ID: /i);
      await page.getByRole('searchbox').fill(rows[0]!.label.split(' ')[0]!);
      const found = await shownRows.count();
      assert.ok(found > 0 && found <= rows.length);
      assert.equal(
        await page.locator('output').textContent(),
        found < rows.length ? `${found} of ${rows.length} messages` : `${rows.length} messages`,
      );
      await page.close();
    });
});
