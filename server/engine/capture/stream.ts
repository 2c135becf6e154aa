import { type Block, block, isEmptyLine, isStartLine, lineEnd, trimmedEnd } from '../sip/frame.ts';
import { isNamed, number, valueAt } from '../trace/headValues.ts';
import { spells, u16 } from './bytes.ts';
import type { Facts } from './sink.ts';
import { messageAt, skipEmpty } from './sip.ts';
import { isFrame, isUpgrade, WebSocketReader } from './websocket.ts';

/** What a stream hands on. */
export interface Streams {
  /** A SIP message. */
  message(memory: Block, from: number, to: number, facts: Facts): void;
  /** A packet of HEP. */
  hep(memory: Block, from: number, to: number, facts: Facts): void;
  /** A message of a WebSocket, whatever it holds. */
  webSocket(memory: Block, from: number, to: number, facts: Facts): void;
  skip(why: string, place: number): void;
}

export const TLS = 'packets with encrypted TLS';
const CUT = 'messages on TCP that lack a part in the capture (shown as far as they go)';
const LOST = 'messages on TCP of which the capture has no header';
/** A message longer than this, or a line without an end, is cut. */
const LARGEST = 64 * 1024 * 1024;
const LONGEST_LINE = 64 * 1024;
const WAIT = -1;

type Kind = 'sip' | 'tls' | 'websocket' | 'hep' | 'other';

/** Reads one direction of a stream: SIP framed by Content-Length (RFC 3261 §18.3), HEP, WebSocket; other things are passed over. */
export class StreamReader {
  private readonly streams: Streams;
  private kind: Kind = 'other';
  /** It has carried SIP. */
  private hasMessages = false;
  private memory: Block | null = null;
  private length = 0;
  private facts: Facts | null = null;
  /** How far the head of the message at the beginning has been looked through, and what its Content-Length says. */
  private scanned = 0;
  private body = 0;
  /** Nothing can be done before so much is there. */
  private needed = 0;
  private readonly webSocket: WebSocketReader;

  constructor(streams: Streams) {
    this.streams = streams;
    this.webSocket = new WebSocketReader(streams);
  }

  /** The next part of the stream. */
  read(memory: Block, from: number, to: number, facts: Facts): void {
    this.facts = facts;
    if (this.length === 0) {
      const done = this.take(memory, from, to, facts);
      if (done < to) this.keep(memory, done, to);
      return;
    }
    this.keep(memory, from, to);
    if (this.length < this.needed) return;
    const own = this.memory!;
    const done = this.take(own, 0, this.length, facts);
    own.bytes.copyWithin(0, done, this.length);
    this.length -= done;
    if (this.length === 0) this.memory = null;
  }

  /** A part of the stream is missing here, or it ends: what is there of a message is shown. */
  gap(): void {
    const { memory, length, facts } = this;
    this.forget();
    this.length = 0;
    this.memory = null;
    if (!memory || !facts || this.kind !== 'sip') return;
    const at = messageAt(memory, 0, length);
    const isShown = at >= 0 && lineEnd(memory, at, length) + 1 < length;
    if (isShown || this.hasMessages) this.streams.skip(isShown ? CUT : LOST, facts.place);
    if (isShown) this.streams.message(memory, at, length, facts);
  }

  /** Another connection has taken the place of this one. */
  restart(): void {
    this.kind = 'other';
    this.hasMessages = false;
  }

  private keep(memory: Block, from: number, to: number): void {
    const size = this.length + to - from;
    if (!this.memory || size + 16 > this.memory.bytes.length) {
      const larger = block(Math.max(size, 2 * this.length, 2048));
      if (this.memory) larger.bytes.set(this.memory.bytes.subarray(0, this.length));
      this.memory = larger;
    }
    this.memory.bytes.set(memory.bytes.subarray(from, to), this.length);
    this.length = size;
  }

  /** Takes what is complete; gives how far. */
  private take(memory: Block, from: number, to: number, facts: Facts): number {
    let at = from;
    while (at < to) {
      if (this.scanned === 0) this.kind = kindOf(memory, at, to, this.kind);
      const next = this.takeOne(memory, at, to, facts);
      if (next === WAIT) return at;
      at = next;
    }
    return to;
  }

