import { TraceBuilder } from './builder.ts';
import { type Columns, Flag } from './columns.ts';
import { scan } from './scan.ts';
import { stretchOf } from './stretch.ts';
import { TextTrace } from './text.ts';

/** Where a text changed: what stood in `from`–`oldTo` stands in `from`–`newTo` now. */
export interface Edit {
  readonly from: number;
  readonly oldTo: number;
  readonly newTo: number;
}

const LAYERS = Flag.coloured | Flag.escaped | Flag.prefixed | Flag.spaced;
/** Longer edits are read as a whole. */
const LONGEST = 2000;
/** Lines that name parties, calls, hops or hosts, start lines and folded lines: what hangs on them reaches beyond the message. */
const FAR_REACHING = /^(?:from|to|via|route|contact|call-id|[ftvim])[ \t]*:|^[ \t]|\bSIP\/\d/im;

/**
 * Reads a text again after an edit: only the messages around it are looked at, the others keep their columns. Gives null where the
 * edit may reach farther (it touches a line that names parties, or changes where messages begin): then the whole must be read.
 */
export function readAgain(before: TextTrace, text: string, edit: Edit): TextTrace | null {
  const old = before.columns;
  if (
    old.time ||
    old.count === 0 ||
    before.built.skipped.size > 0 ||
    reachesFar(before.text, edit.from, edit.oldTo) ||
    reachesFar(text, edit.from, edit.newTo)
  )
    return null;
  const touched = before.rank(edit.from + 1) - 1;
  const first = Math.max(0, touched - 1);
  const last = Math.min(old.count, before.rank(edit.oldTo) + 3);
  if (touched < 0 || before.isFlattened(touched) || isOfLog(before, Math.max(0, first - 1), last)) return null;
  const shift = edit.newTo - edit.oldTo;
  const from = first === 0 ? 0 : old.start[first - 1]! + old.length[first - 1]!;
  const to = last < old.count ? old.start[last]! + shift : text.length;
  const built = new TraceBuilder(before.built);
  copyRows(before, built, 0, first, 0);
  const stretch = stretchOf(text, from, to);
  stretch.last = to === text.length;
  scan(stretch, built);
  if (before.built.isColoured || built.isColoured) return null;
  const { columns } = built;
  const read = columns.count;
  for (let row = first; row < read; row++)
    if (!headTheSame(old, columns, row, edit) || !namesTheSame(before, columns, row)) return null;
  if (stretch.last) return read === old.count ? new TextTrace(text, built) : null;
  if (read === first || nextRow(before, columns.start[read - 1]!, shift, edit) !== read) return null;
  copyRows(before, built, read, old.count, shift);
  return new TextTrace(text, built);
}

/** Whether one of these messages stands in a record of a log, or other than it was sent: what belongs to it is decided elsewhere, too. */
function isOfLog({ columns }: TextTrace, from: number, to: number): boolean {
  return columns.flags.subarray(from, to).some((flags) => (flags & LAYERS) !== 0 || flags >>> Flag.formatShift !== 0);
}

/** Whether a line that the range touches reaches beyond its message. */
function reachesFar(text: string, from: number, to: number): boolean {
  if (to - from > LONGEST) return true;
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  if (from - start > LONGEST && end - to > LONGEST) return false;
  return FAR_REACHING.test(
    text.slice(Math.max(start, from - LONGEST), end < 0 ? to + LONGEST : Math.min(end, to + LONGEST)),
  );
}

/** Whether the head of a message ends where it did, but for what the edit put in or took out. */
function headTheSame(old: Columns, columns: Columns, row: number, edit: Edit): boolean {
  const start = old.start[row] ?? 0;
  const end = start + (old.bodyAt[row] ?? 0);
  const isInHead = edit.from >= start && edit.from < end;
  if (isInHead && edit.oldTo > end) return false;
  return columns.bodyAt[row] === end - start + (isInHead ? edit.newTo - edit.oldTo : 0);
}

/** Whether a message still names the parties, the call and the hops that it did: numbers are given in the order of first sight. */
function namesTheSame({ told, columns: old }: TextTrace, columns: Columns, row: number): boolean {
  const same = (now: Uint32Array | null, then: Uint32Array | null) => (now?.[row] ?? 0) === (then?.[row] ?? 0);
  const sameParties = same(columns.sender, told.sender) && same(columns.receiver, told.receiver);
  return sameParties && same(columns.call, old.call) && same(columns.hop, old.hop) && same(columns.below, old.below);
}

/** The number of the old message behind the one that begins at `start` now, or -1 where none began there behind the edit. */
function nextRow(before: TextTrace, start: number, shift: number, edit: Edit): number {
  if (start < edit.newTo) return -1;
  const row = before.rank(start - shift);
  return before.columns.start[row] === start - shift ? row + 1 : -1;
}

function copyRows(before: TextTrace, into: TraceBuilder, from: number, to: number, shift: number): void {
  const at = into.columns.count;
  into.columns.append(before.columns, from, to, shift);
  into.columns.sender.set(before.told.sender.subarray(from, to), at);
  into.columns.receiver.set(before.told.receiver.subarray(from, to), at);
}
