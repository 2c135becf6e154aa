/** A first page full of short messages promises more than will come. */
const MOST_EXPECTED = 4_000_000;

/** Bits of `Columns.flags`. */
export * as Flag from './flag.ts';
export { REQUEST } from './kind.ts';

/**
 * What is kept of each message: numbers only, 52 bytes a message, 8 more with times, 12 with second Vias and 8 with addresses. Strings are
 * read again from the source when they are needed.
 */
export class Columns {
  count = 0;
  /** So many messages may come in all: room for them is made at once. Memory counts only when it is written to. */
  expected = 0;
  /** Offset of the start line in the source. */
  start = new Float64Array(256);
  /** Where the body begins and the message ends, from `start` on. */
  bodyAt = new Uint32Array(256);
  length = new Uint32Array(256);
  /** The status code of a response; the number of the method in the method list plus 1000 for a request; 0 where the start line is bad. */
  kind = new Uint16Array(256);
  /** Number of the CSeq's method in the method list. */
  cseqMethod = new Uint16Array(256);
  cseq = new Uint32Array(256);
  /** Dense number of the Call-ID, from 1 on; 0 where there is none. */
  call = new Uint32Array(256);
  /** Hashes; 0 where there is none. */
  fromTag = new Uint32Array(256);
  toTag = new Uint32Array(256);
  branch = new Uint32Array(256);
  /** Numbers of the parties in `Parties`. */
  sender = new Uint32Array(256);
  receiver = new Uint32Array(256);
  /** See `Flag`. */
  flags = new Uint32Array(256);
  /** Milliseconds since 1970, NaN where unknown; absent while no message has a time. */
  time: Float64Array | null = null;
  /**
   * Of a request that was passed on: hash of the second Via's branch, and the party that the top Via names. Of another with Route:
   * 0, and the party that the first Route names. Absent while no message has either.
   */
  below: Uint32Array | null = null;
  hop: Uint32Array | null = null;
  /** Of a first request that was passed on: the party that its Request-URI names. Absent together with `hop`. */
  target: Uint32Array | null = null;
  /** Numbers of the addresses that the log tells, in `Endpoints`; 0 unknown. Absent while no message has any. */
  source: Uint32Array | null = null;
  destination: Uint32Array | null = null;
  /** How many copies of the message the capture has beside it. Absent while no message has any. */
  private copies: Uint32Array | null = null;
  /** Places in the source by message number, where the order is not that of the source. */
  private reordered: Uint32Array | null = null;

  /** Makes room for one more message and gives its number. */
  add(): number {
    if (this.count === this.start.length) this.grow();
    return this.count++;
  }

  setTime(index: number, time: number): void {
    this.time ??= new Float64Array(this.start.length).fill(Number.NaN);
    this.time[index] = time;
  }

  setHop(index: number, hop: number, below: number, target = 0): void {
    this.hop ??= new Uint32Array(this.start.length);
    this.below ??= new Uint32Array(this.start.length);
    this.target ??= new Uint32Array(this.start.length);
    this.hop[index] = hop;
    this.below[index] = below;
    this.target[index] = target;
  }

  setEndpoints(index: number, source: number, destination: number): void {
    this.source ??= new Uint32Array(this.start.length);
    this.destination ??= new Uint32Array(this.start.length);
    this.source[index] = source;
    this.destination[index] = destination;
  }

  addCopy(index: number, count = 1): void {
    this.copies ??= new Uint32Array(this.start.length);
    this.copies[index]! += count;
  }

  /** How often the capture shows the message. */
  copiesOf(index: number): number {
    return 1 + (this.copies?.[index] ?? 0);
  }

  /** The time of a message in milliseconds since 1970, or null. */
  timeOf(index: number): number | null {
    const time = this.time?.[index];
    return time === undefined || Number.isNaN(time) ? null : time;
  }

