import { countWhere } from './ascending.ts';
import type { RowMap } from './layout.ts';

/** A row of a gap stands for so many milliseconds: T1 of RFC 3261 §17.1.1.1, so that retransmissions show their rhythm. */
export const GAP_ROW_MS = 500;
/** A gap has no more rows than this: T2 of the same, 4 s, is the longest that is drawn in proportion. */
export const MOST_GAP_ROWS = 8;

/** What is laid out: messages (one-based, ascending; null for all), those that have captions, and when each message of the trace was. */
export interface Timed {
  readonly count: number;
  readonly here: readonly number[] | null;
  readonly captionRows: readonly number[];
  /** Of every message of the trace, in milliseconds; NaN or missing where it is not known. */
  readonly times: Float64Array;
}

/** How many rows stand for a wait, in milliseconds; none where messages came the other way round. */
export function gapRows(wait: number): number {
  return wait > 0 ? Math.min(MOST_GAP_ROWS, Math.round(wait / GAP_ROW_MS)) : 0;
}

/** Whether a gap takes fewer rows than its wait would. */
export function isShortened(wait: number): boolean {
  return Math.round(wait / GAP_ROW_MS) > MOST_GAP_ROWS;
}

/** Lays messages out with gaps as long as nothing came before each of them. */
export function gappedMap({ count, here, captionRows, times }: Timed): RowMap {
  const places = here?.length ?? count;
  const messageAt = (place: number) => here?.[place] ?? place + 1;
  /** The first row of each message, which is that of its gap, and how many rows before it are gaps. */
  const starts = new Uint32Array(places + 1);
  const gapsBefore = new Uint32Array(places + 1);
  const waits = new Float64Array(places);
  const captioned = new Set(captionRows);
  let last = Number.NaN;
  for (let place = 0; place < places; place++) {
    const message = messageAt(place);
    const time = times[message - 1] ?? Number.NaN;
    const wait = time - last;
    const rows = gapRows(wait);
    waits[place] = rows > 0 ? wait : 0;
    gapsBefore[place + 1] = gapsBefore[place]! + rows;
    starts[place + 1] = starts[place]! + rows + (captioned.has(message) ? 2 : 1);
    if (!Number.isNaN(time)) last = time;
  }
  const rowsOfGap = (place: number) => gapsBefore[place + 1]! - gapsBefore[place]!;
  const placeOf = (row: number) => Math.max(0, Math.min(places - 1, lastNotAfter(starts, row)));
  return {
    count: starts[places]!,
    told: starts[places]! - gapsBefore[places]!,
    rowOf(message) {
      const place = here ? lastNotAfter(here, message) : Math.min(places, message) - 1;
      return (starts[Math.max(0, place) + 1] ?? 1) - 1;
    },
    at(row) {
      if (places === 0) return { message: 1, caption: false, gap: null };
      const place = placeOf(row);
      const [at, rows] = [row - starts[place]!, rowsOfGap(place)];
      const gap = at < rows ? { at, rows, wait: waits[place]! } : null;
      return { message: messageAt(place), caption: !gap && row < starts[place + 1]! - 1, gap };
    },
    toldBefore(row) {
      const place = placeOf(row);
      return row - gapsBefore[place]! - Math.min(row - starts[place]!, rowsOfGap(place));
    },
    each(visit) {
      for (let place = 0; place < places; place++) visit(messageAt(place), starts[place + 1]! - 1);
    },
  };
}

/** The place of the last of ascending numbers that is not greater than one; −1 where all are. */
function lastNotAfter(numbers: ArrayLike<number>, one: number): number {
  return countWhere(numbers, (number) => number <= one) - 1;
}
