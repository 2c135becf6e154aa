import { type Block, headerColon, isVersion, skipBlanks } from '../../sip/frame.ts';
import type { Peel, PieceSink } from './format.ts';
import { beginsWith } from './lines.ts';

// Logs that keep a message on one line write its line ends, and other characters, as escapes.

const BACKSLASH = 92;
const QUOTE = 34;
const APOSTROPHE = 39;
const SIMPLE: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', b: '\b', f: '\f' };

/** One way to write escapes. */
interface Escapes {
  /** How a line break begins, the longest first. */
  readonly breaks: readonly string[];
  /** The byte that begins an escape. */
  readonly lead: number;
  /** Takes the escape that stands at an offset, and gives the offset behind it. */
  take(bytes: Uint8Array, at: number, end: number, into: PieceSink): number;
}

/** `\r\n` as C, JSON and most programming languages write it, with one or two backslashes. */
function backslashes(count: 1 | 2): Escapes {
  const slashes = '\\'.repeat(count);
  return {
    breaks: [`${slashes}r${slashes}n`, `${slashes}n`, `${slashes}r`, `${slashes}015${slashes}012`],
    lead: BACKSLASH,
    take(bytes, at, end, into) {
      const next = at + count;
      const isEscape = beginsWith(bytes, at, end, slashes) && next < end;
      return isEscape ? takeCharacter(bytes, at, next, { end, into }) : kept(at, at + 1, into);
    },
  };
}

function takeCharacter(bytes: Uint8Array, at: number, next: number, { end, into }: { end: number; into: PieceSink }) {
  const char = String.fromCharCode(bytes[next]!);
  const digits = char === 'u' ? 4 : char === 'x' ? 2 : 0;
  const hex = digits ? number(bytes, next + 1, Math.min(end, next + 1 + digits), 16) : -1;
  if (SIMPLE[char] !== undefined) return put(SIMPLE[char], at, next + 1, into);
  if (hex >= 0) return put(String.fromCharCode(hex), at, next + 1 + digits, into);
  const octal = number(bytes, next, Math.min(end, next + 3), 8);
  if (octal >= 0 && octal < 32) return put(String.fromCharCode(octal), at, next + 3, into);
  if (char === '"' || char === "'" || char === '/' || char === '\\') return kept(next, next + 1, into);
  return kept(at, next, into);
}

/** `#015#012`: how syslog daemons write control characters. */
const octal: Escapes = {
  breaks: ['#015#012', '#012'],
  lead: 35,
  take(bytes, at, end, into) {
    const code = octalEscape(bytes, at, end);
    return code >= 0 ? put(String.fromCharCode(code), at, at + 4, into) : kept(at, at + 1, into);
  },
};

/** The control character that `#012` and its like stand for, or -1 where none stands there. */
export function octalEscape(bytes: Uint8Array, at: number, end: number): number {
  const code = bytes[at] === 35 ? number(bytes, at + 1, Math.min(end, at + 4), 8) : -1;
  return code < 32 ? code : -1;
}

/** `<0d><0a>`. */
const angled: Escapes = {
  breaks: ['<0d><0a>', '<0D><0A>', '<0a>', '<0A>'],
  lead: 60,
  take(bytes, at, end, into) {
    const code = at + 4 <= end && bytes[at + 3] === 62 ? number(bytes, at + 1, at + 3, 16) : -1;
    return code >= 0 && code < 32 ? put(String.fromCharCode(code), at, at + 4, into) : kept(at, at + 1, into);
  },
};

/** `<013><010>`: the same in decimal digits, as Kiwi Syslog does. */
const decimal: Escapes = {
  breaks: ['<013><010>', '<010>'],
  lead: 60,
  take(bytes, at, end, into) {
    const code = at + 5 <= end && bytes[at + 4] === 62 ? number(bytes, at + 1, at + 4, 10) : -1;
    return code >= 0 && code < 32 ? put(String.fromCharCode(code), at, at + 5, into) : kept(at, at + 1, into);
  },
};

/** `^M `: a CR as terminals show it, where a page put the lines on one. */
const caret: Escapes = {
  breaks: ['^M '],
  lead: 94,
  take(bytes, at, end, into) {
    return beginsWith(bytes, at, end, '^M ') ? put('\n', at, at + 3, into) : kept(at, at + 1, into);
  },
};

/** In this order two backslashes come before one: a line break with two holds one with one behind it. */
const BACKSLASHED = backslashes(1);
const KINDS: readonly Escapes[] = [octal, backslashes(2), BACKSLASHED, angled, decimal, caret];

function put(text: string, from: number, to: number, into: PieceSink): number {
  into.put(text, from, to);
  return to;
}

