import type { Columns } from './columns.ts';

const HALF_DAY = 12 * 3600 * 1000;

/**
 * Puts the messages into the order of their times, file order for equal ones; a message without a time keeps its place behind the
 * one before it. A clock without dates that goes back by more than half a day has passed midnight.
 */
export function sortByTime(columns: Columns): void {
  const { time, count } = columns;
  if (!time) return;
  unroll(time, count);
  const keys = new Float64Array(count);
  let ordered = true;
  for (let index = 0; index < count; index++) {
    const before = index === 0 ? Number.NEGATIVE_INFINITY : keys[index - 1]!;
    keys[index] = Number.isNaN(time[index]!) ? before : time[index]!;
    if (keys[index]! < before) ordered = false;
  }
  if (ordered) return;
  const order = Uint32Array.from({ length: count }, (_, at) => at).sort((a, b) => keys[a]! - keys[b]! || a - b);
  columns.reorder(order);
}

/** Adds a day after each midnight in times that have no date (they lie on 1 January 1970). */
function unroll(time: Float64Array, count: number): void {
  let day = 0;
  let last = Number.NaN;
  for (let index = 0; index < count; index++) {
    const clock = time[index]!;
    if (Number.isNaN(clock) || clock >= 2 * HALF_DAY) continue;
    if (last - clock > HALF_DAY) day += 2 * HALF_DAY;
    last = clock;
    time[index] = clock + day;
  }
}
