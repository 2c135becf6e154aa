import type { Ladder, LadderRow, Lane } from './ladder.ts';
import { partsOf, type Room, rangeWords } from './parts.ts';
import { displayWidth } from './width.ts';

/** PlantUML cuts a picture off behind so many pixels of width or height, unless it is told to. */
const LARGEST = 4096;
/** Pixels that PlantUML takes: for a message, more for one to oneself, a caption, what is above and below of them, a character, and what is around a text. */
const ROW = 29;
const LOOP = 14;
const CAPTION = 33;
const LANES = 250;
const CHARACTER = 8;
const AROUND = 40;

/**
 * The ladder as a PlantUML sequence diagram. Whatever PlantUML gives a meaning is written by its code point. A ladder that would be larger than the
 * pictures PlantUML makes becomes several diagrams in one file, each with the lanes that it needs, and a comment says so.
 */
export function plantumlLadder(ladder: Ladder, largest = LARGEST): string {
  const parts = partsOf(ladder, roomFor(ladder, largest));
  if (parts.length < 2) return diagram(ladder, '');
  const split = `' PlantUML makes no picture larger than ${largest} pixels: this ladder is in ${parts.length} diagrams, a picture each.\n`;
  return `${split}${parts.map((part) => diagram(part, `title ${rangeWords(part)}`)).join('\n')}`;
}

/**
 * Estimates the size of a diagram as rows are added to it: never too small. Between a lane and the next one there is at least as much room as the widest label
 * that begins at the lane.
 */
function roomFor({ lanes }: Ladder, largest: number): Room {
  let height = 0;
  let width = 0;
  let rooms = new Map<number, number>();
  const widen = (lane: number, own: number) => {
    const before = rooms.get(lane) ?? 0;
    if (own <= before) return 0;
    rooms.set(lane, own);
    return own - before;
  };
  const take = (row: LadderRow, fresh: readonly number[]) => {
    height += heightOf(row);
    for (const lane of fresh) width += widen(lane, pixels(lanes[lane]!.label));
    width += widen(Math.min(row.from, row.to), pixels(`${row.index} ${row.label}`));
    width = Math.max(width, ...row.captions.map(pixels));
  };
  const begin = (row: LadderRow, fresh: readonly number[]) => {
    [height, width, rooms] = [LANES, AROUND, new Map()];
    take(row, fresh);
  };
  return {
    begin,
    add(row, fresh) {
      const more = fresh.reduce((sum, lane) => sum + pixels(lanes[lane]!.label), pixels(`${row.index} ${row.label}`));
      const isTall = height + heightOf(row) > largest;
      if (isTall || Math.max(width + more, ...row.captions.map(pixels)) > largest) return false;
      take(row, fresh);
      return true;
    },
  };
}

function heightOf({ from, to, captions }: LadderRow): number {
  return ROW + (from === to ? LOOP : 0) + CAPTION * captions.length;
}

function pixels(text: string): number {
  return displayWidth(text) * CHARACTER + AROUND;
}

function diagram(ladder: Ladder, title: string): string {
  const lines = ladder.rows.flatMap((row) => rowLines(ladder, row));
  return `${['@startuml', ...(title ? [title] : []), ...ladder.lanes.map(laneLine), ...lines, '@enduml'].join('\n')}\n`;
}

function laneLine({ id, label, kind }: Lane): string {
  return `${SHAPES[kind]} "${escaped(label)}" as ${id}`;
}

const SHAPES = {
  user: 'actor',
  focus: 'control',
  mcu: 'control',
  server: 'participant',
  address: 'participant',
  unknown: 'participant',
} as const;

function rowLines({ lanes }: Ladder, row: LadderRow): string[] {
  const [from, to] = [lanes[row.from]!.id, lanes[row.to]!.id];
  const [first, last] = [lanes[0]!.id, lanes.at(-1)!.id];
  const ends = first === last ? first : `${first}, ${last}`;
  const notes = row.captions.map((caption) => `note over ${ends} : ${escaped(caption)}`);
  const arrow = row.failed ? '-->x' : row.type === 'response' ? '-->' : '->';
  return [...notes, `${from} ${arrow} ${to} : ${row.index} ${escaped(row.label)}`];
}

/** Letters, digits and what has no meaning stay; the rest is written by its code point. */
function escaped(text: string): string {
  const shown = text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  const written = shown.replace(/[^\p{L}\p{N}\p{M} .,:;@()+?–—…✕-]|-(?=-)/gu, codePoint);
  return written.trim() || ' ';
}

function codePoint(char: string): string {
  return `<U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`;
}
