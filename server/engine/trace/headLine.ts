import { COLON, COMMA, HYPHEN } from '../sip/characters.ts';
import { type Block, skipBlanks, tokenEnd, trimmedEnd } from '../sip/frame.ts';
import { hashed, hashOf, hashUntil } from './hash.ts';
import {
  addressEnd,
  bareStart,
  branchAt,
  gruuEnd,
  hasWide,
  hostAt,
  hostEnd,
  isCompact,
  isNamed,
  isSpelled,
  isValueEnd,
  lettersAt,
  number,
  openingBracket,
  outerClose,
  paramEnd,
  paramHash,
  paramsAt,
  tagHash,
  uriAt,
  valueAt,
} from './headValues.ts';
import { CALL, CONTENT, CSEQ, FROM, LENGTH, ROUTE, TO, TYPE, VIA } from './letters.ts';
import * as Line from './line.ts';
import type { NamingHeader, Parties } from './parties.ts';
import { PRIME, SEED } from './primes.ts';
import type { Stretch } from './stretch.ts';

/** Gives numbers to what lines name; a party's hashes stand in `hashed`. */
export interface Numbers {
  readonly parties: Parties;
  hashedParty(stretch: Stretch, from: number, to: number, header: NamingHeader): number;
  call(memory: Block, from: number, to: number): number;
  method(memory: Block, from: number, to: number): number;
}

/** Bits of a Content-Type that decide where its body ends, or what it may describe. */
export const BodyType = { xml: 1, sipfrag: 2, sdp: 4, multipart: 8 } as const;

const NAMES: Readonly<Record<string, number>> = {
  via: Line.via,
  from: Line.from,
  to: Line.to,
  'call-id': Line.call,
  cseq: Line.cseq,
  'content-length': Line.length,
  'content-type': Line.type,
  route: Line.route,
  contact: Line.contact,
};
const COMPACT: Readonly<Record<string, number>> = {
  v: Line.via,
  f: Line.from,
  t: Line.to,
  i: Line.call,
  l: Line.length,
  c: Line.type,
  m: Line.contact,
};

/**
 * Reads header lines one by one. The lines of a call are the same in many of its messages, so what a line says is remembered by the
 * hash of its bytes, each in the one place that the hash gives it: a line seen lately costs a look.
 */
export class LineReader {
  first = 0;
  second = 0;
  /** 4096 places of eight numbers: the two hashes of a line, what it is, and what it says. */
  private readonly memory = new Int32Array(4096 * 8);
  private readonly numbers: Numbers;

  constructor(numbers: Numbers) {
    this.numbers = numbers;
  }

  /** What the line is whose hashes stand in `hashed`. Kinds whose bit is set in `known` have been read before in this message. */
  recall(stretch: Stretch, at: number, end: number, known: number): number {
    const first = hashed[0]!;
    const second = hashed[1]!;
    const { memory } = this;
    const slot = ((first ^ (first >>> 16)) & 4095) * 8;
    if (memory[slot] === first && memory[slot + 1] === second && memory[slot + 2] !== 0) {
      this.first = memory[slot + 3]!;
      this.second = memory[slot + 4]!;
      return memory[slot + 2]!;
    }
    // Bytes of a text that stand for other characters than ASCII do not tell them apart.
    if (stretch.units && hasWide(stretch.bytes, at, end)) return this.read(stretch, at, end, known);
    const line = this.read(stretch, at, end, known);
    if (line === Line.route || line === Line.repeated) return line;
    if (line === Line.contact) this.first = first;
    memory[slot] = first;
    memory[slot + 1] = second;
    memory[slot + 2] = line;
    memory[slot + 3] = this.first;
    memory[slot + 4] = this.second;
    return line;
  }

