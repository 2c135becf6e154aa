import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TestClient } from '../server/lsp/testClient.ts';
import { ms, printTable, quantile } from './table.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const ROUNDS = 9;

/** What VS Code waits for: the extension's activate, and the server's answer to initialize. */
export async function measureActivation(): Promise<void> {
  const activations = Array.from({ length: ROUNDS }, () => {
    const answer = execFileSync(process.execPath, [here('activate.cjs')], { encoding: 'utf8' });
    return JSON.parse(answer) as { load: number; activate: number };
  });
  const starts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) starts.push(await startServer());
  printTable(`Activation, ${ROUNDS} rounds, each a fresh process`, [
    row(
      'load dist/client.cjs',
      activations.map(({ load }) => load),
    ),
    row(
      'load and activate()',
      activations.map(({ load, activate }) => load + activate),
    ),
    row('server process to initialize response', starts),
  ]);
}

async function startServer(): Promise<number> {
  const began = performance.now();
  const client = await TestClient.start({ server: [here('../dist/server.mjs')] });
  const took = performance.now() - began;
  await client.stop();
  return took;
}

function row(what: string, times: readonly number[]): Record<string, string> {
  return { what, best: ms(Math.min(...times)), median: ms(quantile(times, 0.5)), max: ms(Math.max(...times)) };
}
