import type { TraceBuilder } from './builder.ts';

/** Records of a log that are not shown. */
export interface Skipped {
  /** In words: `empty records: keep-alives`. */
  readonly why: string;
  readonly count: number;
  /** Where the first of them begins in the source. */
  readonly first: number;
}

/** What a read passed over, the most frequent first. */
export function skippedOf({ skipped }: TraceBuilder): Skipped[] {
  return [...skipped].map(([why, found]) => ({ why, ...found })).sort((a, b) => b.count - a.count || a.first - b.first);
}
