/** How much a row shows: an arrow and its label, or what else matters below it, too. */
export type Density = 'compact' | 'comfortable';

/** Height of every row, in pixels: the same for all, so that a place is found by arithmetic. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { compact: 28, comfortable: 44 };

/** Which row on screen shows what: a message, or the caption that stands above one. */
export interface RowMap {
  /** Rows in all. */
  readonly count: number;
  /** The zero-based row of a one-based message. */
  rowOf(message: number): number;
  /** What a zero-based row shows: the message, or the caption of that message. */
  at(row: number): { readonly message: number; readonly caption: boolean };
}

/** Lays out the messages with a row above each one of `captionRows` (one-based, ascending). */
export function rowMap(messages: number, captionRows: readonly number[]): RowMap {
  const captions = captionRows.filter((message) => message >= 1 && message <= messages);
  return {
    count: messages + captions.length,
    rowOf: (message) => message - 1 + countWhere(captions, (caption) => caption <= message),
    at(row) {
      const above = countWhere(captions, (caption, before) => caption - 1 + before <= row);
      const last = captions[above - 1];
      const caption = last !== undefined && last - 1 + above - 1 === row;
      return { message: caption ? last : row - above + 1, caption };
    },
  };
}

/** Lays out only some messages (one-based, ascending): the others have no row, and the place of one before them. */
export function filteredMap(shown: readonly number[], captionRows: readonly number[]): RowMap {
  const captioned = new Set(captionRows);
  const places = shown.flatMap((message, at) => (captioned.has(message) ? at + 1 : []));
  const map = rowMap(shown.length, places);
  return {
    count: map.count,
    rowOf: (message) =>
      map.rowOf(
        Math.max(
          1,
          countWhere(shown, (one) => one <= message),
        ),
      ),
    at(row) {
      const { message, caption } = map.at(row);
      return { message: shown[message - 1] ?? 1, caption };
    },
  };
}

/** How many of the ascending numbers fulfil a condition that holds for the first ones and not for the rest. */
function countWhere(numbers: readonly number[], holds: (value: number, at: number) => boolean): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(numbers[middle]!, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the columns stand, in pixels from the left. */
export interface Columns {
  readonly number: number;
  readonly time: number;
  readonly badges: number;
  /** Where the lanes begin. */
  readonly left: number;
  readonly lane: number;
  readonly lanes: number;
  readonly width: number;
}

/** So that five lanes fit beside an editor, and an address with its port can be read. */
const [LEAST_LANE, LEAST_LONG_LANE] = [84, 140];
const LANE_ICON = 30;
const CHARACTER = 7.5;
const BADGES = 92;
const TIME = 96;

/** Divides the width among the columns; lanes too many for it make the ladder wider than the page. */
export function columns(width: number, labels: readonly string[], messages: number, withTimes: boolean): Columns {
  const lanes = labels.length;
  const number = 26 + 8 * Math.max(2, String(messages).length);
  const time = withTimes ? TIME : 0;
  const left = number + time;
  const lane = Math.max(leastLane(labels), Math.floor((width - left - BADGES) / Math.max(1, lanes)));
  return { number, time, badges: BADGES, left, lane, lanes, width: left + BADGES + lane * lanes };
}

function leastLane(labels: readonly string[]): number {
  const longest = labels.reduce((most, { length }) => Math.max(most, length), 0);
  return Math.round(Math.max(LEAST_LANE, Math.min(LEAST_LONG_LANE, LANE_ICON + CHARACTER * longest)));
}

/** Where the line of a lane stands. */
export function laneAt(of: Columns, lane: number): number {
  return of.left + lane * of.lane + Math.floor(of.lane / 2);
}
