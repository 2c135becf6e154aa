import { BLANK, COLON, CR, LF, TAB } from './characters.ts';
import { HIGH_BITS, LINE_FEEDS, ONES } from './words.ts';

// Where lines, start lines and headers lie, on bytes: the trace readers stand on this. Offsets are into `bytes`.

/** A block of bytes with a view of its words; both begin at offset 0, and at least `ROOM` bytes lie behind `end`. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/** Bytes behind the end of a block: what looks at several bytes at a time may read them. */
export const ROOM = 16;

/** A block with room for `size` bytes. */
export function block(size: number): Block {
  const buffer = new ArrayBuffer((size + ROOM + 7) & ~7);
  return { bytes: new Uint8Array(buffer), words: new Int32Array(buffer) };
}

/**
 * Offset of the next line feed at or after `at`, or `end`. Looks at four bytes at a time; a word that ends in the room behind `end`
 * is read too.
 */
export function lineEnd({ words }: Block, at: number, end: number): number {
  const last = end >> 2;
  let word = at >> 2;
  // A byte that is a line feed becomes 0; those before `at` must not.
  let difference = (words[word]! ^ LINE_FEEDS) | ((1 << ((at & 3) << 3)) - 1);
  let zeros = (difference - ONES) & ~difference & HIGH_BITS;
  if (zeros === 0) {
    for (word++; word < last; word += 2) {
      const one = words[word]! ^ LINE_FEEDS;
      const other = words[word + 1]! ^ LINE_FEEDS;
      if ((((one - ONES) & ~one) | ((other - ONES) & ~other)) & HIGH_BITS) break;
    }
    for (; zeros === 0; word++) {
      if (word > last) return end;
      difference = words[word]! ^ LINE_FEEDS;
      zeros = (difference - ONES) & ~difference & HIGH_BITS;
    }
    word--;
  }
  // The lowest bit marks the first zero; bits above it may be a borrow's.
  return Math.min((word << 2) + ((31 - Math.clz32(zeros & -zeros)) >> 3), end);
}

/** Where the line that ends at `end` (a line feed or the end of the text) has its last byte that is no blank, CR or tab, plus one. */
export function trimmedEnd(bytes: Uint8Array, from: number, end: number): number {
  while (end > from && isSpace(bytes[end - 1]!)) end--;
  return end;
}

function isSpace(byte: number): boolean {
  return byte === BLANK || byte === TAB || byte === CR || byte === LF;
}

/** The offset behind blanks and tabs. */
export function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === BLANK || bytes[at] === TAB)) at++;
  return at;
}

/** Whether `SIP/` stands at the offset, in any letter case. */
export function isSip(bytes: Uint8Array, at: number): boolean {
  return (
    (bytes[at]! | 32) === 115 && (bytes[at + 1]! | 32) === 105 && (bytes[at + 2]! | 32) === 112 && bytes[at + 3] === 47
  );
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** Whether `SIP/d.d` stands at the offset. */
export function isVersion(bytes: Uint8Array, at: number): boolean {
  return isSip(bytes, at) && isDigit(bytes[at + 4]) && bytes[at + 5] === 46 && isDigit(bytes[at + 6]);
}

/**
 * Whether the line from `at` to `end` has the form of a start line (RFC 3261 §7.1, §7.2): `METHOD SP … SP SIP/d.d`, or
 * `SIP/d.d SP digits`. Blanks before it, several blanks and a Request-URI of any form are accepted: other checks name them.
 */
export function isStartLine(bytes: Uint8Array, at: number, end: number): boolean {
  const from = skipBlanks(bytes, at, end);
  if (isVersion(bytes, from)) return bytes[from + 7] === BLANK && isDigit(bytes[skipBlanks(bytes, from + 7, end)]);
  const to = trimmedEnd(bytes, from, end);
  if (to - from < 12 || !isVersion(bytes, to - 7) || !isSpace(bytes[to - 8]!)) return false;
  const word = tokenEnd(bytes, from, to);
  return word > from && isSpace(bytes[word]!) && trimmedEnd(bytes, word, to - 7) > word;
}

/** The end of the token (RFC 3261 §25.1) that begins at `at`. */
export function tokenEnd(bytes: Uint8Array, at: number, end: number): number {
  const isToken = TOKEN;
  while (at < end && isToken[bytes[at]!] === 1) at++;
  return at;
}

const TOKEN = new Uint8Array(256);
for (const char of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~")
  TOKEN[char.charCodeAt(0)] = 1;

/** The offset of the colon of a header line `Name:` or `Name :`, or -1 where the line is no header. */
export function headerColon(bytes: Uint8Array, at: number, end: number): number {
  const name = tokenEnd(bytes, at, end);
  if (name === at) return -1;
  const colon = skipBlanks(bytes, name, end);
  return colon < end && bytes[colon] === COLON ? colon : -1;
}

/** Whether the line holds nothing but blanks. */
export function isEmptyLine(bytes: Uint8Array, at: number, end: number): boolean {
  while (at < end && isSpace(bytes[at]!)) at++;
  return at >= end;
}

/** Whether the line is nothing but the fence of a block in Markdown. */
export function isFence(bytes: Uint8Array, at: number, end: number): boolean {
  const mark = bytes[at]!;
  if ((mark !== 96 && mark !== 126) || bytes[at + 1] !== mark || bytes[at + 2] !== mark) return false;
  let rest = at + 3;
  while (rest < end && bytes[rest]! <= 32) rest++;
  return rest === end;
}

/** The bytes as text, one character a byte. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  const code = String.fromCharCode;
  const b = bytes;
  let text = '';
  let i = from;
  // Many at a time: a call for each makes a tree of them in memory, and a call with a list copies that.
  // biome-ignore format: a row of eight
  for (; i + 16 <= to; i += 16)
    text += code(
      b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!,
      b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!, b[i + 15]!,
    );
  for (; i + 4 <= to; i += 4) text += code(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
  for (; i < to; i++) text += code(b[i]!);
  return text;
}
