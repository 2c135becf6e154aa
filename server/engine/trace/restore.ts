import type { Span } from '../base/text.ts';
import { restoreLines } from '../sip/joined.ts';
import { reflow, type Slice } from '../sip/reflow.ts';
import * as Flag from './flag.ts';
import { unescapeLike } from './formats/escapes.ts';
import type { Peel } from './formats/format.ts';
import { pageBreakPeel } from './pageBreaks.ts';
import { type Pieces, peeled } from './pieces.ts';
import { prefixPeel } from './prefix.ts';
import { spacedPeel } from './spaced.ts';
import { type Stretch, stretchOf } from './stretch.ts';
import { terminalPeel } from './terminal.ts';

interface Lines {
  readonly text: string;
  /** They end with CR alone. */
  readonly endsWithCr: boolean;
}

/** A text and the way back to what it was made of. */
interface Made extends Lines {
  toSource(span: Span): Span;
}

/** More than this is no prefix of a line. */
const LONGEST_PREFIX = 2000;

/**
 * A message as it was sent, made of the source by the same functions that found it there, one layer after the other.
 * @param by the message's bits of `Flag`, and how its log format takes it out of its record
 */
export function restored(text: string, place: Span, by: { flags: number; peel: Peel | undefined }): Made & Span {
  const { flags, peel } = by;
  const endsWithCr = !text.includes('\n');
  let made: Made = {
    endsWithCr,
    text: text.slice(place.from, place.to),
    toSource: ({ from, to }) => ({ from: place.from + from, to: place.from + to }),
  };
  let before = (flags & Flag.prefixed) !== 0 ? lineBefore(text, place.from) : '';
  const layer = (next: Peel) => {
    made = through(made, next);
    before = piecesOf({ endsWithCr, text: before }, next).text;
  };
  if (flags & Flag.coloured) layer(terminalPeel);
  if (flags & Flag.escaped) layer(unescapeLike(stretchIn(made)));
  if (flags & Flag.prefixed) made = through(made, prefixPeel(lastLine(before)));
  if (peel) made = through(made, peel);
  if (flags & Flag.spaced) made = through(made, spacedPeel);
  if (flags & Flag.paged) made = through(made, pageBreakPeel);
  if (flags & Flag.joined) made = sliced(made, restoreLines);
  if (flags & Flag.flattened) made = sliced(made, reflow);
  return { ...made, from: 0, to: made.text.length };
}

/** What stands before a message and at its beginning, without codes and escapes, and where the message begins in it. */
export function surroundings(text: string, from: number, flags: number, reach: number): { text: string; at: number } {
  const before = { endsWithCr: !text.includes('\n'), text: text.slice(Math.max(0, from - reach), from) };
  const behind = { ...before, text: text.slice(from, from + reach) };
  const peels: Peel[] = [];
  if (flags & Flag.coloured) peels.push(terminalPeel);
  if (flags & Flag.escaped) peels.push(unescapeLike(stretchIn(behind)));
  const peelAll = (part: Lines) =>
    peels.reduce((now, peel) => ({ ...part, text: piecesOf(now, peel).text }), part).text;
  const head = peelAll(before);
  return { text: head + peelAll(behind), at: head.length };
}

function lineBefore(text: string, at: number): string {
  const from = Math.max(text.lastIndexOf('\n', at - 1) + 1, text.lastIndexOf('\r', at - 1) + 1, at - LONGEST_PREFIX);
  return text.slice(from, at);
}

function lastLine(text: string): Uint8Array {
  const { bytes, end } = stretchOf(text.slice(text.lastIndexOf('\n') + 1));
  return bytes.subarray(0, end);
}

function stretchIn({ text, endsWithCr }: Lines): Stretch {
  return stretchOf(text, 0, text.length, endsWithCr);
}

function through(of: Made, peel: Peel): Made {
  const { text, pieces } = piecesOf(of, peel);
  return {
    ...of,
    text,
    toSource: ({ from, to }) =>
      of.toSource({ from: pieces.start(from), to: Math.max(pieces.start(from), pieces.end(to)) }),
  };
}

function piecesOf(of: Lines, peel: Peel): { text: string; pieces: Pieces } {
  const stretch = stretchIn(of);
  const pieces = peeled(stretch, 0, stretch.end, peel);
  return { text: pieces.text((from, to) => of.text.slice(from, to)), pieces };
}

function sliced(of: Made, restore: (text: string, offset: number) => { text: string; slices: readonly Slice[] }): Made {
  const { text, slices } = restore(of.text, 0);
  return { ...of, text, toSource: (span) => of.toSource(mapBack(slices, span)) };
}

function mapBack(slices: readonly Slice[], span: Span): Span {
  const from = inSlice(slices[lastBefore(slices, span.from + 1)]!, span.from);
  // What ends with a slice does not reach to where the next one begins.
  return { from, to: Math.max(from, inSlice(slices[lastBefore(slices, span.to)]!, span.to)) };
}

/** The number of the last slice that begins before an offset, or the first. */
function lastBefore(slices: readonly Slice[], offset: number): number {
  let low = 1;
  let high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slices[middle]!.at < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function inSlice({ at, from, length }: Slice, offset: number): number {
  return from + Math.min(length, Math.max(0, offset - at));
}
