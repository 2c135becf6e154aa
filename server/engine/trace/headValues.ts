import { COLON, COMMA, SEMICOLON } from '../sip/characters.ts';
import { type Block, isSip, isStartLine, latin1, skipBlanks, tokenEnd } from '../sip/frame.ts';
import { headerFacts } from '../sip/registry.ts';
import { hashed, hashOf } from './hash.ts';
import { BRANCH } from './letters.ts';

// What the headers of the index hold, on bytes.

/** `<allOneLine>` or its end, around a line that was broken for print (RFC 4475 §2.1). */
export function isJoinMark(bytes: Uint8Array, at: number): boolean {
  const name = bytes[at + 1] === 47 ? at + 2 : at + 1;
  return isSpelled(bytes, name, 'alloneline>') || isSpelled(bytes, name, 'all-one-line>');
}

/** Whether the byte ends a URI or one of its parts: a parameter, a bracket, headers or the next value follow. */
export function isUriEnd(byte: number): boolean {
  return byte === SEMICOLON || byte === 62 || byte === 63 || byte === COMMA;
}

/** Where the host that begins there ends: before its port, a parameter or a comma. An IPv6 address stands in brackets. */
export function hostEnd(bytes: Uint8Array, at: number, limit: number): number {
  let end = at;
  if (bytes[at] === 91) while (end < limit && bytes[end] !== 93) end++;
  while (end < limit && bytes[end] !== COLON && !isUriEnd(bytes[end]!)) end++;
  return end;
}

/** Where the URI of an address begins. */
export function uriAt(bytes: Uint8Array, at: number, end: number): number {
  const open = openingBracket(bytes, at, end);
  return open < end ? open + 1 : at;
}

/** Where a URI ends that begins there, without its parameters. */
export function addressEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = at;
  while (to < end && bytes[to]! > 32 && !isUriEnd(bytes[to]!)) to++;
  return to;
}

/** Where the host of a URI begins that goes from `at` to `to`, without its parameters. */
export function hostAt(bytes: Uint8Array, at: number, to: number): number {
  let from = at;
  while (from < to && bytes[from] !== COLON) from++;
  from = Math.min(to, from + 1);
  for (let i = from; i < to; i++) if (bytes[i] === 64) from = i + 1;
  return from;
}

/** Whether `gr` or `gruu` is among the parameters that begin there (RFC 5627 §3.2). */
export function isGruu(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end && bytes[at] !== 62 && bytes[at] !== COMMA; at++) {
    if (bytes[at] !== SEMICOLON || !isSpelled(bytes, at + 1, 'gr')) continue;
    if (at + 3 >= end || bytes[at + 3]! <= 62 || isSpelled(bytes, at + 3, 'uu')) return true;
  }
  return false;
}

/** A GRUU written without brackets still goes on behind the semicolon: its opaque parameter tells who it is. */
export function gruuEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = at;
  while (to < end && (isSpelled(bytes, to + 1, 'gruu') || isSpelled(bytes, to + 1, 'opaque='))) {
    to++;
    while (to < end && bytes[to] !== SEMICOLON) to++;
  }
  return to;
}

/** Whether the byte ends one of several values of a header, or its part before a parameter. */
export function isValueEnd(byte: number): boolean {
  return byte === SEMICOLON || byte === COMMA;
}

/** Four letters as one number, whatever their case. Other characters may be taken for each other: look at them as they are. */
export function lettersAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24) | 0x20202020;
}

/** Whether other bytes than ASCII are among them. */
export function hasWide(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! >= 0x80) return true;
  return false;
}

/** Whether it is worth while to ask `isNextStart`: the line begins with `S` or ends with `0`. */
export function mayBeStart(bytes: Uint8Array, first: number, end: number): boolean {
  return (first | 32) === 115 || bytes[end - 2] === 48 || bytes[end - 1] === 48;
}

/** Whether the line is a start line: a header that ends with the version is none. */
export function isNextStart(bytes: Uint8Array, at: number, end: number): boolean {
  if (isSip(bytes, at)) return isStartLine(bytes, at, end);
  const last = bytes[end - 1] === 13 ? end - 2 : end - 1;
  const mayEnd = bytes[last] === 48 && bytes[last - 1] === 46 && bytes[last - 2] === 50 && bytes[last - 3] === 47;
  return mayEnd && isStartLine(bytes, at, end) && bytes[tokenEnd(bytes, at, end)] !== 58;
}

/** A line without colon behind the headers: prose if it has three words and does not begin with a known header's name. */
export function isProse(bytes: Uint8Array, at: number, end: number): boolean {
  const name = tokenEnd(bytes, at, end);
  if (name > at && bytes[skipBlanks(bytes, name, end)] === 58) return false;
  const line = latin1(bytes, at, Math.min(end, at + 200));
  return /^(?!\.{3})[^ \t\r]+[ \t]+[^ \t\r]+[ \t]+[^ \t\r]/.test(line) && !headerFacts(line.slice(0, name - at));
}

