import type { RepairEdit } from '../../base/repair.ts';
import { type Span, slice, type TextEdit } from '../../base/text.ts';
import { type MessagePlace, messagePlace, type Source } from '../source.ts';

/**
 * The edits of a message as edits of the source; null where the message does not stand there as it is parsed and an edit has no
 * place in it, as one that breaks a line of a body that lies on one line.
 */
export function placedEdits(source: Source, place: MessagePlace, edits: readonly RepairEdit[]): TextEdit[] | null {
  const placed: TextEdit[] = [];
  for (const edit of edits) {
    const own = edit.in === undefined || edit.in === place.index ? place : messagePlace(source, edit.in);
    const one = own.editable ? edit : broughtHome(source, own, edit);
    if (!one) return null;
    placed.push({ from: one.from, to: one.to, text: one.text });
  }
  return placed;
}

/** The place in a message or document of a span of the source that begins at this offset of it. */
export function spanIn(offset: number, { from, to }: Span, { to: limit }: Span): Span {
  return { from: offset, to: Math.min(offset + to - from, limit) };
}

/** In a message that lies on one line, a blank stands for each line break of its head. */
function broughtHome(source: Source, place: MessagePlace, edit: TextEdit): TextEdit | null {
  const { message } = place;
  const at = place.toSource(edit);
  if (slice(source.text, at) !== slice(message.text, edit).replace(/[\r\n]/g, ' ')) return null;
  if (at.from === at.to && !isSameAround(source.text, at.from, message.text, edit.from)) return null;
  if (!/[\r\n]/.test(edit.text)) return { ...at, text: edit.text };
  const isHead = edit.to <= (message.headers.at(-1)?.to ?? message.startLine.to);
  if (!isHead || !source.reading.trace.isFlattened(place.index)) return null;
  return { ...at, text: edit.text.replace(/\r\n|\r|\n/g, ' ') };
}

/** Characters that show whether the text stands there as it is: digits of bytes do not. */
const AROUND = 3;

/** Whether the same stands right before two places, or right behind them. */
function isSameAround(one: string, at: number, other: string, place: number): boolean {
  const before = other.slice(Math.max(0, place - AROUND), place);
  const behind = other.slice(place, place + AROUND);
  const isBefore = before !== '' && one.startsWith(before, at - before.length);
  return isBefore || (behind !== '' && one.startsWith(behind, at));
}
