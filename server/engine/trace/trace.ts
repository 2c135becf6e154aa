import { TraceBuilder } from './builder.ts';
import { sortByTime } from './order.ts';
import { type ByteSource, type ReadOptions, readPages } from './pages.ts';
import { scan } from './scan.ts';
import type { Stretch } from './stretch.ts';

export type { ByteSource, ReadOptions } from './pages.ts';

/**
 * Reads a trace page by page into columns; memory grows by the columns only. Never fails on content; what the source throws is
 * passed on.
 */
export async function readTrace(source: ByteSource, options: ReadOptions = {}): Promise<TraceBuilder> {
  const builder = new TraceBuilder();
  let lineEndsWithCr: boolean | null = null;
  await readPages(source, options, (stretch) => {
    lineEndsWithCr ??= endsLinesWithCr(stretch);
    if (lineEndsWithCr) replace(stretch.bytes.subarray(0, stretch.end), 13, 10);
    const done = scan(stretch, builder);
    builder.columns.expected = (1.05 * builder.columns.count * source.size) / (stretch.base + stretch.end);
    return done;
  });
  sortByTime(builder.columns);
  return builder;
}

/** Whether lines end with CR alone, as the first of them tell; null where none has ended yet. */
function endsLinesWithCr({ bytes, end }: Stretch): boolean | null {
  const read = bytes.subarray(0, end);
  if (read.includes(10)) return false;
  const at = read.indexOf(13);
  return at >= 0 && at < end - 1 ? true : null;
}

function replace(bytes: Uint8Array, what: number, by: number): void {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === what) bytes[at] = by;
}
