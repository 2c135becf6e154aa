import type { RowMap } from './layout.ts';

/** The part of the ladder that the strip shows, by its first and last message: rows move when the ladder is filtered or grows. */
export interface StripPart {
  readonly first: number;
  readonly last: number;
}

/** A stretch of rows; `to` is exclusive. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The part whose rows are those of a range, made to have at least so many rows; null where that is all of them. */
export function partOf(map: RowMap, { from, to }: RowRange, leastRows: number): StripPart | null {
  const rows = Math.max(1, Math.ceil(leastRows), Math.round(to - from));
  if (rows >= map.count) return null;
  const start = Math.min(map.count - rows, Math.max(0, Math.round((from + to - rows) / 2)));
  return { first: map.at(start).message, last: map.at(start + rows - 1).message };
}

/** The rows of a part; all rows where there is none. */
export function rowsOf(map: RowMap, part: StripPart | null): RowRange {
  if (!part) return { from: 0, to: map.count };
  const from = Math.min(map.rowOf(part.first), Math.max(0, map.count - 1));
  return { from, to: Math.min(map.count, Math.max(from, map.rowOf(part.last)) + 1) };
}

/**
 * Moves a range so that a place, in rows, lies in it: by whole lengths of it, so that it rests while the reader scrolls in it. One of a ladder without
 * rows stays.
 */
export function rangeAround(map: RowMap, { from, to }: RowRange, row: number): RowRange {
  if ((row >= from && row < to) || from >= to) return { from, to };
  const rows = to - from;
  const start = Math.min(map.count - rows, Math.max(0, from + Math.floor((row - from) / rows) * rows));
  return { from: start, to: start + rows };
}

/** The rows of a range as a map of their own. */
export function mapOfRange(map: RowMap, { from, to }: RowRange): RowMap {
  const before = map.toldBefore(from);
  return {
    count: to - from,
    told: (to < map.count ? map.toldBefore(to) : map.told) - before,
    rowOf: (message) => map.rowOf(message) - from,
    at: (row) => map.at(row + from),
    toldBefore: (row) => map.toldBefore(row + from) - before,
    each: (visit) => map.each((message, row) => row >= from && row < to && visit(message, row - from)),
  };
}
