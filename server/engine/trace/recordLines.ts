import { latin1, lineEnd } from '../sip/frame.ts';
import type { Lines } from './formats/format.ts';
import { MORE } from './outcome.ts';
import type { Stretch } from './stretch.ts';

/** A longer line is not looked at as a whole, unless a format asks for more of it. */
const LONGEST = 1000;

/** The line with a mark and those around it, as a format sees them. */
export class RecordLines implements Lines {
  /** The line with the mark. */
  readonly from: number;
  readonly to: number;
  /** A line was asked for that does not lie in the stretch yet. */
  isShort = false;
  private readonly stretch: Stretch;
  /** The line that was asked for last, so that the next is near. */
  private lastLine = 0;
  private lastStart: number;
  private lastEnd: number;
  /** Lines before this offset are not known any more. */
  private readonly least: number;

  constructor(stretch: Stretch, least: number, { from, to }: { readonly from: number; readonly to: number }) {
    this.stretch = stretch;
    this.least = least;
    this.from = this.lastStart = from;
    this.to = this.lastEnd = to;
  }

  text(line: number, most = LONGEST): string {
    const at = line < 0 ? this.before(-line) : this.start(line);
    if (at < 0) return '';
    const { bytes } = this.stretch;
    const stop = line < 0 ? lineEnd(this.stretch, at, this.from) : this.lastEnd;
    let end = Math.min(stop, at + most);
    while (end > at && (bytes[end - 1] === 13 || bytes[end - 1] === 10)) end--;
    return this.stretch.latin1(at, end);
  }

  passage(line: number, most: number): string {
    const { stretch } = this;
    const at = this.start(line);
    if (at < 0) return '';
    if (at + most > stretch.end && !stretch.last) this.isShort = true;
    return latin1(stretch.bytes, at, Math.min(stretch.end, at + most));
  }

  above(most: number): string {
    return latin1(this.stretch.bytes, Math.max(this.least, this.from - most), this.from);
  }

  /** The offset of a column of a line; the end of the stretch where there is no such line; `MORE` where it may come. */
  place(line: number, column: number): number {
    const at = this.start(line);
    if (at < 0) return this.isShort ? MORE : this.stretch.end;
    return Math.min(at + column, this.lastEnd);
  }

  /** Where a line begins that lies whole in the stretch, or -1. */
  private start(line: number): number {
    const { stretch } = this;
    if (line < this.lastLine) this.rewind();
    while (this.lastLine < line) {
      const at = this.lastEnd + 1;
      const end = at < stretch.end ? stretch.lineEnd(at) : stretch.end;
      if (end >= stretch.end && !stretch.last) {
        this.isShort = true;
        return -1;
      }
      if (at >= stretch.end) return -1;
      this.lastLine++;
      this.lastStart = at;
      this.lastEnd = end;
    }
    return this.lastStart;
  }

  private rewind(): void {
    this.lastLine = 0;
    this.lastStart = this.from;
    this.lastEnd = this.to;
  }

  private before(lines: number): number {
    const { bytes } = this.stretch;
    let at = this.from;
    for (let line = 0; line < lines; line++) {
      if (at <= this.least) return -1;
      at--;
      while (at > this.least && bytes[at - 1] !== 10) at--;
    }
    return at;
  }
}
