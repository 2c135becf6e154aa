import { readFile } from 'node:fs/promises';
import { lintText } from '../server/engine/engine.ts';
import { provideSchemas } from '../server/engine/xml/schemas.ts';
import { traceText } from './data.ts';
import { ms, printTable } from './table.ts';

const ROUNDS = 3;

/** Every check over whole texts, in this process: what `lint` and the first opening of a document cost. */
export async function measureLint(sizes: string[]): Promise<void> {
  provideSchemas((file) => readFile(new URL(`../server/schemas/${file}`, import.meta.url), 'utf8'));
  const rows: Record<string, string | number>[] = [];
  for (const size of sizes.length > 0 ? sizes : ['5M', '50M']) {
    const text = traceText(size);
    for (let round = 1; round <= ROUNDS; round++) rows.push(await lintOnce(size, text, round));
  }
  printTable('Lint: all rules and schemas (round 1 with a cold compiler)', rows);
}

async function lintOnce(size: string, text: string, round: number): Promise<Record<string, string | number>> {
  const before = process.cpuUsage();
  const began = performance.now();
  const { reading, lint } = await lintText(text);
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000;
  return {
    size: round === 1 ? size : '',
    round,
    wall: ms(wall),
    cpu: ms(cpu),
    'MB/s (cpu)': (text.length / 1000 / cpu).toFixed(1),
    'µs a message (cpu)': ((cpu * 1000) / reading.trace.count).toFixed(0),
    messages: reading.trace.count,
    problems: lint.problems.length,
  };
}
