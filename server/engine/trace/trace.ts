import type { TraceBuilder } from './builder.ts';
import { GrowingTrace } from './growing.ts';
import { sortByTime } from './order.ts';
import type { ByteSource, ReadOptions } from './pages.ts';

export type { ByteSource, ReadOptions } from './pages.ts';

/**
 * Reads a trace page by page into columns; memory grows by the columns only. Never fails on content; what the source throws is
 * passed on.
 */
export async function readTrace(source: ByteSource, options: ReadOptions = {}): Promise<TraceBuilder> {
  const trace = new GrowingTrace();
  await trace.readOn(source, options);
  sortByTime(trace.builder.columns);
  return trace.builder;
}
