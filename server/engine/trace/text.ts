import { type Span, trimmed } from '../base/text.ts';
import { parseMessage, type SipMessage } from '../sip/message.ts';
import { TraceBuilder } from './builder.ts';
import { type Columns, Flag, REQUEST } from './columns.ts';
import { TRANSPORTS } from './endpoints.ts';
import { envelopeOf } from './envelope.ts';
import { formatOf, isOutline } from './formatOf.ts';
import { allFormats } from './formats/all.ts';
import type { Direction, Envelope, Peel } from './formats/format.ts';
import { isBareMark } from './formats/times.ts';
import { sortByTime } from './order.ts';
import { restored } from './restore.ts';
import { scan } from './scan.ts';
import { stretchOf } from './stretch.ts';

/** One message as text, and the way back into the source. */
export interface MessageView extends Span {
  /** The text that `from` and `to` refer to: the source itself, or the message put back into lines. */
  readonly text: string;
  /** The message stood on one line of a web page, or was made again of its parts: its line structure is ours, not the sender's. */
  readonly reflowed: boolean;
  /** The place in the source of a span of the view. */
  toSource(span: Span): Span;
}

/** What a log tells of a message's way; null where it does not. */
export interface Way {
  readonly source: string | null;
  readonly destination: string | null;
  readonly direction: Direction | null;
  readonly transport: string | null;
}