  /** What the line is: by its first letters, four at a look. */
  read(stretch: Stretch, at: number, end: number, known: number): number {
    const { bytes } = stretch;
    const name = lettersAt(bytes, at);
    if (name === VIA && bytes[at + 3] === COLON) return this.readVia(stretch, skipBlanks(bytes, at + 4, end), end);
    if (name === FROM && bytes[at + 4] === COLON) return this.readFrom(stretch, at + 5, end, known);
    if ((name & 0xffffff) === TO && bytes[at + 2] === COLON) return this.readTo(stretch, at + 3, end, known);
    if (name === CSEQ && bytes[at + 4] === COLON) return this.readCSeq(stretch, at + 5, end);
    if (name === CALL && isSpelled(bytes, at + 4, '-id:')) return this.readCallId(stretch, at + 8, end, known);
    if (name === CONTENT && isSpelled(bytes, at + 4, 'act:')) return this.readContact();
    if (name === CONTENT && isSpelled(bytes, at + 4, 'ent-')) {
      const rest = lettersAt(bytes, at + 8);
      if (rest === LENGTH && isSpelled(bytes, at + 12, 'th:')) return this.readLength(bytes, at + 15, end);
      if (rest === TYPE && bytes[at + 12] === COLON) return this.readType(bytes, at + 13, end);
    }
    return this.readUnusual(stretch, at, end, known);
  }

  /** A header in compact form (RFC 3261 §7.3.3), one with blanks before its colon, or Route. */
  private readUnusual(stretch: Stretch, at: number, end: number, known: number): number {
    const { bytes } = stretch;
    switch (unusualName(bytes, at)) {
      case Line.via:
        return this.readVia(stretch, valueAt(bytes, at, end), end);
      case Line.from:
        return this.readFrom(stretch, valueAt(bytes, at, end), end, known);
      case Line.to:
        return this.readTo(stretch, valueAt(bytes, at, end), end, known);
      case Line.call:
        return this.readCallId(stretch, valueAt(bytes, at, end), end, known);
      case Line.cseq:
        return this.readCSeq(stretch, valueAt(bytes, at, end), end);
      case Line.length:
        return this.readLength(bytes, valueAt(bytes, at, end), end);
      case Line.type:
        return this.readType(bytes, valueAt(bytes, at, end), end);
      case Line.route:
        return this.readRoute(bytes, valueAt(bytes, at, end), end);
      case Line.contact:
        return this.readContact();
      default:
        return Line.other;
    }
  }

  private readVia(stretch: Stretch, from: number, end: number): number {
    const { bytes } = stretch;
    this.first = this.second = 0;
    let count = 0;
    for (let at = from; ; at++) {
      let host = SEED;
      for (; at < end && !isValueEnd(bytes[at]!); at++)
        host = bytes[at]! <= 32 ? SEED : Math.imul(host ^ (bytes[at]! | 32), PRIME);
      if (at === end || bytes[at] === COMMA) host = 0;
      let branch = 0;
      while (at < end && bytes[at] !== COMMA) {
        const value = branch === 0 ? branchAt(bytes, at, end) : -1;
        const to = value < 0 ? at + 1 : paramEnd(bytes, value, end);
        if (value >= 0) branch = paramHash(stretch, value, to);
        for (at = to; at < end && !isValueEnd(bytes[at]!); ) at++;
      }
      // A branch is told apart with the host that made it: hosts may choose equal ones (RFC 3261 §17.2.3).
      const key = branch === 0 ? 0 : Math.imul(branch ^ host, PRIME) || 1;
      if (count++ === 0) this.first = key;
      else this.second = key;
      if (at < end && count < 2) continue;
      if (count === 1) this.second = host;
      return count === 1 ? Line.via : Line.vias;
    }
  }

  private readFrom(stretch: Stretch, at: number, end: number, known: number): number {
    if (known & (1 << Line.from)) return Line.repeated;
    this.readAddress(stretch, skipBlanks(stretch.bytes, at, end), end, 'From');
    return Line.from;
  }

  private readTo(stretch: Stretch, at: number, end: number, known: number): number {
    if (known & (1 << Line.to)) return Line.repeated;
    this.readAddress(stretch, skipBlanks(stretch.bytes, at, end), end, 'To');
    return Line.to;
  }