function kept(from: number, to: number, into: PieceSink): number {
  into.keep(from, to);
  return to;
}

/** A number in digits of a base that takes up the whole range (three digits if octal), or -1. */
function number(bytes: Uint8Array, from: number, to: number, base: 8 | 10 | 16): number {
  if (to <= from || (base === 8 && to - from !== 3)) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = digitOf(bytes[at]!);
    if (digit >= base) return -1;
    value = value * base + digit;
  }
  return value;
}

function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : 16;
}

/** The reason phrase of a status line, and what stands before it, are no longer. */
const LONGEST_REASON = 200;

/** Where the start line with a version at that place ends with an escaped line break, and a header behind it, or -1. */
export function breakBehind(bytes: Uint8Array, version: number, end: number): number {
  const limit = Math.min(end, version + LONGEST_REASON);
  const isStatus = bytes[version + 7] === 32;
  for (let at = version + 7; at < limit; at++) {
    const kind = kindAt(bytes, at, end);
    if (kind && isHeader(bytes, breakEnd(kind, bytes, at, end), end)) return at;
    if (!isStatus) return -1;
  }
  return -1;
}

function kindAt(bytes: Uint8Array, at: number, end: number): Escapes | undefined {
  const lead = bytes[at];
  return KINDS.find((kind) => kind.lead === lead && kind.breaks.some((text) => beginsWith(bytes, at, end, text)));
}

/** Behind the line break that is written there. */
function breakEnd({ breaks }: Escapes, bytes: Uint8Array, at: number, end: number): number {
  return at + breaks.find((text) => beginsWith(bytes, at, end, text))!.length;
}

function isHeader(bytes: Uint8Array, at: number, end: number): boolean {
  return headerColon(bytes, skipBlanks(bytes, at, end), end) > 0;
}

/** Resolves escapes in the way that the first line break is written in a text that begins with a start line. */
export function unescapeLike({ bytes, end }: { readonly bytes: Uint8Array; readonly end: number }): Peel {
  for (let at = 0; at < end; at++) {
    const stop = isVersion(bytes, at) ? breakBehind(bytes, at, end) : -1;
    if (stop >= 0) return unescapeBy(bytes, stop);
  }
  return unescapeBy(bytes, end);
}

/** Resolves escapes in the way that a line break is written that stands in the bytes. */
export function unescapeBy(bytes: Uint8Array, at: number): Peel {
  const kind = kindAt(bytes, at, bytes.length);
  return (block, from, to, into) => {
    if (kind) resolve(block, kind, { from, to }, into);
    else into.keep(from, to);
    return to;
  };
}

function resolve({ bytes }: Block, kind: Escapes, { from, to }: { from: number; to: number }, into: PieceSink): void {
  let start = from;
  for (let at = from; at < to; ) {
    if (bytes[at] !== kind.lead) {
      at++;
      continue;
    }
    into.keep(start, at);
    at = start = kind.take(bytes, at, to, into);
  }
  into.keep(start, to);
}

/** A text in quotation marks as JSON writes it, from behind the first to before the last. */
export const quotedPeel: Peel = (block, from, to, into) => takeLiteral(block, { from, to }, QUOTE, into);

/** A text as most programming languages write it, from behind a mark to before the next; gives where that stands. */
export function takeLiteral(
  block: Block,
  { from, to }: { from: number; to: number },
  mark: number,
  into: PieceSink,
): number {
  const end = quotedEnd(block.bytes, from, to, mark);
  resolve(block, BACKSLASHED, { from, to: end }, into);
  return end;
}

/** A text in single quotation marks as SQL writes it, from behind the first to before the last. */
export const sqlPeel: Peel = (block, from, to, into) => {
  const { bytes } = block;
  let start = from;
  let at = from;
  while (at < to && (bytes[at] !== APOSTROPHE || bytes[at + 1] === APOSTROPHE)) {
    if (bytes[at] === APOSTROPHE) {
      resolve(block, BACKSLASHED, { from: start, to: at }, into);
      start = at + 1;
    }
    at += bytes[at] === BACKSLASH || bytes[at] === APOSTROPHE ? 2 : 1;
  }
  const end = Math.min(at, to);
  resolve(block, BACKSLASHED, { from: start, to: end }, into);
  return end;
};

/** Where a quoted text ends that begins behind a quotation mark; `end` where the mark that closes it is missing. */
export function quotedEnd(bytes: Uint8Array, from: number, end: number, mark = QUOTE): number {
  let at = from;
  while (at < end && bytes[at] !== mark) at += bytes[at] === BACKSLASH ? 2 : 1;
  return Math.min(at, end);
}
