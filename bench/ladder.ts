import { type Browser, chromium, type Page } from 'playwright-core';
import { LineMap } from '../server/engine/base/text.ts';
import { read } from '../server/engine/engine.ts';
import { serve, type TraceApi, type TraceCall } from '../server/view/protocol.ts';
import { createTraceApi } from '../server/view/traces.ts';
import { servePage } from '../test/page/server.ts';
import { traceOf } from './generate.ts';
import { HOST } from './ladderHost.ts';
import { ms, printTable, quantile } from './table.ts';

const SCROLLING_MS = 5000;

/** The real page in a real browser over the real answers: from the text to the first rows, then scrolling through everything. */
export async function measureLadder(sizes: string[]): Promise<void> {
  const server = await servePage();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const rows: Record<string, string | number>[] = [];
  for (const count of sizes.length > 0 ? sizes.map(Number) : [1000, 10_000, 100_000])
    rows.push(await measure(browser, server.url('theme=dark'), count));
  await browser.close();
  server.close();
  printTable(`Ladder: Chromium, scrolled from top to bottom in ${SCROLLING_MS / 1000} s`, rows);
}

async function measure(browser: Browser, url: string, count: number): Promise<Record<string, string | number>> {
  const text = traceOf(count);
  const began = performance.now();
  const { api, indexed } = openTrace(text);
  await api.summary();
  const index = performance.now() - began;
  const page = await open(browser, url, api);
  const { summary, firstRow } = await page.evaluate(() => (globalThis as unknown as Timed).timing);
  const deltas = await page.evaluate<number[]>(`scrollThrough(${SCROLLING_MS})`);
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  await page.close();
  return {
    messages: count,
    'text MB': (text.length / 1e6).toFixed(0),
    'index and flow': ms(indexed),
    'and summary': ms(index),
    'summary to first rows': ms(firstRow - summary),
    'frames a second': (1000 / mean(deltas)).toFixed(1),
    'p95 frame': ms(quantile(deltas, 0.95)),
    'longest frame': ms(Math.max(...deltas)),
    nodes,
  };
}

interface Timed {
  readonly timing: { readonly summary: number; readonly firstRow: number };
}

function openTrace(text: string): { api: TraceApi; indexed: number } {
  const began = performance.now();
  const reading = read(text);
  const indexed = performance.now() - began;
  const trace = {
    reading,
    lines: new LineMap(text),
    problems: [],
    profiles: ['trace' as const],
    revision: 1,
    title: 'bench.sip',
    notices: [],
    offsetAt: () => 0, // the page itself never asks for a place in the text
  };
  return { api: createTraceApi(async () => trace), indexed };
}

async function open(browser: Browser, url: string, api: TraceApi): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
  await page.exposeFunction('askServer', (call: TraceCall) => serve(api, call));
  await page.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: HOST }));
  await page.goto(url);
  await page.waitForFunction(() => ((globalThis as unknown as Timed).timing?.firstRow ?? 0) > 0);
  await page.waitForTimeout(500);
  return page;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