/** What a web page puts around its text. */
const TAG = /<\/?(?:h[1-6]|p|pre|br|hr|b|i|em|strong|code|tt|a|div|span|li|[ou]l|t[drh]|table)\b[^<>]*>/gi;
/** A comment that turns checks off or on again. */
const FOR_CHECKS = /^[ \t]*(?:\/\/|#)[ \t]*sip-lens-(?:disable|enable)\b/;
const LOGGED = Flag.coloured | Flag.escaped | Flag.prefixed;
/** How many parsed messages are kept at hand, and how many that had to be made of what the source has. */
const KEPT = 1000;
const KEPT_VIEWS = 20;
/** Captions lie no farther from their message than this, and have no more characters than this. */
const NEAR = 20_000;
const CAPTIONS = 4000;

/** Whether a message with these flags stands in a log: in a record of a known format, or behind the log's prefix on its line. */
export function isLogged(flags: number): boolean {
  return flags >>> Flag.formatShift > 0 || (flags & LOGGED) !== 0;
}

/** A whole text read as a trace: columns of numbers, and the messages parsed when they are asked for. */
export class TextTrace {
  readonly text: string;
  readonly columns: Columns;
  readonly built: TraceBuilder;
  /** Who sends and gets each message as its own headers tell, before the flow settles it. */
  readonly told: { readonly sender: Uint32Array; readonly receiver: Uint32Array };
  private readonly parsed = new Map<number, SipMessage>();
  private readonly views = new Map<number, MessageView>();
  private byOffset: Uint32Array | null = null;

  /** @param told where the flow has settled the columns already */
  constructor(text: string, built: TraceBuilder, told?: TextTrace['told']) {
    this.text = text;
    this.built = built;
    this.columns = built.columns;
    const { sender, receiver, count } = this.columns;
    this.told = told ?? { sender: sender.slice(0, count), receiver: receiver.slice(0, count) };
  }

  get count(): number {
    return this.columns.count;
  }

  /** The id of the format that most messages have; `flattened` where most stand on one line each, `none` where there is none. */
  get format(): string {
    return formatOf(this.columns);
  }

  /** The number of the message's log format; 0 where it stands in no record of a log. */
  private formatNumber(index: number): number {
    return this.columns.flags[index]! >>> Flag.formatShift;
  }

  isFlattened(index: number): boolean {
    return (this.columns.flags[index]! & Flag.flattened) !== 0;
  }

  /** What the message's log tells of its way. */
  way(index: number): Way {
    const { source, destination, flags } = this.columns;
    const bits = flags[index]!;
    const { names } = this.built.endpoints;
    return {
      source: names[source?.[index] ?? 0] || null,
      destination: names[destination?.[index] ?? 0] || null,
      direction: bits & Flag.sent ? 'sent' : bits & Flag.received ? 'received' : null,
      transport: TRANSPORTS[(bits >>> Flag.transportShift) & 15] || null,
    };
  }

  /** What else the message's log says of it, read again from there; null where it stands in no record. */
  envelope(index: number): Envelope | null {
    return envelopeOf(this.text, this.columns.start[index]!, this.columns.flags[index]!);
  }

  /** Where the message stands in the source. */
  span(index: number): Span {
    const from = this.columns.start[index]!;
    return { from, to: from + this.columns.length[index]! };
  }

  /** Whether the source may have something else inside the words of the message: line breaks of print, codes of a terminal, the record of a log. */
  isTorn(index: number): boolean {
    const flags = this.columns.flags[index]! & Flag.altered & ~Flag.flattened;
    return flags !== 0 || this.peelOf(index) !== undefined;
  }

  /** Whether the trace tells little more of the message than its start line. */
  isOutline(index: number): boolean {
    return isOutline(this.columns.flags[index]!);
  }

  private peelOf(index: number): Peel | undefined {
    return allFormats[this.formatNumber(index)]!.peel;
  }

  /** The message as lines. */
  view(index: number): MessageView {
    const known = this.views.get(index);
    if (known) return known;
    const reflowed = this.isFlattened(index);
    const place = this.span(index);
    if (!reflowed && !this.isTorn(index)) return { text: this.text, ...place, reflowed, toSource: (span) => span };
    const by = { flags: this.columns.flags[index]!, peel: this.peelOf(index) };
    const isRebuilt = allFormats[this.formatNumber(index)]!.isRebuilt === true;
    const view = { ...restored(this.text, place, by), reflowed: reflowed || isRebuilt };
    if (this.views.size >= KEPT_VIEWS) this.views.delete(this.views.keys().next().value!);
    this.views.set(index, view);
    return view;
  }

  /** The message, parsed; its spans are those of its view. */
  message(index: number): SipMessage {
    const known = this.parsed.get(index);
    if (known) return known;
    const view = this.view(index);
    const message = parseMessage(view.text, view.from, view.to);
    if (this.parsed.size >= KEPT) this.parsed.delete(this.parsed.keys().next().value!);
    this.parsed.set(index, message);
    return message;
  }

  /** Lets go of a parsed message that nobody needs soon: it is parsed again where somebody does. */
  forget(index: number): void {
    this.parsed.delete(index);
  }

  /** The method of a request, the CSeq's method of a response; '' where neither can be read. */
  method(index: number): string {
    const kind = this.columns.kind[index]!;
    return this.built.methods.names[kind >= REQUEST ? kind - REQUEST : this.columns.cseqMethod[index]!] ?? '';
  }

  /** What is said between this message and the one before it, a line each; what a log writes there is not meant for the reader. */
  said(index: number): string[] {
    return this.isLogged(index) ? [] : this.prose(this.gap(index));
  }

  /** What is said behind the last message. */
  saidLast(): string[] {
    const last = this.offsets()[this.count - 1];
    return last !== undefined && this.isLogged(last) ? [] : this.prose(this.rest);
  }

  /** What stands behind the last message. */
  get rest(): Span {
    const last = this.offsets()[this.count - 1];
    return { from: last === undefined ? 0 : this.span(last).to, to: this.text.length };
  }

  /** What stands between this message and the one before it. */
  gap(index: number): Span {
    const order = this.offsets();
    const place = this.rank(this.columns.start[index]!);
    return { from: place === 0 ? 0 : this.span(order[place - 1]!).to, to: this.columns.start[index]! };
  }

  /** Whether the message stands in a log: in a record of a known format, or behind the log's prefix on its line. */
  private isLogged(index: number): boolean {
    return isLogged(this.columns.flags[index]!);
  }

  /** The prose right before a message, a line each: the step captions of a documented trace. */
  captions(index: number): string[] {
    if (this.isLogged(index)) return [];
    const gap = this.gap(index);
    const { from, to } = trimmed(this.text, gap.from, gap.to);
    const start = Math.max(from, to - NEAR);
    const lines = this.prose({ from: start, to });
    if (start > from) lines.shift();
    let first = lines.length;
    for (let room = CAPTIONS; first > 0 && (room -= lines[first - 1]!.length) >= 0; ) first--;
    return lines.slice(first);
  }

  /** What stands between messages, a line each. Time stamps, rules, the marks of comments and comments for the checks are left out. */
  private prose({ from, to }: Span): string[] {
    if (trimmed(this.text, from, to).from === to) return [];
    return this.text
      .slice(from, to)
      .split(/\r\n|\r|\n/)
      .filter((line) => !FOR_CHECKS.test(line))
      .map((line) =>
        line
          .replace(/^\s*(?:#+|\/\/|;)\s?/, '')
          .replace(TAG, '')
          .trim(),
      )
      .filter((line) => line && !isBareMark(line));
  }

  /** The message at an offset of the source, or the last one that begins before it; -1 where none does. */
  indexAt(offset: number): number {
    const place = this.rank(offset);
    const order = this.offsets();
    if (place < this.count && this.columns.start[order[place]!] === offset) return order[place]!;
    return place === 0 ? -1 : order[place - 1]!;
  }

  /** How many messages begin before the offset. */
  rank(offset: number): number {
    const order = this.offsets();
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.columns.start[order[middle]!]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The messages that touch a part of the source, in the order of the source. */
  within({ from, to }: Span): Uint32Array {
    const order = this.offsets();
    let first = this.rank(from);
    if (first > 0 && this.span(order[first - 1]!).to >= from) first--;
    return order.slice(first, this.rank(to + 1));
  }

  private offsets(): Uint32Array {
    this.byOffset ??= Uint32Array.from({ length: this.count }, (_, at) => at).sort(
      (a, b) => this.columns.start[a]! - this.columns.start[b]!,
    );
    return this.byOffset;
  }
}

/** The messages of a trace as far as they are asked for one by one: of a text, or of those that were read of a file. */
export type Messages = Pick<TextTrace, 'columns' | 'message' | 'method'>;

/** Reads a whole text. Never fails: a text without SIP gives a trace without messages. */
export function readText(text: string): TextTrace {
  const built = new TraceBuilder();
  scan(stretchOf(text), built);
  sortByTime(built.columns);
  return new TextTrace(text, built);
}