  private readAddress(stretch: Stretch, at: number, end: number, header: NamingHeader): void {
    const { bytes } = stretch;
    const open = bytes[at] === 60 ? at : openingBracket(bytes, at, end);
    const isBracketed = open < end;
    const from = isBracketed ? open + 1 : bareStart(bytes, at, end);
    const close = isBracketed ? hashUntil(stretch, from, end, 62) : gruuEnd(bytes, paramsAt(bytes, from, end), end);
    const to = isBracketed ? outerClose(bytes, from, close, end) : close;
    const uriEnd = trimmedEnd(bytes, from, to);
    if (!isBracketed || uriEnd < to || close < to) hashOf(stretch, from, uriEnd);
    this.first = this.numbers.hashedParty(stretch, from, uriEnd, header);
    const nameEnd = isBracketed ? open : from;
    if (nameEnd > at) this.numbers.parties.named(this.first, stretch, at, nameEnd);
    this.second = tagHash(stretch, to, end);
  }

  private readCallId(stretch: Stretch, from: number, end: number, known: number): number {
    if (known & (1 << Line.call)) return Line.repeated;
    const at = skipBlanks(stretch.bytes, from, end);
    this.first = this.numbers.call(stretch, at, trimmedEnd(stretch.bytes, at, end));
    return Line.call;
  }

  private readCSeq(stretch: Stretch, from: number, end: number): number {
    const { bytes } = stretch;
    const at = skipBlanks(bytes, from, end);
    const digits = tokenEnd(bytes, at, end);
    this.first = Math.min(0xffffffff, Math.max(0, number(bytes, at, digits))) | 0;
    const method = skipBlanks(bytes, digits, end);
    this.second = this.numbers.method(stretch, method, tokenEnd(bytes, method, end));
    return Line.cseq;
  }

  private readLength(bytes: Uint8Array, from: number, end: number): number {
    const at = skipBlanks(bytes, from, end);
    this.first = Math.min(0x7fffffff, number(bytes, at, trimmedEnd(bytes, at, end)));
    return Line.length;
  }

  private readType(bytes: Uint8Array, from: number, end: number): number {
    const at = skipBlanks(bytes, from, end);
    const to = trimmedEnd(bytes, at, paramsAt(bytes, at, end));
    const isXml = to - at > 4 && isSpelled(bytes, to - 3, 'xml');
    const isSipfrag = to - at === 15 && isSpelled(bytes, at, 'message/sipfrag');
    const isSdp = to - at === 15 && isSpelled(bytes, at, 'application/sdp');
    const isMultipart = to - at > 10 && isSpelled(bytes, at, 'multipart/');
    if (isXml) this.first = BodyType.xml;
    else if (isSipfrag) this.first = BodyType.sipfrag;
    else this.first = isSdp ? BodyType.sdp : isMultipart ? BodyType.multipart : 0;
    return Line.type;
  }

  /** Its host is read where it is wanted. */
  private readContact(): number {
    this.first = 0;
    return Line.contact;
  }

  private readRoute(bytes: Uint8Array, at: number, end: number): number {
    const uri = uriAt(bytes, at, end);
    const to = addressEnd(bytes, uri, end);
    const from = hostAt(bytes, uri, to);
    this.first = from;
    this.second = hostEnd(bytes, from, to);
    return Line.route;
  }
}

/** What the line is by a name of one letter, one with blanks before its colon, or Route. */
function unusualName(bytes: Uint8Array, at: number): number {
  if (isCompact(bytes[at + 1]!)) return COMPACT[String.fromCharCode(bytes[at]! | 32)] ?? Line.other;
  const name = lettersAt(bytes, at);
  const mayBe =
    name === FROM ||
    name === CSEQ ||
    name === ROUTE ||
    (name === CALL && bytes[at + 4] === HYPHEN && (bytes[at + 5]! | 32) === 105) ||
    (name === CONTENT && (bytes[at + 7] === HYPHEN || isSpelled(bytes, at + 4, 'act'))) ||
    (name & 0xffffff) === (VIA & 0xffffff) ||
    (name & 0xffff) === (TO & 0xffff);
  return mayBe ? spelledName(bytes, at) : Line.other;
}

function spelledName(bytes: Uint8Array, at: number): number {
  for (const name in NAMES) if (isNamed(bytes, at, name)) return NAMES[name]!;
  return Line.other;
}
