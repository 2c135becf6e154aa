import { type Block, block, isEmptyLine, isStartLine, lineEnd, trimmedEnd } from '../sip/frame.ts';
import { reflow } from '../sip/reflow.ts';
import { endOfBody } from './body.ts';
import type { TraceBuilder } from './builder.ts';
import * as Flag from './flag.ts';
import type { Peel } from './formats/format.ts';
import { HeadReader } from './head.ts';
import { dedent, isIndented } from './indented.ts';
import { MORE } from './outcome.ts';
import { pageBreakPeel } from './pageBreaks.ts';
import { type Pieces, peeled, viewOf } from './pieces.ts';
import { prefixPeel } from './prefix.ts';
import { spacedPeel } from './spaced.ts';
import { isFlat, isSpaced } from './starts.ts';
import { type Stretch, stretchOf } from './stretch.ts';

/** Lines that may decide what a line is stand behind it, up to this many. */
const LINES_AHEAD = 4;
/** So much of a message whose lines must be peeled is looked at first, less where the one before it was short; four times as much where that is too little. */
const FIRST_LOOK = 4096;
const SHORTEST_LOOK = 600;

/** Room for a view of usual size. */
const VIEW = 64 * 1024;

/** What is known of a message from outside. */
export interface Told {
  readonly time: number | null;
  /** Numbers of addresses. */
  readonly source: number;
  readonly destination: number;
  /** Bits of `Flag`. */
  readonly flags: number;
  /** The message goes on to the end of the stretch. */
  readonly isClosed: boolean;
  /** The message is passed over. */
  readonly isIgnored: boolean;
  /** So often it was captured. */
  readonly copies: number;
}

/** Nothing is known. */
export const UNTOLD: Told = {
  time: null,
  source: 0,
  destination: 0,
  flags: 0,
  isClosed: false,
  isIgnored: false,
  copies: 1,
};

/** Only the time is known. */
export function toldTime(time: number): Told {
  return { time, source: 0, destination: 0, flags: 0, isClosed: false, isIgnored: false, copies: 1 };
}

/** What reads a message from its start line on, and gives the offset behind it, or `MORE`. */
type Work = (view: Stretch) => number;

/** Reads messages into columns, in whatever form they stand. One reader serves all messages of a scan. */
export class MessageReader {
  readonly into: TraceBuilder;
  told: Told = UNTOLD;
  private readonly head: HeadReader;
  /** So much of the last message was looked at whose lines had to be peeled: the next one may be as long. */
  private look = FIRST_LOOK;
  /** Memory for views that are not in use. */
  private readonly memory: Block[] = [];

  constructor(into: TraceBuilder) {
    this.into = into;
    this.head = new HeadReader(into);
  }

  /**
   * Reads the message that begins with the line from `at` to `end`, and gives the offset behind it, or `MORE`.
   * @param readable whether the line has the form of a start line
   */
  read(stretch: Stretch, at: number, end: number, readable: boolean): number {
    if (isFlat(stretch, at, end)) return this.flattened(stretch, at, end);
    if (readable && isSpaced(stretch, end)) return this.spaced(stretch, at);
    if (readable && isIndented(stretch, at, end)) return this.indented(stretch, at, end);
    return this.lines(stretch, at, end, readable);
  }

  /** Reads a message that stands in lines of its own, as it was sent. */
  lines(stretch: Stretch, at: number, end: number, readable: boolean): number {
    const { head } = this;
    head.begin(stretch, at, end, readable);
    const bodyAt = head.read(stretch, end + 1);
    if (bodyAt === MORE) return MORE;
    const stop = this.told.isClosed
      ? closedEnd(stretch, bodyAt, head)
      : head.hasBody
        ? endOfBody(stretch, bodyAt, head)
        : bodyAt;
    if (stop === MORE || stop >= stretch.safe) return MORE;
    this.add(stretch, at, stop, bodyAt - at);
    return Math.max(stop, end);
  }

  private add(stretch: Stretch, at: number, stop: number, bodyAt: number, view = stretch): void {
    const { told, head, into } = this;
    if (told.isIgnored) return;
    const start = stretch.sourceStart(at);
    const length = stretch.sourceEnd(stop) - start;
    const index = into.add(start, bodyAt, length, told.time);
    if (told.source | told.destination) into.columns.setEndpoints(index, told.source, told.destination);
    if (told.copies > 1) into.columns.addCopy(index, told.copies - 1);
    head.flags |= told.flags | (length === stop - at ? stretch.flags & ~Flag.coloured : stretch.flags);
    head.store(index, view);
  }

  private indented(stretch: Stretch, at: number, end: number): number {
    const { head } = this;
    const dedented = dedent(stretch, at, end);
    if (!dedented) return MORE;
    if (dedented.isPageEnd)
      return this.through(stretch, at, { peel: pageBreakPeel, flags: Flag.paged }, (pages) => this.first(pages));
    const { view } = dedented;
    const first = lineEnd(view, 0, view.end);
    head.begin(view, 0, first, true);
    const bodyAt = head.read(view, first + 1);
    const stop = dedented.toSource(head.hasBody ? endOfBody(view, bodyAt, head) : bodyAt);
    head.flags |= Flag.joined;
    if (stop >= stretch.safe) return MORE;
    this.add(stretch, at, stop, bodyAt, view);
    return Math.max(stop, end);
  }

