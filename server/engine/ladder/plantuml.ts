import type { Ladder, LadderRow } from './ladder.ts';

/** PlantUML cuts a picture off behind so many pixels, unless it is told to. A message takes about so many of them, a caption too. */
const TALLEST = 4096;
const ROW = 29;
const CAPTION = 33;
const LANES = 120;

/**
 * The ladder as a PlantUML sequence diagram. Whatever PlantUML gives a meaning is written by its code point. A ladder that would be taller than the
 * pictures PlantUML makes goes on on further pages (`newpage`), and a comment says so.
 */
export function plantumlLadder(ladder: Ladder, tallest = TALLEST): string {
  const lines: string[] = [];
  let height = LANES;
  let pages = 1;
  for (const row of ladder.rows) {
    const own = ROW + CAPTION * row.captions.length;
    if (height + own > tallest && height > LANES) {
      lines.push('newpage');
      height = LANES;
      pages++;
    }
    height += own;
    lines.push(...rowLines(ladder, row));
  }
  const lanes = ladder.lanes.map(({ id, label, kind }) => `${SHAPES[kind]} "${escaped(label)}" as ${id}`);
  const split = `' PlantUML makes no picture taller than ${tallest} pixels: this ladder has ${pages} pages, a picture each.`;
  return `${['@startuml', ...(pages > 1 ? [split] : []), ...lanes, ...lines, '@enduml'].join('\n')}\n`;
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
