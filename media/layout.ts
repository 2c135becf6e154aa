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