  private flattened(stretch: Stretch, at: number, end: number): number {
    const { head } = this;
    const stop = trimmedEnd(stretch.bytes, at, end);
    const view = stretchOf(reflow(stretch.decode(at, stop), 0).text);
    const first = lineEnd(view, 0, view.end);
    head.begin(view, 0, first, true);
    const bodyAt = head.read(view, first + 1);
    head.flags |= Flag.flattened;
    if (stop >= stretch.safe) return MORE;
    this.add(stretch, at, stop, bodyAt, view);
    return end;
  }

  /** Reads a message behind each of whose lines an empty one stands. */
  private spaced(stretch: Stretch, at: number): number {
    return this.through(stretch, at, { peel: spacedPeel, flags: Flag.spaced }, (view) => this.first(view));
  }

  /**
   * Reads what stands behind the same prefix in each line.
   * @param at where the prefix begins
   * @param from where it ends on the first line
   */
  prefixed(stretch: Stretch, at: number, from: number, work: Work = (view) => this.first(view)): number {
    const peel = prefixPeel(stretch.bytes.slice(at, from));
    return this.through(stretch, from, { peel, flags: Flag.prefixed }, work);
  }

  private first(view: Stretch): number {
    return this.read(view, 0, lineEnd(view, 0, view.end), true);
  }

  /** Does something with a view, in memory that is used again behind it. */
  inView(stretch: Stretch, pieces: Pieces, flags: number, work: Work): number {
    const memory = this.memory.pop() ?? block(VIEW);
    const next = work(viewOf(stretch, pieces, flags, memory));
    this.memory.push(memory);
    return next;
  }

  /** Looks at as much of what a peel makes of the stretch as the work needs. */
  private through(stretch: Stretch, from: number, by: { peel: Peel; flags: number }, work: Work): number {
    const limit = stretch.last ? stretch.end : Math.min(stretch.end, stretch.safe + 1);
    for (let size = this.look; ; size *= 4) {
      const to = from + size >= limit ? limit : Math.min(limit, lineEnd(stretch, from + size, limit) + 1);
      const pieces = peeled(stretch, from, to, by.peel);
      const next = this.inView(stretch, pieces, by.flags, (view) => {
        view.last = pieces.ended < to || (to === limit && stretch.last);
        view.safe = safeEnd(view);
        return work(view);
      });
      if (next >= 0) {
        const behind = Math.max(pieces.end(next), lineEnd(stretch, from, limit));
        this.look = Math.max(SHORTEST_LOOK, Math.min(FIRST_LOOK, SHORTEST_LOOK + 1.25 * (behind - from)));
        return behind;
      }
      if (next !== MORE || to === limit) return next;
    }
  }
}

/** Up to where lines can be judged: behind it too few whole lines follow in the stretch to look ahead. */
export function safeEnd({ bytes, end, last }: Stretch): number {
  if (last) return end + 1;
  let lines = 0;
  for (let at = end - 1; at >= 0; at--) if (bytes[at] === 10 && ++lines > LINES_AHEAD) return at;
  return 0;
}

/**
 * The end of a message to which everything up to the end of the stretch belongs: there, empty lines aside, or where Content-Length
 * says, if nothing follows or another message.
 */
function closedEnd(stretch: Stretch, bodyAt: number, head: HeadReader): number {
  const { bytes, end } = stretch;
  const limit = trimmedEnd(bytes, bodyAt, end);
  if (head.contentLength >= 0 && head.hasBody) {
    const stop = endOfBody(stretch, bodyAt, head);
    if ((head.flags & Flag.measured) !== 0 && (stop >= limit || isNext(stretch, stop))) return stop;
    head.flags &= ~Flag.measured;
  }
  for (let at = bodyAt; at < limit && !head.isSipfrag; ) {
    const stop = lineEnd(stretch, at, limit);
    if (isStartLine(bytes, at, stop)) return at === bodyAt ? at : trimmedEnd(bytes, bodyAt, at);
    at = stop + 1;
  }
  return Math.max(limit, bodyAt);
}

/** Whether another message begins behind the offset, empty lines aside. */
export function isNext(stretch: Stretch, at: number): boolean {
  const next = nextText(stretch, at);
  return next < stretch.end && isStartLine(stretch.bytes, next, stretch.lineEnd(next));
}

/** Where the next line begins that is not empty; the end of the stretch where there is none. */
export function nextText(stretch: Stretch, at: number): number {
  for (let line = at; line < stretch.end; ) {
    const stop = stretch.lineEnd(line);
    if (!isEmptyLine(stretch.bytes, line, stop)) return line;
    line = stop + 1;
  }
  return stretch.end;
}
