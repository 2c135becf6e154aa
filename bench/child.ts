import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** What a whole process took. */
export interface Cost {
  readonly wall: number;
  /** Of all its threads, in user and system mode. */
  readonly cpu: number;
  /** In bytes. */
  readonly peak: number;
}

const REPORT = new URL('childReport.mjs', import.meta.url).href;

/** Runs a Node program to its end, its output thrown away. */
export async function costOf(program: readonly string[]): Promise<Cost> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT, ...program], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const exited = new Promise<number | null>((done) => child.on('exit', done));
  const report = text(child.stdio[3] as Readable);
  const code = await exited;
  const wall = performance.now() - began;
  if (code !== 0) throw new Error(`node ${program.join(' ')} ended with ${code}`);
  return { wall, ...(JSON.parse(await report) as Omit<Cost, 'wall'>) };
}
