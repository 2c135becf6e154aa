import { type Block, block, ROOM } from '../sip/frame.ts';
import type { Peel, PieceSink } from './formats/format.ts';
import { pictureOf, Stretch } from './stretch.ts';

/** The parts of a stretch that make up a text, one after another, and the way back. */
export class Pieces implements PieceSink {
  /** How long the text is. */
  length = 0;
  /** Where the text ends in the stretch. */
  ended = 0;
  /** What stands before this offset in the stretch is not looked at again. */
  passed = 0;
  /** Where each piece begins in the text and in the stretch, and how much of the stretch it stands for. */
  private readonly ats: number[] = [];
  private readonly froms: number[] = [];
  private readonly spans: number[] = [];
  /** What each piece says that does not stand in the stretch, else null. */
  private readonly puts: (string | null)[] = [];
  /** Where a piece is a run of characters that each stand for as much of the stretch: how far they are apart there, else 0. */
  private readonly steps: number[] = [];
  private readonly units: boolean;

  /** @param units whether the stretch is a picture of UTF-16 units; otherwise what is put becomes UTF-8 */
  constructor(units: boolean) {
    this.units = units;
  }

  keep(from: number, to: number): void {
    if (to <= from) return;
    const last = this.ats.length - 1;
    if (last >= 0 && this.puts[last] === null && this.froms[last]! + this.spans[last]! === from)
      this.spans[last]! += to - from;
    else this.add(from, to - from, null);
    this.length += to - from;
  }

  put(text: string, from: number, to: number): void {
    const put = this.units || (text.length === 1 && text < '\x80') ? text : octetsOf(text);
    if (put.length === 1) this.putCharacter(put, from, to - from);
    else this.add(from, to - from, put);
    this.length += put.length;
  }

  /** Bytes in digits are many: those that are equally far apart are one piece. */
  private putCharacter(char: string, from: number, span: number): void {
    const last = this.ats.length - 1;
    const before = last >= 0 ? this.puts[last]! : null;
    const step = before === null ? 0 : from - (this.froms[last]! + (before.length - 1) * this.steps[last]!);
    const isRun =
      before !== null &&
      step > 0 &&
      span > 0 &&
      this.spans[last] === span &&
      (before.length === 1 || this.steps[last] === step);
    if (isRun) {
      this.steps[last] = step;
      this.puts[last] = before + char;
    } else this.add(from, span, char);
  }

  pass(to: number): void {
    this.passed = to;
  }

  private add(from: number, span: number, put: string | null): void {
    this.puts.push(put);
    this.ats.push(this.length);
    this.froms.push(from);
    this.spans.push(span);
    this.steps.push(0);
  }

  /** The place in the stretch of what begins at an offset of the text. */
  start(offset: number): number {
    const piece = this.pieceAt(offset);
    if (piece < 0) return 0;
    const inside = offset - this.ats[piece]!;
    const span = this.spans[piece]!;
    const step = this.steps[piece]!;
    if (step > 0) return inside < this.puts[piece]!.length ? this.froms[piece]! + inside * step : this.endOfRun(piece);
    if (this.puts[piece] !== null) return this.froms[piece]! + (inside > 0 ? span : 0);
    return this.froms[piece]! + Math.min(inside, span);
  }

  /** The place in the stretch of what ends at an offset of the text. */
  end(offset: number): number {
    const piece = this.pieceAt(offset - 1);
    if (piece < 0) return this.start(offset);
    const step = this.steps[piece]!;
    if (step > 0) return this.froms[piece]! + (offset - 1 - this.ats[piece]!) * step + this.spans[piece]!;
    const isPut = this.puts[piece] !== null;
    return this.froms[piece]! + (isPut ? this.spans[piece]! : offset - this.ats[piece]!);
  }

  private endOfRun(piece: number): number {
    return this.froms[piece]! + (this.puts[piece]!.length - 1) * this.steps[piece]! + this.spans[piece]!;
  }

  /** The last piece that begins at or before an offset of the text, or -1. */
  private pieceAt(offset: number): number {
    let low = 0;
    let high = this.ats.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ats[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The text, made of what a function says of each part of the stretch. */
  text(decode: (from: number, to: number) => string): string {
    let text = '';
    for (const [piece, from] of this.froms.entries())
      text += this.puts[piece] ?? decode(from, from + this.spans[piece]!);
    return text;
  }

  /** The same as bytes. */
  bytes({ bytes, units }: Stretch, into: Uint8Array): void {
    for (let piece = 0; piece < this.ats.length; piece++) {
      const at = this.ats[piece]!;
      const from = this.froms[piece]!;
      const put = this.puts[piece]!;
      if (put === null) copy(bytes, from, { into, at, length: this.spans[piece]! });
      else for (let i = 0; i < put.length; i++) into[at + i] = units ? pictureOf(put.charCodeAt(i)) : put.charCodeAt(i);
    }
  }
}

/** The octets of a text in UTF-8, a character each; half of a character beyond 16 bits, which has none, as two question marks. */
function octetsOf(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  const whole = text.replace(/\p{Surrogate}/gu, '??');
  return encodeURIComponent(whole).replace(/%(..)/g, (_, pair: string) =>
    String.fromCharCode(Number.parseInt(pair, 16)),
  );
}

/** A short piece is copied faster byte by byte. */
const SHORT = 64;

function copy(bytes: Uint8Array, from: number, to: { into: Uint8Array; at: number; length: number }): void {
  const { into, at, length } = to;
  if (length > SHORT) into.set(bytes.subarray(from, from + length), at);
  else for (let i = 0; i < length; i++) into[at + i] = bytes[from + i]!;
}

/**
 * A stretch made of pieces of another. Whatever is found in it is told in the other's source.
 * @param flags what is to be noted of the messages in it
 * @param memory to put it into, if it is large enough
 */
export function viewOf(stretch: Stretch, pieces: Pieces, flags: number, memory?: Block): Stretch {
  const { length } = pieces;
  const room = memory && memory.bytes.length >= length + ROOM ? memory : block(length);
  pieces.bytes(stretch, room.bytes);
  room.bytes.fill(0, length, length + ROOM);
  const text = stretch.units ? pieces.text((from, to) => stretch.decode(from, to)) : null;
  const view = new Stretch(room, length, 0, text);
  view.outer = stretch;
  view.pieces = pieces;
  view.flags = stretch.flags | flags;
  return view;
}

/** What a peel makes of a part of a stretch. */
export function peeled(stretch: Stretch, from: number, to: number, peel: Peel): Pieces {
  const pieces = new Pieces(stretch.units);
  pieces.ended = peel(stretch, from, to, pieces);
  return pieces;
}
