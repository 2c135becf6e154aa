import {
  headerColon,
  isEmptyLine,
  isSip,
  isVersion,
  latin1,
  lineEnd,
  skipBlanks,
  tokenEnd,
  trimmedEnd,
} from '../sip/frame.ts';
import { isFlattened } from '../sip/reflow.ts';
import { headerFacts, methodFacts } from '../sip/registry.ts';
import { isIndented } from './indented.ts';
import { prefixEnd } from './prefix.ts';
import type { Stretch } from './stretch.ts';

// Which lines begin a message.

const NEEDED = /^(?:via|from|to|call-id|cseq|[vfti])[ \t]*:/i;
/** No message on one line is shorter. */
const SHORTEST_FLAT = 60;
/** Enough of a line to see whether it is a message: three headers. */
const FLAT_HEAD = 64 * 1024;
/** A longer time stamp is none. */
const LONGEST_STAMP = 60;
/** A longer prefix of lines is none. */
const LONGEST_PREFIX = 400;
/** A prefix and the name of a header stand within so much of a line. */
const LONGEST_LOOK = 1000;
/** A longer Request-URI is not looked for behind something else. */
const LONGEST_URI = 1000;

/** The usual beginning of a message, told by few bytes: a start line without anything unusual, and a header behind it. */
export function isPlainStart({ bytes, end: limit }: Stretch, at: number, end: number): boolean {
  const first = bytes[at]!;
  if (first < 65 || first > 90) return false;
  if (isVersion(bytes, at)) {
    if (bytes[at + 7] !== 32 || !isDigit(bytes[at + 8]!) || end - at >= SHORTEST_FLAT) return false;
  } else {
    const last = bytes[end - 1] === 13 ? end - 1 : end;
    const word = tokenEnd(bytes, at, end);
    if (!isCapital(bytes[at + 1]!) || bytes[word] !== 32 || bytes[word + 1]! <= 32 || last - word < 10) return false;
    if (bytes[last - 8] !== 32 || !isVersion(bytes, last - 7)) return false;
    for (let uri = word + 1; uri < last - 8; uri++) if (bytes[uri] === 32) return false;
  }
  const name = tokenEnd(bytes, end + 1, limit);
  return name > end + 1 && name < limit && bytes[name] === 58 && !isDigit(bytes[end + 1]!);
}

/** Whether nothing but a time stamp, or the number of a step (`F4 NOTIFY sip:…`), stands before a start line on its line. */
export function isStamp(bytes: Uint8Array, at: number, start: number): boolean {
  if (start <= at || start - at > LONGEST_STAMP) return false;
  if (!isDigit(bytes[at]!) && bytes[at] !== 91 && !isStep(bytes, at)) return false;
  return !/[A-Za-z]{4}/.test(latin1(bytes, at, start));
}

/**
 * Where on a line a start line begins, whatever stands before it, or -1. A method in capitals is asked for there, and a URI with a
 * scheme.
 * @param version where `SIP/` stands on the line
 * @param stop where the start line must end: the line's end, or an escaped line break
 */
export function startBehind(bytes: Uint8Array, at: number, version: number, stop: number): number {
  if (!isVersion(bytes, version)) return -1;
  if (bytes[version + 7] === 32 && isDigit(bytes[version + 8]!) && version + 11 <= stop) return version;
  if (trimmedEnd(bytes, version + 7, stop) !== version + 7 || bytes[version - 1] !== 32) return -1;
  let from = version - 2;
  const least = Math.max(at, version - LONGEST_URI);
  let hasScheme = false;
  for (; from > least && bytes[from]! > 32; from--) hasScheme ||= bytes[from] === 58;
  if (!hasScheme || bytes[from] !== 32) return -1;
  while (from > at && bytes[from - 1]! >= 65 && bytes[from - 1]! <= 90) from--;
  const length = tokenEnd(bytes, from, stop) - from;
  return length >= 2 && length <= 20 && bytes[from + length] === 32 ? from : -1;
}

/**
 * Whether a line of the form of a start line begins with words of something else, and a start line of a known method stands behind
 * them: `Nov 13 10:15:42 gw1 app: INVITE sip:…`.
 */
export function isBehindWords(bytes: Uint8Array, at: number, start: number): boolean {
  const isKnown = (from: number) => methodFacts(latin1(bytes, from, tokenEnd(bytes, from, from + 20))) !== undefined;
  return start > skipBlanks(bytes, at, start) && (isSip(bytes, start) || isKnown(start)) && !isKnown(at);
}

/** `F4`, `M12`: steps of a call flow in IETF documents. */
export function isStep(bytes: Uint8Array, at: number): boolean {
  if ((bytes[at] !== 70 && bytes[at] !== 77) || !isDigit(bytes[at + 1]!)) return false;
  return bytes[at + 2] === 32 || (isDigit(bytes[at + 2]!) && bytes[at + 3] === 32);
}

