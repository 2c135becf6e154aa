import { type Block, block, latin1, lineEnd } from '../sip/frame.ts';

const KEPT_TEXTS = 4;

/** The way from a text into what it is made of. */
interface Ways {
  start(offset: number): number;
  end(offset: number): number;
}

/**
 * A stretch of a trace in memory. One object serves a whole read, always of the same shape: the scanner's speed hangs on it.
 */
export class Stretch implements Block {
  bytes: Uint8Array;
  words: Int32Array;
  /** Where the bytes end in the block. */
  end: number;
  /** Where the block begins in the source. */
  base: number;
  /** Nothing follows: what is open at the end is complete. */
  last = true;
  /** What ends before this offset can be judged: enough lines follow it, or none will. */
  safe = 0;
  /** The bytes stand for UTF-16 units: 0x80 for one of two octets, 0x81 for one of three. Otherwise they are octets. */
  readonly units: boolean;
  /** The text of which the bytes are a picture; '' where they are octets. */
  private readonly text: string;
  /** The stretch that this one is made of, by its pieces; null where it is a part of the source as it stands. */
  outer: Stretch | null = null;
  pieces: Ways | null = null;
  /** Bits of `Flag` that every message in it bears. */
  flags = 0;
  /** Between which offsets no line feed stands, as was seen last, and before that. */
  private line = { from: 0, to: 0 };
  private otherLine = { from: 0, to: 0 };
  private readonly texts: { from: number; to: number; text: string }[] = [];
  private nextText = 0;

  constructor(memory: Block, end: number, base: number, text: string | null) {
    this.bytes = memory.bytes;
    this.words = memory.words;
    this.end = end;
    this.base = base;
    this.units = text !== null;
    this.text = text ?? '';
  }

  /**
   * Where the line ends on which an offset lies. The two lines that were looked through last are not looked through again: many records
   * may stand on one very long line, and each of them asks for its end, and for that of the line behind it.
   */
  lineEnd(at: number): number {
    if (at < this.line.from || at > this.line.to) {
      const { line } = this;
      this.line = this.otherLine;
      this.otherLine = line;
      if (at < this.line.from || at > this.line.to) this.line.from = this.line.to = at;
    }
    const { line } = this;
    if (line.to < this.end) line.to = lineEnd(this, line.to, this.end);
    return Math.min(line.to, this.end);
  }

  /**
   * The bytes between two offsets as Latin-1. What was asked for last is remembered: the end of a record is found by the line that
   * announces the next one, and several formats may ask for the same line.
   */
  latin1(from: number, to: number): string {
    for (const known of this.texts) if (known.from === from && known.to === to) return known.text;
    const text = latin1(this.bytes, from, to);
    this.texts[this.nextText] = { from, to, text };
    this.nextText = (this.nextText + 1) % KEPT_TEXTS;
    return text;
  }

  /** To be called where the bytes are no longer those that were there. */
  forgetLines(): void {
    this.texts.length = this.nextText = 0;
    this.line.from = this.line.to = 0;
    this.otherLine.from = this.otherLine.to = 0;
  }

  /** The place in the source of what begins at an offset of the block. */
  sourceStart(at: number): number {
    return this.outer && this.pieces ? this.outer.sourceStart(this.pieces.start(at)) : this.base + at;
  }

  /** The place in the source of what ends there. */
  sourceEnd(at: number): number {
    return this.outer && this.pieces ? this.outer.sourceEnd(this.pieces.end(at)) : this.base + at;
  }

  /** The offset, in the stretch that this one is made of, of what begins at an offset here. */
  outerStart(at: number): number {
    return this.pieces ? this.pieces.start(at) : at;
  }

  /** The same of what ends there. */
  outerEnd(at: number): number {
    return this.pieces ? this.pieces.end(at) : at;
  }

  /** The text between two offsets of the block. */
  decode(from: number, to: number): string {
    return this.units ? this.text.slice(this.base + from, this.base + to) : utf8(this.bytes, from, to);
  }
}

/**
 * A text, or a part of it, as a stretch.
 * @param endsWithCr whether lines end with CR alone: they are read as if they ended with LF
 */
export function stretchOf(text: string, from = 0, to = text.length, endsWithCr = !text.includes('\n')): Stretch {
  const memory = block(to - from);
  const { bytes } = memory;
  const length = to - from;
  for (let at = 0; at < length; at++) bytes[at] = pictureOf(text.charCodeAt(from + at));
  if (endsWithCr) for (let at = 0; at < length; at++) if (bytes[at] === 13) bytes[at] = 10;
  return new Stretch(memory, length, from, text);
}

/** A UTF-16 unit as a byte that tells how many octets stand for it. */
export function pictureOf(code: number): number {
  return code < 0x80 ? code : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 0x80 : 0x81;
}

/** Short pieces as UTF-8, or as Latin-1 where they are no UTF-8. */
export function utf8(bytes: Uint8Array, from: number, to: number): string {
  const text = latin1(bytes, from, to);
  if (!/[\x80-\xff]/.test(text)) return text;
  try {
    return decodeURIComponent(
      text.replace(/[%\x80-\xff]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return text;
  }
}
