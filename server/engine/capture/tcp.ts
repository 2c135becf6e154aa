import { type Block, block } from '../sip/frame.ts';
import type { Facts } from './sink.ts';
import { StreamReader, type Streams } from './stream.ts';

/** So much of one direction waits for a segment before this; then it counts as missing from the capture. */
const MOST_WAITING = 256;
const MOST_BYTES = 4 * 1024 * 1024;
/** So many directions of connections are remembered. */
const MOST_FLOWS = 65_536;

/** A segment of TCP (RFC 9293 §3.1), and the data that it carries from `from` to `to`. */
export interface Segment {
  readonly sequence: number;
  readonly isFirst: boolean;
  readonly from: number;
  readonly to: number;
  /** So many bytes of it the capture did not keep. */
  readonly lost: number;
}

interface Waiting {
  sequence: number;
  memory: Block;
  length: number;
  lost: number;
  facts: Facts;
}

/** One direction of a connection. */
interface Flow {
  /** The number of the next byte; -1 before the first. */
  next: number;
  waiting: Waiting[];
  bytes: number;
  readonly reader: StreamReader;
}

/** Puts the streams of TCP together from their segments: those that come out of order, again, or not at all. */
export class TcpFlows {
  private readonly flows = new Map<number, Flow>();
  private readonly streams: Streams;

  constructor(streams: Streams) {
    this.streams = streams;
  }

  /** @param key tells the directions of connections apart */
  add(key: number, memory: Block, segment: Segment, facts: () => Facts): void {
    const flow = this.flowOf(key, segment);
    const { isFirst } = segment;
    const sequence = isFirst ? (segment.sequence + 1) >>> 0 : segment.sequence;
    if (isFirst) {
      this.finishFlow(flow);
      flow.next = sequence;
    }
    if (segment.to <= segment.from) return;
    if (flow.next < 0) flow.next = sequence;
    if (((sequence - flow.next) | 0) > 0) this.wait(flow, memory, { ...segment, sequence }, facts());
    else {
      const now = facts();
      deliver(flow, memory, { ...segment, sequence }, now);
      drain(flow, now);
    }
  }

  /** Gives out what waits for what will not come any more. */
  finish(): void {
    for (const flow of this.flows.values()) this.finishFlow(flow);
  }

  private flowOf(key: number, { isFirst, from, to }: Segment): Flow {
    const known = this.flows.get(key);
    if (known) return known;
    const flow: Flow = { next: -1, waiting: [], bytes: 0, reader: new StreamReader(this.streams) };
    if (!isFirst && from >= to) return flow;
    if (this.flows.size >= MOST_FLOWS) {
      const [oldest, given] = this.flows.entries().next().value!;
      this.flows.delete(oldest);
      this.finishFlow(given);
    }
    this.flows.set(key, flow);
    return flow;
  }

  private wait(flow: Flow, memory: Block, segment: Segment, facts: Facts): void {
    const length = segment.to - segment.from;
    const own = block(length);
    own.bytes.set(memory.bytes.subarray(segment.from, segment.to));
    let place = flow.waiting.length;
    while (place > 0 && ((flow.waiting[place - 1]!.sequence - segment.sequence) | 0) > 0) place--;
    flow.waiting.splice(place, 0, { sequence: segment.sequence, memory: own, length, lost: segment.lost, facts });
    flow.bytes += length;
    if (flow.waiting.length > MOST_WAITING || flow.bytes > MOST_BYTES) {
      jump(flow);
      drain(flow, null);
    }
  }

  private finishFlow(flow: Flow): void {
    while (flow.waiting.length > 0) {
      jump(flow);
      drain(flow, null);
    }
    flow.reader.gap();
    flow.reader.restart();
  }
}

/** Goes on behind what is missing. */
function jump(flow: Flow): void {
  flow.reader.gap();
  flow.next = flow.waiting[0]!.sequence;
}

/** @param now of the segment that was waited for: what follows it is complete only then */
function drain(flow: Flow, now: Facts | null): void {
  while (flow.waiting.length > 0 && ((flow.waiting[0]!.sequence - flow.next) | 0) <= 0) {
    const { sequence, memory, length, lost, facts } = flow.waiting.shift()!;
    flow.bytes -= length;
    deliver(flow, memory, { sequence, isFirst: false, from: 0, to: length, lost }, now ?? facts);
  }
}

/** Hands on what is new in a segment that begins at the next byte or before it. */
function deliver(flow: Flow, memory: Block, { sequence, from, to, lost }: Segment, facts: Facts): void {
  const known = (flow.next - sequence) | 0;
  if (known >= to - from + lost) return;
  flow.next = (sequence + to - from + lost) >>> 0;
  if (from + known < to) flow.reader.read(memory, from + known, to, facts);
  if (lost > 0) flow.reader.gap();
}
