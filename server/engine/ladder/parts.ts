import type { Ladder, LadderRow } from './ladder.ts';

/** What a drawing has room for, asked row by row. */
export interface Room {
  /** Begins a drawing with a row that has room in any case. `lanes` are the lanes that come with it. */
  begin(row: LadderRow, lanes: readonly number[]): void;
  /** Whether another row has room, with the lanes that only it brings; if so, it is taken in. */
  add(row: LadderRow, lanes: readonly number[]): boolean;
}

/** The ladder in several that have room each: rows one after the other, and no lanes but those that they touch. */
export function partsOf(ladder: Ladder, room: Room): Ladder[] {
  const parts: Ladder[] = [];
  let rows: LadderRow[] = [];
  let lanes = new Set<number>();
  const end = () => {
    if (rows.length > 0) parts.push(withLanes(ladder, rows, lanes));
  };
  for (const row of ladder.rows) {
    const own = row.from === row.to ? [row.from] : [row.from, row.to];
    const fresh = own.filter((lane) => !lanes.has(lane));
    if (rows.length === 0 || !room.add(row, fresh)) {
      end();
      rows = [];
      lanes = new Set();
      room.begin(row, own);
    }
    rows.push(row);
    for (const lane of own) lanes.add(lane);
  }
  end();
  return parts;
}

function withLanes(ladder: Ladder, rows: readonly LadderRow[], lanes: ReadonlySet<number>): Ladder {
  const order = [...lanes].sort((a, b) => a - b);
  const place = new Map(order.map((lane, at) => [lane, at]));
  return {
    ...ladder,
    lanes: order.map((lane) => ladder.lanes[lane]!),
    rows: rows.map((row) => ({ ...row, from: place.get(row.from)!, to: place.get(row.to)! })),
  };
}

/** `messages 1 to 20`, `message 3`. */
export function rangeWords({ rows }: Ladder): string {
  const [first, last] = [rows[0]!.index, rows.at(-1)!.index];
  return first === last ? `message ${first}` : `messages ${first} to ${last}`;
}
