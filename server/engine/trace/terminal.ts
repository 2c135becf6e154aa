import { HIGH_BITS, ONES } from '../sip/words.ts';
import * as Flag from './flag.ts';
import type { Peel } from './formats/format.ts';
import { peeled, viewOf } from './pieces.ts';
import type { Stretch } from './stretch.ts';

const ESCAPE = 27;
const ESCAPES = 0x1b1b1b1b;
const CARET = 94;
/** A longer sequence is none. */
const LONGEST = 24;

/** Takes out what a terminal understands: colours, and CRs at line ends that are written as `^M`. */
export const terminalPeel: Peel = (block, from, to, into) => {
  const bytes = block.bytes.subarray(0, to);
  let start = from;
  // Both are rare, so that each search goes far.
  let code = indexOf(bytes, ESCAPE, from);
  let caret = indexOf(bytes, CARET, from);
  while (Math.min(code, caret) < to) {
    const at = Math.min(code, caret);
    const end = codeEnd(bytes, at, to);
    if (end > at) {
      into.keep(start, at);
      start = end;
    }
    if (at === code) code = indexOf(bytes, ESCAPE, at + 1);
    else caret = indexOf(bytes, CARET, at + 1);
  }
  into.keep(start, to);
  return to;
};

/** The stretch from an offset on without what a terminal understands. */
export function withoutCodes(stretch: Stretch, from: number): Stretch {
  const pieces = peeled(stretch, from, stretch.end, terminalPeel);
  if (from === 0 && pieces.length === stretch.end) return stretch;
  const view = viewOf(stretch, pieces, Flag.coloured);
  view.last = stretch.last;
  return view;
}

/** Whether a line holds what a terminal understands. */
export function hasCodes({ bytes, words }: Stretch, at: number, end: number): boolean {
  const last = bytes[end - 1] === 13 ? end - 1 : end;
  if (bytes[last - 1] === 77 && bytes[last - 2] === CARET) return true;
  for (let word = at >> 2; word << 2 < end; word++) {
    const difference = words[word]! ^ ESCAPES;
    if (((difference - ONES) & ~difference & HIGH_BITS) === 0) continue;
    for (let byte = Math.max(at, word << 2); byte < Math.min(end, (word << 2) + 4); byte++)
      if (bytes[byte] === ESCAPE && codeEnd(bytes, byte, end) > byte) return true;
  }
  return false;
}

function indexOf(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** Where the code that begins there ends, or the offset itself where it is none. */
function codeEnd(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] === CARET) return bytes[at + 1] === 77 && isLineEnd(bytes, at + 2, to) ? at + 2 : at;
  if (bytes[at + 1] !== 91) return at;
  const limit = Math.min(to, at + LONGEST);
  let end = at + 2;
  while (end < limit && bytes[end]! >= 0x20 && bytes[end]! < 0x40) end++;
  return end < limit && bytes[end]! >= 0x40 && bytes[end]! < 0x7f ? end + 1 : at;
}

function isLineEnd(bytes: Uint8Array, at: number, to: number): boolean {
  return at < to && (bytes[at] === 10 || bytes[at] === 13);
}
