import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { npmPackage } from '../scripts/vscode/npmPackage.mjs';
import { built } from './built.ts';
import type { Exported } from './exportsOf.ts';
import { shortTrace } from './shortMessages.ts';
import { ms, printTable } from './table.ts';

/** What Mermaid is asked to draw: with more messages it takes minutes. */
const DRAWN = [100, 500];
const PATIENCE_MS = 300_000;

/** A ladder in every form, as the production build makes it; and a browser that shows its SVG, beside Mermaid, the usual way to draw one. */
export async function measureExports(sizes: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sip-lens-bench-'));
  try {
    const exportsOf = (await import(pathToFileURL(await built('exportsOf')).href)).exportsOf as ExportsOf;
    for (const count of sizes.length > 0 ? sizes.map(Number) : [10_000]) {
      const made = exportsOf(shortTrace(count));
      printTable(
        `Exports: ${count} messages`,
        made.map(({ format, took, length }) => ({ format, time: ms(took), MB: (length / 1e6).toFixed(2) })),
      );
    }
    await beside(folder, exportsOf);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type ExportsOf = (text: string) => Exported[];

async function beside(folder: string, exportsOf: ExportsOf): Promise<void> {
  const mermaid = await mermaidScript();
  if (!mermaid) return console.log('\nMermaid could not be had from npm: nothing to compare with.');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const rows: Record<string, string | number>[] = [];
  for (const count of DRAWN) {
    const made = exportsOf(shortTrace(count));
    const contentOf = (format: string) => made.find((one) => one.format === format)!;
    const shown = await svgShown(browser, folder, contentOf('svg').content);
    const drawn = await mermaidDrawn(browser, mermaid, contentOf('mermaid').content);
    rows.push({
      messages: count,
      'SVG made': ms(contentOf('svg').took),
      'and shown': ms(shown),
      Mermaid: ms(drawn),
    });
  }
  await browser.close();
  printTable('A picture in Chromium, beside Mermaid (all diagrams of a ladder)', rows);
}

/** Mermaid's script; null where npm does not give it. */
async function mermaidScript(): Promise<string | null> {
  return npmPackage('mermaid@12.3.0').then(
    (folder) => join(folder, 'dist/mermaid.min.js'),
    () => null,
  );
}

async function svgShown(browser: Browser, folder: string, svg: string): Promise<number> {
  const file = join(folder, 'ladder.svg');
  writeFileSync(file, svg);
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const began = performance.now();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const took = performance.now() - began;
  await page.close();
  return took;
}

async function mermaidDrawn(browser: Browser, script: string, text: string): Promise<number> {
  const blocks = [...text.matchAll(/```mermaid\n(.*?)```/gs)].map(([, block]) => block!);
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setContent('<main></main>');
  await page.addScriptTag({ path: script });
  const began = performance.now();
  for (const [at, block] of (blocks.length > 0 ? blocks : [text]).entries())
    await page.evaluate(
      async ([id, diagram]) => {
        const { mermaid } = globalThis as unknown as {
          mermaid: { render(id: string, text: string): Promise<{ svg: string }> };
        };
        const { svg } = await mermaid.render(id!, diagram!);
        document.querySelector('main')!.innerHTML += svg;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      },
      [`d${at}`, block],
    );
  const took = performance.now() - began;
  await page.close();
  return took;
}
