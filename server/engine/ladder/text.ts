import type { Ladder, LadderRow } from './ladder.ts';
import { partsOf, type Room, rangeWords } from './parts.ts';
import { laneGaps, nameLimits } from './spacing.ts';
import { charWidth, displayWidth, fit, fitName, wrap } from './width.ts';

/** The columns a ladder should take, without the remarks at its right. */
const TOTAL = 120;
/** What an arrow needs beside its label: two blanks, two strokes, its head and its lane. */
const STROKES = 6;
const LONGEST_NAME = 40;

/** With more lanes nobody would find the end of an arrow: the ladder is drawn in parts, of no more lanes than so many. */
const MOST_LANES = 40;
const LANES_OF_PART = 12;

/** The ladder in plain characters, good enough to paste into a ticket: lanes on top, one line a message, captions between. */
export function textLadder(ladder: Ladder): string {
  const { rows, lanes } = ladder;
  if (rows.length === 0) return 'No SIP message.\n';
  if (lanes.length <= MOST_LANES) return drawing(ladder);
  const parts = partsOf(ladder, roomFor(LANES_OF_PART));
  const drawn = parts.map((part) => `\n${rangeWords(part)}\n\n${drawing(part)}`);
  return `${lanes.length} participants: in parts, each with those that take part in it.\n${drawn.join('')}`;
}

/** Room for so many lanes, and any number of rows. */
function roomFor(most: number): Room {
  let lanes = 0;
  return {
    begin: (_, fresh) => {
      lanes = fresh.length;
    },
    add(_, fresh) {
      if (lanes + fresh.length > most) return false;
      lanes += fresh.length;
      return true;
    },
  };
}

