import { isEmptyLine, lineEnd } from '../sip/frame.ts';
import type { Peel } from './formats/format.ts';

// Logs, quotations and listings put the same words before each line: a time, a counter, `> `.

/** Takes the prefix of the first line from the others as well, down to a line that does not begin like it. */
export function prefixPeel(prefix: Uint8Array): Peel {
  return (block, from, to, into) => {
    const { bytes } = block;
    let at = from;
    for (let line = from; line < to; line = at) {
      const end = lineEnd(block, line, to);
      const text = line === from ? line : prefixEnd(prefix, bytes, line, end);
      if (text < 0 && !isEmptyLine(bytes, line, end)) return line;
      at = Math.min(end + 1, to);
      into.keep(text < 0 ? line : text, at);
    }
    return to;
  };
}

/**
 * Where the text of a line begins behind a prefix of the same form, or -1. Words that hold digits may differ, and so may runs of
 * blanks but for the last; that a line is empty but for its prefix needs no blanks behind it.
 */
export function prefixEnd(prefix: Uint8Array, bytes: Uint8Array, at: number, end: number): number {
  let same = 0;
  while (same < prefix.length && at + same < end && bytes[at + same] === prefix[same]) same++;
  return same === prefix.length ? at + same : similarEnd(prefix, bytes, at, end);
}

function similarEnd(prefix: Uint8Array, bytes: Uint8Array, at: number, end: number): number {
  let words = prefix.length;
  while (words > 0 && isBlank(prefix[words - 1]!)) words--;
  let mine = 0;
  let line = at;
  while (mine < words) {
    if (isBlank(prefix[mine]!)) {
      const isFirst = mine === 0;
      while (isBlank(prefix[mine]!)) mine++;
      if (!isFirst && (line >= end || !isBlank(bytes[line]!))) return -1;
      while (line < end && isBlank(bytes[line]!)) line++;
    } else if (isWord(prefix[mine]!)) {
      const stop = wordEnd(prefix, mine, words);
      const lineStop = wordEnd(bytes, line, end);
      const isCounter = hasDigit(prefix, mine, stop) && hasDigit(bytes, line, lineStop);
      if (!isCounter && !isSame(prefix.subarray(mine, stop), bytes, line, lineStop)) return -1;
      mine = stop;
      line = lineStop;
    } else if (line >= end || bytes[line++] !== prefix[mine++]) return -1;
  }
  let blanks = prefix.length - words;
  while (blanks > 0 && line < end && isBlank(bytes[line]!)) {
    blanks--;
    line++;
  }
  return blanks === 0 || isEmptyLine(bytes, line, end) ? line : -1;
}

/** The same word; what is no ASCII counts as the same. */
function isSame(word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (word[i]! < 0x80 && word[i] !== bytes[from + i]) return false;
  return true;
}

function hasDigit(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isDigit(bytes[at]!)) return true;
  return false;
}

function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isWord(bytes[at]!)) at++;
  return at;
}

function isWord(byte: number): boolean {
  return isDigit(byte) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte >= 0x80;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}
