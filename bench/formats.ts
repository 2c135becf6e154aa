import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allFormats } from '../server/engine/trace/formats/all.ts';
import { built } from './built.ts';
import { printTable } from './table.ts';

const TRACES = new URL('../server/fixtures/traces/', import.meta.url);
const SIZE = 20_000_000;

/** What reading a log into columns took, twice in the same process: milliseconds of its processors. */
interface Reading {
  readonly times: readonly number[];
  readonly bytes: number;
  readonly messages: number;
  readonly format: string;
}

/**
 * The index of each text format: its largest fixture again and again, read in a process of its own.
 * @param names formats, or none for all
 */
export async function measureFormats(names: string[]): Promise<void> {
  const reader = await built('formatReader');
  const all = allFormats.filter(({ isBinary }) => !isBinary).map(({ id }) => id);
  const rows = (names.length > 0 ? names : all).map((id) => ({ id, ...readingOf(id, reader) }));
  printTable(
    `Formats: the largest log of each, again and again in ${SIZE / 1e6} MB; the first reading of a process, and the second`,
    rows
      .sort((a, b) => b.bytes / b.times[1]! - a.bytes / a.times[1]!)
      .map(({ id, times, bytes, messages }) => ({
        format: id,
        'MB/s (cpu), first': (bytes / 1000 / times[0]!).toFixed(0),
        second: (bytes / 1000 / times[1]!).toFixed(0),
        'bytes a message': Math.round(bytes / messages),
        'µs a message': ((1000 * times[1]!) / messages).toFixed(1),
      })),
  );
}

function readingOf(id: string, reader: string): Reading {
  const log = largestOf(fileURLToPath(new URL(id, TRACES)));
  const reading = JSON.parse(
    execFileSync(process.execPath, [reader, log, String(SIZE)], { encoding: 'utf8' }),
  ) as Reading;
  if (reading.format !== id) console.log(`  ${log} is read as ${reading.format}`);
  return reading;
}

function largestOf(folder: string): string {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.expected(?:\.json)?$/.test(entry.name))
    .map(({ path, name }) => `${path}/${name}`);
  return files.sort((a, b) => statSync(b).size - statSync(a).size)[0]!;
}