function isCapital(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** A line that quotes a start line is no message: a header, or the end of the text, must follow. */
export function headerFollows(stretch: Stretch, at: number, end: number): boolean {
  const { bytes } = stretch;
  if (isIndented(stretch, at, end)) return true;
  let next = end + 1;
  for (let lines = 0; lines < 2; lines++) {
    if (next >= stretch.end) return looksTyped(bytes, at, end);
    const nextEnd = lineEnd(stretch, next, stretch.end);
    if (headerColon(bytes, next, nextEnd) > 0) return true;
    if (isEmptyLine(bytes, next, nextEnd)) return looksTyped(bytes, at, end);
    next = nextEnd + 1;
  }
  return false;
}

/** A start line alone counts if its method is in capitals and it names a URI, or if it is a status line. */
function looksTyped(bytes: Uint8Array, at: number, end: number): boolean {
  return /^\s*(?:SIP\/|[A-Z]{3,12}\s+<?[A-Za-z]+:)/.test(latin1(bytes, at, Math.min(end, at + 40)));
}

/** Whether a header that SIP knows begins there, as `Via:`; `From : ` is one, too. */
export function isKnownHeader(bytes: Uint8Array, at: number, end: number): boolean {
  const colon = headerColon(bytes, at, end);
  if (colon < 0 || colon - at > 40) return false;
  return headerFacts(latin1(bytes, at, tokenEnd(bytes, at, colon))) !== undefined;
}

/** Whether headers that SIP knows stand in the two lines behind one that ends at `end`, one of them a header that no message lacks. */
export function headersFollow(stretch: Stretch, end: number): boolean {
  const second = end + 1 < stretch.end ? lineEnd(stretch, end + 1, stretch.end) : end;
  if (!isKnownHeader(stretch.bytes, end + 1, second) || second + 1 >= stretch.end) return false;
  if (!isKnownHeader(stretch.bytes, second + 1, lineEnd(stretch, second + 1, stretch.end))) return false;
  return [end + 1, second + 1].some((at) => NEEDED.test(latin1(stretch.bytes, at, at + 12)));
}

/** Whether words stand before a start line on its line, and words of the same form before a header in the next. */
export function isPrefixed(stretch: Stretch, at: number, { start, end }: { start: number; end: number }): boolean {
  const { bytes } = stretch;
  const next = end + 1;
  if (start <= at || start - at > LONGEST_PREFIX || next >= stretch.end) return false;
  if (skipBlanks(bytes, at, start) === start) return false; // an indent: see `isIndented`
  const nextEnd = lineEnd(stretch, next, Math.min(stretch.end, next + LONGEST_LOOK));
  const text = prefixEnd(bytes.subarray(at, start), bytes, next, nextEnd);
  return text >= 0 && isKnownHeader(bytes, text, nextEnd);
}

/** Whether an empty line stands behind a start line and behind each of the two headers that follow. */
export function isSpaced(stretch: Stretch, end: number): boolean {
  let at = end + 1;
  for (let line = 0; line < 4; line++) {
    if (at >= stretch.end) return false;
    const stop = lineEnd(stretch, at, stretch.end);
    const fits = line % 2 === 0 ? isEmptyLine(stretch.bytes, at, stop) : isKnownHeader(stretch.bytes, at, stop);
    if (!fits) return false;
    at = stop + 1;
  }
  return true;
}

/** Whether the line begins with the words of a start line, and a blank behind them. */
function beginsLikeStart(bytes: Uint8Array, at: number, end: number): boolean {
  if (isSip(bytes, at)) return true;
  const word = tokenEnd(bytes, at, Math.min(end, at + 21));
  const uri = skipBlanks(bytes, word, end);
  let uriEnd = uri;
  while (uriEnd < end && bytes[uriEnd]! > 32 && bytes[uriEnd] !== 34) uriEnd++;
  const version = skipBlanks(bytes, uriEnd, end);
  return uri > word && version > uriEnd && isVersion(bytes, version) && bytes[version + 7] === 32;
}

/** Whether the line is a whole message. */
export function isFlat(stretch: Stretch, at: number, end: number): boolean {
  if (end - at < SHORTEST_FLAT) return false;
  const { bytes } = stretch;
  const first = skipBlanks(bytes, at, end);
  const letter = bytes[first]! | 32;
  if (letter < 97 || letter > 122 || !beginsLikeStart(bytes, first, end)) return false;
  const line = stretch.decode(at, Math.min(trimmedEnd(bytes, at, end), at + FLAT_HEAD));
  return line.length >= SHORTEST_FLAT && isFlattened(line);
}
