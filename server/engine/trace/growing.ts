import { TraceBuilder } from './builder.ts';
import { type ByteSource, type ReadOptions, readPagesFrom } from './pages.ts';
import { scan } from './scan.ts';
import type { Stretch } from './stretch.ts';

/** Something that is read into columns page by page, and goes on where it ended when its source has grown. */
export interface GrowingIndex {
  /** What was read so far, in the order of the source: who wants another order takes a copy. */
  readonly builder: TraceBuilder;
  /**
   * Reads on, to the end of the source as it is now. What was read before is not read again, but for the last page. Never fails on
   * content; what the source throws is passed on. Gives whether the end was reached.
   */
  readOn(source: ByteSource, options?: ReadOptions): Promise<boolean>;
}

/** Where the reading goes on, and what is known up to there. */
interface Checkpoint {
  readonly at: number;
  readonly count: number;
  readonly skipped: ReadonlyMap<string, { count: number; readonly first: number }>;
}

const BEGINNING: Checkpoint = { at: 0, count: 0, skipped: new Map() };

/** A trace of text that may grow: a log that is being written. */
export class GrowingTrace implements GrowingIndex {
  readonly builder = new TraceBuilder();
  private checkpoint = BEGINNING;
  private lineEndsWithCr: boolean | null = null;

  /** What ends with the source was judged as if nothing followed: it is read again. */
  async readOn(source: ByteSource, options: ReadOptions = {}): Promise<boolean> {
    const { builder } = this;
    this.goBack();
    return readPagesFrom(this.checkpoint.at, source, options, (stretch) => {
      this.lineEndsWithCr ??= endsLinesWithCr(stretch);
      if (this.lineEndsWithCr) replace(stretch.bytes.subarray(0, stretch.end), 13, 10);
      this.remember(stretch.base);
      const done = scan(stretch, builder);
      builder.columns.expected = (1.05 * builder.columns.count * source.size) / (stretch.base + stretch.end);
      return done;
    });
  }

  private remember(at: number): void {
    const { columns, hosts, skipped } = this.builder;
    hosts.remember();
    const copies = new Map([...skipped].map(([why, found]) => [why, { ...found }]));
    this.checkpoint = { at, count: columns.count, skipped: copies };
  }

  private goBack(): void {
    const { columns, hosts, skipped } = this.builder;
    hosts.goBack();
    const { count, skipped: before } = this.checkpoint;
    columns.truncate(count);
    skipped.clear();
    for (const [why, found] of before) skipped.set(why, { ...found });
  }
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
