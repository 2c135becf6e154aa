import { type Block, isEmptyLine, latin1, lineEnd } from '../../sip/frame.ts';
import type { Peel, PieceSink } from './format.ts';

// How ngrep writes text: each byte that cannot be printed becomes a dot, CR and LF among them.

const DOT = 46;
/** What stands behind a line break in a head: the name of a header. */
const NAME = /^[A-Za-z][\w-]{0,40}[ \t]*:/;
const LONGEST_NAME = 45;

/** Lines in which a dot stands for the CR at their ends; where the first two end otherwise, they are kept as they are. */
export const peelDotted: Peel = (block, from, to, into) => {
  if (!isDotted(block, from, to)) {
    into.keep(from, to);
    return to;
  }
  for (let at = from; at < to; ) {
    const end = lineEnd(block, at, to);
    const last = block.bytes[end - 1] === 13 ? end - 1 : end;
    if (last > at && block.bytes[last - 1] === DOT) {
      into.keep(at, last - 1);
      into.put('\r', last - 1, last);
      into.keep(end, Math.min(end + 1, to));
    } else into.keep(at, Math.min(end + 1, to));
    at = end + 1;
  }
  return to;
};

function isDotted(block: Block, from: number, to: number): boolean {
  const first = lineEnd(block, from, to);
  const second = Math.min(first + 1, to);
  const end = lineEnd(block, second, to);
  return endsWithDot(block, from, first) && (isEmptyLine(block.bytes, second, end) || endsWithDot(block, second, end));
}

function endsWithDot({ bytes }: Block, at: number, end: number): boolean {
  const last = bytes[end - 1] === 13 ? end - 1 : end;
  return last > at && bytes[last - 1] === DOT;
}

/** Whether two dots stand for a line break on the first line, or the next line is indented as the rest of a wrapped one. */
export function isWrapped(block: Block, from: number, to: number): boolean {
  const end = lineEnd(block, from, to);
  if (isIndented(block, end + 1, to)) return true;
  const line = latin1(block.bytes, from, end);
  for (let at = line.indexOf('..'); at >= 0; at = line.indexOf('..', at + 1)) if (breaksAt(line, at)) return true;
  return false;
}

function isIndented(block: Block, at: number, to: number): boolean {
  const isSet = at + 2 < to && block.bytes[at] === 32 && block.bytes[at + 1] === 32;
  return isSet && !isEmptyLine(block.bytes, at, lineEnd(block, at, to));
}

/** Text that is wrapped at the width of a terminal, indented by two blanks, with two dots for each line break. */
export const peelWrapped: Peel = (block, from, to, into) => {
  const { text, places, end } = unwrapped(block, from, to);
  const kept = new Kept(places, into);
  let at = 0;
  for (let dots = text.indexOf('..'); dots >= 0; dots = text.indexOf('..', dots)) {
    const run = dotsFrom(text, dots);
    if (run >= 4) {
      // The last four: the end of the head, and the empty line.
      const first = dots + run - 4;
      kept.keep(at, first);
      kept.breakAt(first);
      kept.breakAt(first + 2);
      at = putBody(text, first + 4, kept);
      break;
    }
    if (breaksAt(text, dots)) {
      kept.keep(at, dots);
      kept.breakAt(dots);
      at = dots + 2;
    }
    dots++;
  }
  kept.keep(at, text.length);
  return end;
};

/** In a body, each two dots are a line break; of an odd number the first is a dot. Gives where the text behind the last one begins. */
function putBody(text: string, from: number, kept: Kept): number {
  let at = from;
  for (let dots = text.indexOf('..', at); dots >= 0; dots = text.indexOf('..', at)) {
    const first = dots + (dotsFrom(text, dots) % 2);
    kept.keep(at, first);
    kept.breakAt(first);
    at = first + 2;
  }
  return at;
}

function breaksAt(text: string, dots: number): boolean {
  return NAME.test(text.slice(dots + 2, dots + 2 + LONGEST_NAME)) || text.startsWith('....', dots);
}

function dotsFrom(text: string, at: number): number {
  let end = at;
  while (text[end] === '.') end++;
  return end - at;
}

/** The lines put together, and where each character of them stands. */
function unwrapped(block: Block, from: number, to: number): { text: string; places: number[]; end: number } {
  const { bytes } = block;
  const places: number[] = [];
  let at = from;
  for (;;) {
    const end = lineEnd(block, at, to);
    const last = bytes[end - 1] === 13 ? end - 1 : end;
    for (let place = at; place < last; place++) places.push(place);
    if (!isIndented(block, end + 1, to)) {
      while (places.length > 0 && bytes[places.at(-1)!] === 32) places.pop();
      const text = places.map((place) => String.fromCharCode(bytes[place]!)).join('');
      return { text, places, end: Math.min(end + 1, to) };
    }
    at = end + 3;
  }
}

/** Keeps parts of a text of which each character has a place of its own. */
class Kept {
  private readonly places: readonly number[];
  private readonly into: PieceSink;

  constructor(places: readonly number[], into: PieceSink) {
    this.places = places;
    this.into = into;
  }

  keep(from: number, to: number): void {
    for (let at = from; at < to; ) {
      let end = at + 1;
      while (end < to && this.places[end] === this.places[end - 1]! + 1) end++;
      this.into.keep(this.places[at]!, this.places[end - 1]! + 1);
      at = end;
    }
  }

  /** A line break stands there as two dots. */
  breakAt(dots: number): void {
    this.into.put('\r\n', this.places[dots]!, this.places[dots + 1]! + 1);
  }
}
