import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Cost, costOf } from './child.ts';
import { traceFile } from './data.ts';
import { ms, printTable, quantile } from './table.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const CLI = here('../dist/cli.mjs');
const ROUNDS = 5;

/** `sip-lens summary` over files of several sizes as a whole process, each time beside the plain byte loop. */
export async function measureIndex(sizes: string[]): Promise<void> {
  const rows: Record<string, string>[] = [];
  const peaks: { messages: number; peak: number }[] = [];
  for (const size of sizes.length > 0 ? sizes : ['1M', '10M', '100M', '1G']) {
    const file = traceFile(size);
    const [index, loop] = await sideBySide(file);
    const bytes = statSync(file).size;
    peaks.push({
      messages: messagesIn(file),
      peak: quantile(
        index.map(({ peak }) => peak),
        0.5,
      ),
    });
    rows.push(row(size, bytes, 'summary', index, loop), row('', bytes, 'byte loop', loop, loop));
  }
  printTable(`Index: sip-lens summary as a whole process, ${ROUNDS} rounds`, rows);
  const [small, large] = [peaks.at(-2), peaks.at(-1)];
  if (!small || !large) return;
  const growth = (large.peak - small.peak) / (large.messages - small.messages);
  console.log(`  Memory grows by ${growth.toFixed(0)} bytes a message between the last two sizes.`);
}

async function sideBySide(file: string): Promise<[Cost[], Cost[]]> {
  const index: Cost[] = [];
  const loop: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    index.push(await costOf([CLI, 'summary', '--format', 'json', file]));
    loop.push(await costOf([here('byteLoop.mjs'), file]));
  }
  return [index, loop];
}

function row(size: string, bytes: number, what: string, costs: readonly Cost[], loop: readonly Cost[]) {
  const walls = costs.map(({ wall }) => wall);
  const cpus = costs.map(({ cpu }) => cpu);
  const best = (of: readonly Cost[], key: 'wall' | 'cpu') => Math.min(...of.map((cost) => cost[key]));
  return {
    size,
    what,
    'wall best': ms(best(costs, 'wall')),
    median: ms(quantile(walls, 0.5)),
    'cpu best': ms(best(costs, 'cpu')),
    'cpu median': ms(quantile(cpus, 0.5)),
    'MB/s (wall)': (bytes / 1000 / best(costs, 'wall')).toFixed(0),
    'MB/s (cpu)': (bytes / 1000 / best(costs, 'cpu')).toFixed(0),
    'wall to loop': (best(costs, 'wall') / best(loop, 'wall')).toFixed(2),
    'cpu to loop': (best(costs, 'cpu') / best(loop, 'cpu')).toFixed(2),
    peak: `${(Math.max(...costs.map(({ peak }) => peak)) / 1e6).toFixed(0)} MB`,
  };
}

function messagesIn(file: string): number {
  const answer = execFileSync(process.execPath, [CLI, 'summary', '--format', 'json', file], { encoding: 'utf8' });
  return (JSON.parse(answer) as { files: { messages: number }[] }).files[0]!.messages;
}