  private takeOne(memory: Block, at: number, to: number, facts: Facts): number {
    switch (this.kind) {
      case 'tls':
        this.streams.skip(TLS, facts.place);
        return to;
      case 'websocket':
        return this.takeFrame(memory, at, to, facts);
      case 'hep':
        return this.takeHep(memory, at, to, facts);
      default:
        return this.takeMessage(memory, at, to, facts);
    }
  }

  private takeFrame(memory: Block, at: number, to: number, facts: Facts): number {
    if (isUpgrade(memory.bytes, at, to)) {
      const end = headEnd(memory, at, to);
      return end < 0 ? (to - at > LONGEST_LINE ? to : WAIT) : end;
    }
    return this.webSocket.frame(memory.bytes, at, to, facts);
  }

  private takeHep(memory: Block, at: number, to: number, facts: Facts): number {
    const end = at + Math.max(6, to - at < 6 ? 6 : u16(memory.bytes, at + 4));
    if (end > to) return WAIT;
    this.streams.hep(memory, at, end, facts);
    return end;
  }

  private takeMessage(memory: Block, from: number, to: number, facts: Facts): number {
    const { bytes } = memory;
    const at = this.scanned > 0 ? from : skipEmpty(bytes, from, to);
    if (at === to || at > from) return at;
    const line = lineEnd(memory, at, to);
    if (this.scanned === 0 && !isStartLine(bytes, at, line)) return this.passOver(memory, at, line, to);
    this.kind = 'sip';
    const end = this.endOf(memory, at, to);
    if (end > to && to - at < LARGEST) return WAIT;
    this.forget();
    this.hasMessages = true;
    this.streams.message(memory, at, Math.min(end, to), facts);
    return Math.min(end, to);
  }

  /** A line that is no start line: one that may still become one is waited for. */
  private passOver({ bytes }: Block, at: number, line: number, to: number): number {
    if (line < to) return line + 1;
    return this.kind === 'sip' && to - at < LONGEST_LINE && bytes[at]! > 32 ? WAIT : to;
  }

  /** Where the message ends that begins there; beyond `to` where that is not there yet. */
  private endOf(memory: Block, from: number, to: number): number {
    const { bytes } = memory;
    for (let at = from + this.scanned; at < to; ) {
      const line = lineEnd(memory, at, to);
      if (line >= to) break;
      if (isEmptyLine(bytes, at, line)) {
        this.needed = line + 1 - from + this.body;
        this.scanned = at - from;
        return from + this.needed;
      }
      if (isNamed(bytes, at, 'content-length') || isNamed(bytes, at, 'l'))
        this.body = Math.max(0, number(bytes, valueAt(bytes, at, line), trimmedEnd(bytes, at, line)));
      at = line + 1;
      this.scanned = at - from;
    }
    return to + 1;
  }

  private forget(): void {
    this.scanned = this.body = this.needed = 0;
  }
}

/** What a stream carries, as its bytes there tell; what it was before where they tell nothing. */
function kindOf(memory: Block, at: number, to: number, before: Kind): Kind {
  const { bytes } = memory;
  if (before === 'websocket' || before === 'tls') return before;
  if (
    before !== 'sip' &&
    bytes[at]! >= 0x14 &&
    bytes[at]! <= 0x17 &&
    bytes[at + 1] === 3 &&
    bytes[at + 2]! <= 4 &&
    to - at >= 5
  )
    return 'tls';
  if (spells(bytes, at, to, 'HEP3')) return 'hep';
  if (before === 'sip') return before;
  if (isUpgrade(bytes, at, to) || isFrame(bytes, at, to)) return 'websocket';
  const end = lineEnd(memory, at, to);
  const mayBegin = end === to && to - at < 2048 && bytes[at]! >= 65 && bytes[at]! <= 90;
  return isStartLine(bytes, at, end) || mayBegin ? 'sip' : 'other';
}

/** Behind the empty line that ends a head, or -1. */
function headEnd(memory: Block, from: number, to: number): number {
  for (let at = from; at < to; ) {
    const line = lineEnd(memory, at, to);
    if (line >= to) return -1;
    if (isEmptyLine(memory.bytes, at, line)) return line + 1;
    at = line + 1;
  }
  return -1;
}
