import { countWhere, isIn } from './ascending.ts';

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
  const places = captionRows
    .filter((message) => isIn(shown, message))
    .map((message) => countWhere(shown, (one) => one <= message));
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

/** Where the columns stand, in pixels from the left. */
export interface Columns {
  readonly number: number;
  readonly time: number;
  readonly badges: number;
  /** Where the lanes begin. */
  readonly left: number;
  /** Where the line of each lane stands, and how wide its column is. */
  readonly at: readonly number[];
  readonly widths: readonly number[];
  readonly width: number;
}

/** So that five lanes fit beside an editor, and an address with its port can be read. */
const [LEAST_LANE, LEAST_LONG_LANE] = [84, 140];
/** A lane without an arrow on screen, where there is no room for all. */
const [LEAST_IDLE, MOST_IDLE] = [3, 12];
/** So few lanes are left as they are: each has its name, if need be beyond the edge. */
const FEW_LANES = 8;
const LANE_ICON = 30;
const CHARACTER = 7.5;
const BADGES = 92;
const TIME = 96;

/** What is to be laid out. */
export interface Wanted {
  readonly width: number;
  readonly labels: readonly string[];
  readonly messages: number;
  readonly withTimes: boolean;
  /** The lanes that have arrows on screen; null for all. */
  readonly busy: ReadonlySet<number> | null;
}

/** Divides the width among the columns. Lanes too many for it shrink where they are idle, and make the ladder wider than the page. */
export function columns({ width, labels, messages, withTimes, busy }: Wanted): Columns {
  const number = 26 + 8 * Math.max(2, String(messages).length);
  const time = withTimes ? TIME : 0;
  const left = number + time;
  const widths = laneWidths(labels, Math.max(0, width - left - BADGES), busy);
  const at: number[] = [];
  let from = left;
  for (const lane of widths) {
    at.push(from + Math.floor(lane / 2));
    from += lane;
  }
  return { number, time, badges: BADGES, left, at, widths, width: from + BADGES };
}

function laneWidths(labels: readonly string[], room: number, busy: ReadonlySet<number> | null): number[] {
  const least = leastLane(labels);
  const lanes = labels.length;
  if (!busy || lanes <= FEW_LANES || least * lanes <= room)
    return labels.map(() => Math.max(least, Math.floor(room / Math.max(1, lanes))));
  const idle = lanes - busy.size;
  const left = Math.floor((room - least * busy.size) / Math.max(1, idle));
  const narrow = Math.max(LEAST_IDLE, Math.min(left, MOST_IDLE));
  const wide = Math.max(least, Math.floor((room - narrow * idle) / Math.max(1, busy.size)));
  return labels.map((_, lane) => (busy.has(lane) ? wide : narrow));
}

function leastLane(labels: readonly string[]): number {
  const longest = labels.reduce((most, { length }) => Math.max(most, length), 0);
  return Math.round(Math.max(LEAST_LANE, Math.min(LEAST_LONG_LANE, LANE_ICON + CHARACTER * longest)));
}

/** Where the line of a lane stands. */
export function laneAt(of: Columns, lane: number): number {
  return of.at[lane] ?? of.left;
}

/** How wide the column of a lane is. */
export function laneWidth(of: Columns, lane: number): number {
  return of.widths[lane] ?? 0;
}

/** The lines of all lanes, from where these begin, as the picture of one row. */
export function lifelines({ left, at }: Columns): string {
  const stops = at.map((place) => {
    const from = place - left;
    return `transparent ${from}px, var(--lifeline) ${from}px ${from + 1}px, transparent ${from + 1}px`;
  });
  return stops.length > 0 ? `linear-gradient(to right, ${stops.join(', ')})` : 'none';
}