  /** Adds rows `from` to `to` (exclusive) of other columns without times, their messages moved by `shift` in the source. */
  append(other: Columns, from: number, to: number, shift: number): void {
    const base = this.count;
    while (this.count < base + to - from) this.add();
    for (const name of ROWS) this[name].set(other[name].subarray(from, to), base);
    for (let index = base; index < this.count; index++) this.start[index]! += shift;
    for (let index = from; other.below && index < to; index++) {
      const hop = other.hop![index]!;
      if (hop) this.setHop(base + index - from, hop, other.below[index]!, other.target![index]!);
    }
    for (let index = from; other.source && index < to; index++)
      this.setEndpoints(base + index - from, other.source[index]!, other.destination![index]!);
    for (let index = from; other.copies && index < to; index++)
      if (other.copies[index]) this.addCopy(base + index - from, other.copies[index]);
  }

  /** The one-based number of the message that stands at a one-based place in the source. */
  numberOf(place: number): number {
    return this.reordered ? this.reordered.indexOf(place - 1) + 1 : place;
  }

  /** The same rows once more, to be put into another order or settled without a change of these. */
  copy(): Columns {
    const copy = new Columns();
    const { count } = this;
    copy.count = count;
    const of = <T extends Float64Array | Uint32Array | Uint16Array>(column: T) => column.slice(0, count) as T;
    copy.start = of(this.start);
    copy.kind = of(this.kind);
    copy.cseqMethod = of(this.cseqMethod);
    for (const name of NUMBERS) copy[name] = of(this[name]);
    copy.time = this.time && of(this.time);
    for (const name of OPTIONAL) copy[name] = this[name] && of(this[name]);
    return copy;
  }

  /** Forgets the rows from a number on: they will be read again. */
  truncate(count: number): void {
    this.time?.fill(Number.NaN, count, this.count);
    for (const name of OPTIONAL) this[name]?.fill(0, count, this.count);
    this.count = count;
  }

  /** Puts the messages into another order: `order[n]` is the present number of the new message n. */
  reorder(order: Uint32Array): void {
    this.reordered = order;
    const permuted = <T extends Float64Array | Uint32Array | Uint16Array>(column: T): T => {
      const before = column.slice();
      for (let index = 0; index < order.length; index++) column[index] = before[order[index]!]!;
      return column;
    };
    for (const column of [this.start, this.bodyAt, this.length, this.kind, this.cseqMethod, this.cseq, this.call])
      permuted(column);
    for (const column of [this.fromTag, this.toTag, this.branch, this.sender, this.receiver, this.flags])
      permuted(column);
    for (const column of [this.time, this.below, this.hop, this.target, this.source, this.destination, this.copies])
      if (column) permuted(column);
  }

  private grow(): void {
    const { length } = this.start;
    const larger = length < 65_536 ? length * 4 : Math.ceil(length * 1.3);
    const size = Math.max(larger, Math.min(Math.ceil(this.expected), MOST_EXPECTED));
    this.start = moved(this.start, new Float64Array(size));
    if (this.time) this.time = moved(this.time, new Float64Array(size).fill(Number.NaN));
    for (const name of ['kind', 'cseqMethod'] as const) this[name] = moved(this[name], new Uint16Array(size));
    for (const name of NUMBERS) this[name] = moved(this[name], new Uint32Array(size));
    for (const name of OPTIONAL) {
      const column = this[name];
      if (column) this[name] = moved(column, new Uint32Array(size));
    }
  }
}

/** The columns of 32 bits that every message has. */
const NUMBERS = [
  'bodyAt',
  'length',
  'cseq',
  'call',
  'fromTag',
  'toTag',
  'branch',
  'sender',
  'receiver',
  'flags',
] as const;

/** The columns that every message has. */
const ROWS = ['start', 'kind', 'cseqMethod', ...NUMBERS] as const;

/** Those that are made when they are needed, beside the times. */
const OPTIONAL = ['below', 'hop', 'target', 'source', 'destination', 'copies'] as const;

function moved<T extends Float64Array | Uint32Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
