import { type Block, lineEnd } from '../../sip/frame.ts';
import type { Peel, PieceSink } from './format.ts';

// Bytes that are written as hex digits: the lines of a dump, or one run of digits. The characters beside a dump are never read.

/** Bytes on a line of a dump. */
const WIDTH = 16;
/** Blanks in the middle of a dump's line are no more than these. */
const WIDEST_GAP = 4;

/** A line of a dump: its bytes, where the digits of each begin, and the offset that the line gives, or -1. */
export interface HexLine {
  readonly offset: number;
  readonly bytes: readonly number[];
  readonly places: readonly number[];
}

/** Reads a line of a dump, or the rest of one from some byte on; null where it is none. */
export function hexLine(bytes: Uint8Array, at: number, end: number): HexLine | null {
  const { offset, from } = offsetOf(bytes, at, end);
  const isRest = offset < 0 && from === at;
  const values: number[] = [];
  const places: number[] = [];
  let place = from;
  while (values.length < WIDTH && isPair(bytes, place, end)) {
    values.push(byteAt(bytes, place));
    places.push(place);
    place += 2;
    if (isPair(bytes, place, end)) continue;
    let gap = 0;
    while (place + gap < end && bytes[place + gap] === 32) gap++;
    const isMiddle = gap <= WIDEST_GAP && (isRest ? isRow(bytes, place + gap, end) : values.length === WIDTH / 2);
    if (gap !== 1 && !isMiddle) break;
    place += gap;
  }
  return values.length > 0 && isOver(bytes, place, end) ? { offset, bytes: values, places } : null;
}

/** The digits are followed by a blank or by nothing: otherwise they are letters of something else. */
function isOver(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || bytes[at]! <= 32 || bytes[at - 1] === 32;
}

/** The rest of a line whose beginning is not known: two pairs show that it goes on behind a gap. */
function isRow(bytes: Uint8Array, at: number, end: number): boolean {
  return isPair(bytes, at, end) && bytes[at + 2] === 32 && isPair(bytes, at + 3, end);
}

/** `0x0010:`, `0010  `, `00000010  `; -1 where a line begins with its bytes. */
function offsetOf(bytes: Uint8Array, at: number, end: number): { offset: number; from: number } {
  let from = at;
  while (from < end && (bytes[from] === 32 || bytes[from] === 9)) from++;
  const isMarked = bytes[from] === 48 && bytes[from + 1] === 120;
  const first = isMarked ? from + 2 : from;
  let last = first;
  let offset = 0;
  while (last < end && last - first < 8 && digitOf(bytes[last]!) >= 0) offset = offset * 16 + digitOf(bytes[last++]!);
  const hasColon = bytes[last] === 58;
  const isOffset = last - first >= 4 && (hasColon || (!isMarked && bytes[last] === 32 && bytes[last + 1] === 32));
  if (!isOffset) return { offset: -1, from };
  let next = last + (hasColon ? 1 : 0);
  while (next < end && bytes[next] === 32) next++;
  return { offset, from: next };
}

function isPair(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 1 < end && digitOf(bytes[at]!) >= 0 && digitOf(bytes[at + 1]!) >= 0;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return digitOf(bytes[at]!) * 16 + digitOf(bytes[at + 1]!);
}

function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** Whether the rest of the line is bytes of a dump, eight at least. */
export function isHexLine(block: Block, at: number, to: number): boolean {
  const line = hexLine(block.bytes, at, lineEnd(block, at, to));
  return line !== null && line.bytes.length >= 8;
}

/** The bytes of a dump, from some byte on its first line on, down to a line that does not go on where the one before it ended. */
export const peelHex: Peel = (block, from, to, into) => {
  const sink = new ByteSink(into);
  let next = -1;
  let at = from;
  while (at < to) {
    const end = lineEnd(block, at, to);
    const line = hexLine(block.bytes, at, end);
    const goesOn = line && (at === from || next < 0 || line.offset < 0 || line.offset === next);
    if (!goesOn || (at > from && line.offset === 0)) break;
    for (let i = 0; i < line.bytes.length; i++) sink.add(line.bytes[i]!, line.places[i]!, line.places[i]! + 2);
    next = line.offset < 0 ? -1 : line.offset + line.bytes.length;
    at = Math.min(end + 1, to);
  }
  sink.end();
  return at;
};

/** Puts one run of hex digits, `494e56` or `49:4e:56`, down to what is no digit. Gives where it ends. */
export const peelDigits: Peel = ({ bytes }, from, to, into) => {
  const sink = new ByteSink(into);
  let at = from;
  while (isPair(bytes, at, to)) {
    sink.add(byteAt(bytes, at), at, at + 2);
    at += bytes[at + 2] === 58 ? 3 : 2;
  }
  sink.end();
  return at;
};

/** The bytes that a run of hex digits in a text writes, as Latin-1; at most so many. */
export function fromDigits(text: string, most: number): string {
  const digits = /^[0-9a-f:]*/i.exec(text.slice(0, 3 * most))![0].replaceAll(':', '');
  return digits.slice(0, 2 * most).replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

/** Takes bytes, and puts the characters that they are in UTF-8; a byte that is none is taken for Latin-1. */
export class ByteSink {
  private readonly into: PieceSink;
  private bytes: number[] = [];
  private places: { from: number; to: number }[] = [];

  constructor(into: PieceSink) {
    this.into = into;
  }

  add(byte: number, from: number, to: number): void {
    if (byte < 0x80 && this.bytes.length === 0) {
      this.into.put(String.fromCharCode(byte), from, to);
      return;
    }
    const goesOn = byte >= 0x80 && byte < 0xc0 && this.bytes.length > 0;
    if (!goesOn) this.end();
    if (!goesOn && byte < 0xc0) {
      this.into.put(String.fromCharCode(byte), from, to);
      return;
    }
    this.bytes.push(byte);
    this.places.push({ from, to });
    if (this.bytes.length === lengthOf(this.bytes[0]!)) this.end();
  }

  /** What is left of a character is put. */
  end(): void {
    if (this.bytes.length === 0) return;
    const code = this.bytes.length === lengthOf(this.bytes[0]!) ? codePoint(this.bytes) : -1;
    if (code >= 0x80 && code <= 0x10ffff)
      this.into.put(String.fromCodePoint(code), this.places[0]!.from, this.places.at(-1)!.to);
    else
      for (const [i, byte] of this.bytes.entries())
        this.into.put(String.fromCharCode(byte), this.places[i]!.from, this.places[i]!.to);
    this.bytes = [];
    this.places = [];
  }
}

/** How many bytes a character has whose first is this one. */
function lengthOf(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
}

function codePoint(bytes: readonly number[]): number {
  const [first, ...rest] = bytes;
  if (rest.some((byte) => (byte & 0xc0) !== 0x80)) return -1;
  return rest.reduce((code, byte) => code * 64 + (byte & 63), first! & (0x7f >> bytes.length));
}
