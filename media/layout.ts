import { countWhere, isIn } from './ascending.ts';

/** How much a row shows: an arrow and its label, or what else matters below it, too. */
export type Density = 'compact' | 'comfortable';

/** Height of every row, in pixels: the same for all, so that a place is found by arithmetic. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { compact: 28, comfortable: 44 };

/** What a row shows: a message, the caption of that message, or a part of the gap before it. */
export interface RowContent {
  readonly message: number;
  readonly caption: boolean;
  /** Which row of how many this is of the gap, and how long the gap was, in milliseconds. */
  readonly gap: { readonly at: number; readonly rows: number; readonly wait: number } | null;
}

/** Which row shows what. */
export interface RowMap {
  /** Rows in all, and those among them that are no gaps. */
  readonly count: number;
  readonly told: number;
  /** The zero-based row of a one-based message. */
  rowOf(message: number): number;
  /** What a zero-based row shows. */
  at(row: number): RowContent;
  /** How many of the rows before one are no gaps. */
  toldBefore(row: number): number;
  /** Visits each message that has a row, in order, with its row. */
  each(visit: (message: number, row: number) => void): void;
}

/** Lays out the messages with a row above each one of `captionRows` (one-based, ascending). */
export function rowMap(messages: number, captionRows: readonly number[]): RowMap {
  const captions = captionRows.filter((message) => message >= 1 && message <= messages);
  const count = messages + captions.length;
  return {
    count,
    told: count,
    rowOf: (message) => message - 1 + countWhere(captions, (caption) => caption <= message),
    at(row) {
      const above = countWhere(captions, (caption, before) => caption - 1 + before <= row);
      const last = captions[above - 1];
      const caption = last !== undefined && last - 1 + above - 1 === row;
      return { message: caption ? last : row - above + 1, caption, gap: null };
    },
    toldBefore: (row) => row,
    each(visit) {
      let above = 0;
      for (let message = 1; message <= messages; message++) {
        if (captions[above] === message) above++;
        visit(message, message - 1 + above);
      }
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
    ...map,
    rowOf: (message) =>
      map.rowOf(
        Math.max(
          1,
          countWhere(shown, (one) => one <= message),
        ),
      ),
    at(row) {
      const content = map.at(row);
      return { ...content, message: shown[content.message - 1] ?? 1 };
    },
    each: (visit) => map.each((place, row) => visit(shown[place - 1]!, row)),
  };
}
