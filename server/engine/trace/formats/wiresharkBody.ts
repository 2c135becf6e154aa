import { type Block, latin1 } from '../../sip/frame.ts';
import type { PieceSink } from './format.ts';
import { peelDigits } from './hex.ts';
import { beginsWith } from './lines.ts';

/** A line of the details of a packet, without its indent. */
export interface DetailsLine {
  readonly depth: number;
  readonly from: number;
  readonly to: number;
  /** Behind its line end. */
  readonly next: number;
}

type Kind = 'unknown' | 'sdp' | 'xml' | 'text' | 'mime' | 'data';

/** What names the kind of a body, or of a part of one. */
const TITLES: readonly (readonly [RegExp, Kind])[] = [
  [/^Session Description Protocol$/, 'sdp'],
  [/^eXtensible Markup Language$/, 'xml'],
  [/^Line-based text data/, 'text'],
  [/^MIME Multipart Media Encapsulation|^Encapsulated multipart part/, 'mime'],
  [/^Data \(\d+ bytes?\)/, 'data'],
];
/** `Media Attribute (a): rtpmap:0 PCMU/8000` */
const SDP_LINE = /^[A-Z][\w/, -]* \(([a-z])\): ?/;
const BOUNDARY = /^(?:First boundary|Boundary|Last boundary): /;
const BYTES = /^Data: (?=[0-9a-f]{2})/;
/** Words that tell what a line is are no longer. */
const LONGEST_WORDS = 100;
const BREAK = '\\r\\n';

/** Makes a body of what the details of a packet tell of it, line by line. */
export class DetailsBody {
  private readonly block: Block;
  private readonly into: PieceSink;
  private kind: Kind = 'unknown';
  /** How deep the lines of a session description are indented that are no parts of others; -1 before the first. */
  private depth = -1;
  /** The last line ended with a line break that was sent. */
  private hasBreak = true;
  /** A tag of XML goes on, or text does. */
  private inTag = false;
  private inText = false;
  /** Something of the document was told. */
  private isBegun = false;

  constructor(block: Block, into: PieceSink) {
    this.block = block;
    this.into = into;
  }

  take(line: DetailsLine): void {
    const { bytes } = this.block;
    const words = latin1(bytes, line.from, Math.min(line.to, line.from + LONGEST_WORDS));
    const title = TITLES.find(([form]) => form.test(words));
    if (title) this.begin(title[1]);
    else if (this.kind === 'sdp' || this.kind === 'unknown') this.sdp(line, words);
    else if (this.kind === 'xml') this.xml(line);
    else if (this.kind === 'data') this.data(line, words);
    else if (this.kind === 'text' || bytes[line.from] !== 91) this.text(line, BOUNDARY.exec(words)?.[0].length ?? 0);
  }

  private begin(kind: Kind): void {
    this.kind = kind;
    this.depth = -1;
    this.inTag = this.inText = this.isBegun = false;
  }

  private sdp(line: DetailsLine, words: string): void {
    const found = SDP_LINE.exec(words);
    if (!found) {
      if (this.kind === 'unknown' && !words.startsWith('[')) this.text(line, 0);
      return;
    }
    if (this.depth < 0) this.depth = line.depth;
    if (line.depth !== this.depth) return;
    const value = line.from + found[0].length;
    this.into.put(`${found[1]}=`, line.from, value);
    this.into.keep(value, line.next);
    this.hasBreak = true;
  }

  /** A line break that was sent is written as an escape; the one at the end stands there, too. */
  private text(line: DetailsLine, words: number): void {
    const { bytes } = this.block;
    const isBroken = beginsWith(bytes, line.to - BREAK.length, line.to, BREAK);
    const to = isBroken ? line.to - BREAK.length : line.to;
    let from = line.from + words;
    if (words > 0 && !this.hasBreak && beginsWith(bytes, from, to, BREAK)) from += BREAK.length;
    for (let at = from; at < to; at++) {
      if (!beginsWith(bytes, at, to, BREAK)) continue;
      this.into.keep(from, at);
      this.into.put('\n', at, at + BREAK.length);
      from = at + BREAK.length;
    }
    this.into.keep(from, to);
    this.into.keep(line.to, line.next);
    this.hasBreak = isBroken;
  }

  /** Each tag, attribute and text of XML stands on a line of its own. */
  private xml(line: DetailsLine): void {
    const { bytes } = this.block;
    if (bytes[line.from] === 91) return;
    const isTag = bytes[line.from] === 60;
    if (this.inTag && !isTag) this.into.put(' ', line.from, line.from);
    else if (isTag && !this.inText && this.isBegun) this.into.put('\n', line.from, line.from);
    this.into.keep(line.from, line.to);
    const isClosed = bytes[line.to - 1] === 62;
    this.isBegun = true;
    this.inText = !isTag && !this.inTag;
    this.inTag = (isTag || this.inTag) && !isClosed;
    this.hasBreak = false;
  }

  private data(line: DetailsLine, words: string): void {
    const found = BYTES.exec(words);
    if (found) peelDigits(this.block, line.from + found[0].length, line.to, this.into);
  }
}