function drawing(ladder: Ladder): string {
  const form = formOf(ladder);
  const lines = [head(ladder, form), rails(form)];
  let day = firstDay(ladder);
  for (const row of ladder.rows) {
    const today = dayOf(row);
    if (today && day && today !== day) lines.push(rails(form), `${' '.repeat(form.digits + 1)}${today}`);
    day = today || day;
    if (row.captions.length) lines.push(rails(form), ...row.captions.flatMap((caption) => captionLines(caption, form)));
    lines.push(`${margin(String(row.index), clock(row), form)}${arrow(row, form)}${remarks(row)}`);
  }
  lines.push(rails(form), ...cutNames(ladder, form));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Where everything stands. */
interface Form {
  readonly digits: number;
  readonly timed: boolean;
  readonly margin: number;
  /** The columns of the lanes, from the margin on. */
  readonly lanes: readonly number[];
  readonly width: number;
  /** The names of the lanes as they fit. */
  readonly names: readonly string[];
}

function formOf(ladder: Ladder): Form {
  const digits = String(ladder.rows.at(-1)!.index).length;
  const timed = ladder.rows.some((row) => row.time !== null);
  const margin = digits + 1 + (timed ? 13 : 0);
  const gaps = laneGaps(ladder, {
    name: (label) => displayWidth(label) + 2,
    arrow: (row) => displayWidth(said(row)) + STROKES,
    least: 10,
    most: 66,
    step: 2,
    total: TOTAL - margin - nameRoom(ladder),
  });
  const names = fittingNames(ladder, gaps);
  const first = Math.floor(displayWidth(names[0]!) / 2);
  const lanes = [first];
  for (const gap of gaps) lanes.push(lanes.at(-1)! + gap);
  const width = Math.max(40, lanes.at(-1)! + Math.ceil(displayWidth(names.at(-1)!) / 2));
  return { digits, timed, margin, lanes, width, names };
}

/** What the first and the last name take outside of the lanes. */
function nameRoom({ lanes }: Ladder): number {
  const half = (label: string) => Math.ceil(Math.min(LONGEST_NAME, displayWidth(label)) / 2);
  return half(lanes[0]!.label) + half(lanes.at(-1)!.label);
}

/** The names, cut where two neighbours do not fit side by side; a short one leaves its room to the other. */
function fittingNames({ lanes }: Ladder, gaps: readonly number[]): string[] {
  const widths = lanes.map(({ label }) => Math.min(LONGEST_NAME, displayWidth(label)));
  const limits = nameLimits(widths, gaps, 1);
  return lanes.map(({ label }, at) => fitName(label, limits[at]!));
}

function head(ladder: Ladder, form: Form): string {
  const cells: string[] = [];
  for (const [at, name] of form.names.entries())
    write(cells, form.lanes[at]! - Math.floor(displayWidth(name) / 2), name);
  const day = firstDay(ladder);
  return `${margin('', day, form)}${line(cells)}`;
}

function margin(number: string, time: string, { digits, timed }: Form): string {
  return `${number.padStart(digits)} ${timed ? time.padEnd(13) : ''}`;
}

function clock({ time }: LadderRow): string {
  return time === null ? '' : new Date(time).toISOString().slice(-13, -1);
}

/** The date of a message, if its time has one. */
function dayOf({ time }: LadderRow): string {
  return time === null || time < 366 * 86_400_000 ? '' : new Date(time).toISOString().slice(0, -14);
}

function firstDay({ rows }: Ladder): string {
  return dayOf(rows.find((row) => row.time !== null) ?? rows[0]!);
}

function rails(form: Form): string {
  return `${' '.repeat(form.margin)}${line(railCells(form))}`;
}

function railCells({ lanes }: Form): string[] {
  const cells: string[] = [];
  for (const lane of lanes) cells[lane] = '│';
  return cells;
}

function captionLines(caption: string, form: Form): string[] {
  return wrap(caption, form.margin + form.width).map((text) => `${' '.repeat(form.margin)}${text}`);
}

function arrow(row: LadderRow, form: Form): string {
  const cells = railCells(form);
  const from = form.lanes[row.from]!;
  const to = form.lanes[row.to]!;
  if (from === to) write(cells, from + 1, `⟲ ${said(row)} `);
  else drawArrow(cells, from, to, row.type === 'response' ? '╌' : '─', said(row));
  return line(cells);
}

function said(row: LadderRow): string {
  return row.failed ? `✕ ${row.label}` : row.label;
}

function drawArrow(cells: string[], from: number, to: number, stroke: string, label: string): void {
  const left = Math.min(from, to) + 1;
  const right = Math.max(from, to) - 1;
  for (let at = left; at <= right; at++) cells[at] = stroke;
  if (to > from) cells[right] = '▶';
  else cells[left] = '◀';
  const shown = fit(label, right - left - 3);
  const free = right - left - 1 - displayWidth(shown);
  if (shown) write(cells, left + Math.floor(free / 2), ` ${shown} `);
}

/** Puts a text into cells of one column each; the second column of a wide character is an empty cell. */
function write(cells: string[], at: number, text: string): void {
  for (const char of text) {
    const width = charWidth(char);
    if (width === 0) cells[at - 1] = `${cells[at - 1] ?? ''}${char}`;
    else cells[at] = char;
    if (width === 2) cells[at + 1] = '';
    at += width;
  }
}

function line(cells: readonly string[]): string {
  return Array.from(cells, (cell) => cell ?? ' ').join('');
}

function remarks(row: LadderRow): string {
  const parts: string[] = [];
  if (row.retransmissionOf !== null) parts.push(`again: ${row.retransmissionOf}`);
  for (const severity of ['error', 'warning'] as const) {
    const count = row.problems[severity];
    if (count) parts.push(`${count} ${severity}${count > 1 ? 's' : ''}`);
  }
  return parts.length ? `  ${parts.join(', ')}` : '';
}

/** The full names of the lanes whose names did not fit. */
function cutNames({ lanes }: Ladder, { names, margin: blanks }: Form): string[] {
  return lanes.flatMap((lane, at) =>
    names[at] === lane.label ? [] : [`${' '.repeat(blanks)}${names[at]} = ${lane.label}`],
  );
}