/** The `<` before an address, outside of a quoted display name, or `end`. */
export function openingBracket(bytes: Uint8Array, at: number, end: number): number {
  let quoted = false;
  for (let open = at; open < end; open++) {
    const byte = bytes[open]!;
    if (byte === 60 && !quoted) return open;
    if (byte === 34) quoted = !quoted;
    else if (byte === SEMICOLON && !quoted) return end;
  }
  return end;
}

/** The `>` that closes an address: words in brackets of their own may stand in it, as in `<sip:<number>@<domain>>`. */
export function outerClose(bytes: Uint8Array, from: number, close: number, end: number): number {
  let to = close;
  for (let at = from; at < to; at++) {
    if (bytes[at] !== 60) continue;
    let next = to + 1;
    while (next < end && bytes[next] !== 62 && bytes[next] !== COMMA) next++;
    if (next >= end || bytes[next] !== 62) return to;
    to = next;
  }
  return to;
}

/** Where a URI without brackets begins: behind a display name, if one stands before it. */
export function bareStart(bytes: Uint8Array, at: number, end: number): number {
  let word = at;
  if (bytes[at] === 34) {
    for (word = at + 1; word < end && bytes[word] !== 34; ) word++;
    word++;
  } else while (word < end && bytes[word]! > 32 && bytes[word] !== COLON && bytes[word] !== SEMICOLON) word++;
  const uri = skipBlanks(bytes, word, end);
  return uri < end && word > at && isScheme(bytes, uri) ? uri : at;
}

function isScheme(bytes: Uint8Array, at: number): boolean {
  return isSpelled(bytes, at, 'sip:') || isSpelled(bytes, at, 'sips:') || isSpelled(bytes, at, 'tel:');
}

/** A name of one letter: a colon follows, or blanks and a colon. */
export function isCompact(second: number): boolean {
  return second === COLON || second === 32 || second === 9;
}

/** Where the value behind the header's colon begins. A line without colon gives its end. */
export function valueAt(bytes: Uint8Array, at: number, end: number): number {
  let colon = at;
  while (colon < end && bytes[colon] !== COLON) colon++;
  return skipBlanks(bytes, Math.min(end, colon + 1), end);
}

/** Whether a header of that lower-case name begins there, in any letter case. */
export function isNamed(bytes: Uint8Array, at: number, name: string): boolean {
  if (!isSpelled(bytes, at, name)) return false;
  const next = bytes[at + name.length]!;
  return next === COLON || next === 32 || next === 9;
}

/** Whether the bytes spell the lower-case word, in any letter case. */
export function isSpelled(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const byte = bytes[at + i]!;
    if ((byte >= 65 && byte <= 90 ? byte | 32 : byte) !== word.charCodeAt(i)) return false;
  }
  return true;
}

/** The status code that stands there. */
export function statusAt(bytes: Uint8Array, at: number, end: number): number {
  let status = 0;
  for (let i = at; i < end && bytes[i]! >= 48 && bytes[i]! <= 57; i++)
    status = Math.min(999, status * 10 + bytes[i]! - 48);
  return status;
}

/** A number in digits, or -1. */
export function number(bytes: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return end > at ? value : -1;
}

/** Where the parameters of an address without brackets begin, or `end`. */
export function paramsAt(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== SEMICOLON) at++;
  return at;
}

/** Where the branch stands if the parameter behind the semicolon is one, else -1. */
export function branchAt(bytes: Uint8Array, semicolon: number, end: number): number {
  const name = skipBlanks(bytes, semicolon + 1, end);
  return lettersAt(bytes, name) === BRANCH && isSpelled(bytes, name + 4, 'ch=') ? name + 7 : -1;
}

/** Hash of the tag parameter behind an address, 0 if there is none. */
export function tagHash(stretch: Block, at: number, end: number): number {
  const { bytes } = stretch;
  for (let i = at; i < end; i++) {
    if (bytes[i] !== SEMICOLON) continue;
    const name = skipBlanks(bytes, i + 1, end);
    if ((bytes[name]! | 32) === 116 && isSpelled(bytes, name, 'tag='))
      return paramHash(stretch, name + 4, paramEnd(bytes, name + 4, end));
  }
  return 0;
}

/** Where the value of a parameter ends. */
export function paramEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== SEMICOLON && bytes[at] !== COMMA && bytes[at]! > 32) at++;
  return at;
}

/** Hash of a parameter's value, 0 where it is empty. */
export function paramHash(memory: Block, from: number, to: number): number {
  if (from >= to) return 0;
  hashOf(memory, from, to);
  return hashed[0]! >>> 0 || 1;
}
