import { memo } from '../base/memo.ts';
import { textOf } from '../capture/bytes.ts';
import { indexCalls } from '../flow/flow.ts';
import type { Reading } from '../flow/reading.ts';
import type { RowTrace } from '../ladder/rows.ts';
import type { SipMessage } from '../sip/message.ts';
import { TraceBuilder } from '../trace/builder.ts';
import { type Columns, Flag } from '../trace/columns.ts';
import { allFormats } from '../trace/formats/all.ts';
import type { ByteSource } from '../trace/pages.ts';
import { isLogged, type MessageView, TextTrace, type Way } from '../trace/text.ts';
import type { Snapshot } from './snapshot.ts';

/** A message whose lines have a prefix is read with what stands before it on its line, no more than this. */
const BEFORE = 2048;
/** What is said between messages is read with the one behind it, no more than this. */
const SAID = 20_000;
/** What a log says of a message is looked for in so much before it. */
const RECORD = 8 * 1024;
/** What lies closer together than this is read at once, up to so much. */
const NEAR = 32 * 1024;
const AT_ONCE = 4 * 1024 * 1024;

/** Messages of an indexed file that were read for somebody; each is known by its number in the snapshot. */
export class LoadedMessages implements RowTrace {
  readonly columns: Snapshot['columns'];
  readonly told: Snapshot['told'];
  /** Their numbers (zero-based), ascending. */
  readonly indices: Uint32Array;
  private readonly snapshot: Snapshot;
  private readonly trace: TextTrace;
  private readonly places: ReadonlyMap<number, number>;
  private ownReading: Reading | null = null;

  /** @param trace has the messages with these numbers, in their order */
  constructor(snapshot: Snapshot, indices: Uint32Array, trace: TextTrace) {
    this.columns = snapshot.columns;
    this.told = snapshot.told;
    this.snapshot = snapshot;
    this.indices = indices;
    this.trace = trace;
    this.places = new Map([...indices].map((index, place) => [index, place]));
  }

  /** The messages as a trace of their own, in which they are numbered anew, as `indices` tells. */
  get reading(): Reading {
    this.ownReading ??= readingOf(this.snapshot, this.indices, this.trace, this.places);
    return this.ownReading;
  }

  /** Whether a message was read. */
  has(index: number): boolean {
    return this.places.has(index);
  }

  message(index: number): SipMessage {
    return this.trace.message(this.place(index));
  }

  /** The message as lines. */
  view(index: number): MessageView {
    return this.trace.view(this.place(index));
  }

  method(index: number): string {
    return this.trace.method(this.place(index));
  }

  way(index: number): Way {
    return this.trace.way(this.place(index));
  }

  captions(index: number): string[] {
    return this.trace.captions(this.place(index));
  }

  /** Its number in the reading. */
  readonly place = (index: number): number => {
    const place = this.places.get(index);
    if (place === undefined) throw new Error(`Message ${index + 1} was not read.`);
    return place;
  };
}

/**
 * Reads messages of an indexed file. What the source throws is passed on; what is missing in it reads as nothing.
 * @param longest of a longer message only the beginning is read, so many bytes of it
 * @param withRecords what a log says of a message beside it is read, too
 */
export async function loadMessages(
  source: ByteSource,
  snapshot: Snapshot,
  wanted: Iterable<number>,
  longest: number,
  withRecords = false,
): Promise<LoadedMessages> {
  const { columns } = snapshot;
  const indices = Uint32Array.from(wanted).sort();
  const inSource = indices.slice().sort((a, b) => columns.start[a]! - columns.start[b]!);
  const places = new Map<number, { start: number; length: number }>();
  const parts: string[] = [];
  let length = 0;
  const add = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  const room = (index: number) => roomBefore(snapshot, index, withRecords);
  for (const run of runsOf(snapshot, inSource, longest, room)) {
    const bytes = await readRange(source, run.from, run.to);
    for (const index of run.indices) {
      const start = columns.start[index]! - run.from;
      const end = wholeCharacters(bytes, start, start + Math.min(longest, columns.length[index]!));
      const isOfLine = isPrefixed(columns, index) && !withRecords;
      add(`\n${before(bytes, Math.min(start, end), isOfLine ? null : room(index))}`);
      const text = textOf(bytes, Math.min(start, end), end);
      places.set(index, { start: length, length: text.length });
      add(text);
    }
  }
  const built = new TraceBuilder(snapshot.built);
  for (const index of indices) addRow(built, snapshot, index, places.get(index)!);
  const told = { sender: rowsOf(snapshot.told.sender, indices), receiver: rowsOf(snapshot.told.receiver, indices) };
  return new LoadedMessages(snapshot, indices, new TextTrace(parts.join(''), built, told));
}

function rowsOf(column: Uint32Array, indices: Uint32Array): Uint32Array {
  return indices.map((index) => column[index]!);
}

/** The messages with what links them in the snapshot. A Call-ID of which not all messages are there is not judged as a call. */
function readingOf(
  snapshot: Snapshot,
  indices: Uint32Array,
  trace: TextTrace,
  places: ReadonlyMap<number, number>,
): Reading {
  const { transactions, dialogs } = snapshot.flow;
  const place = (number: number) => (number === 0 ? 0 : (places.get(number - 1) ?? -1) + 1);
  numberCalls(snapshot, indices, trace.built);
  const { facts } = snapshot;
  return {
    trace,
    flow: {
      transactions: {
        count: transactions.count,
        of: rowsOf(transactions.of, indices),
        respondsTo: rowsOf(transactions.respondsTo, indices).map(place),
        retransmissionOf: rowsOf(transactions.retransmissionOf, indices).map(place),
      },
      dialogs: { count: dialogs.count, of: rowsOf(dialogs.of, indices) },
    },
    calls: indexCalls(trace.built),
    facts: {
      ...facts,
      behind: (index) => facts.behind(indices[index]!),
      until: (index) => facts.until(indices[index]!),
    },
    isPart: indices.length < snapshot.columns.count,
  };
}

/** Numbers the Call-IDs anew, since there may be very many more in the file; 0 where one is not whole. */
function numberCalls({ columns, calls: { starts } }: Snapshot, indices: Uint32Array, built: TraceBuilder): void {
  const counts = new Map<number, number>();
  for (const index of indices) counts.set(columns.call[index]!, (counts.get(columns.call[index]!) ?? 0) + 1);
  const numbers = new Map<number, number>([[0, 0]]);
  for (const [call, count] of counts)
    if (call > 0) numbers.set(call, count === starts[call + 1]! - starts[call]! ? numbers.size : 0);
  for (const [place, index] of indices.entries()) built.columns.call[place] = numbers.get(columns.call[index]!)!;
  built.calls = numbers.size;
}

/** A part of the source that is read at once, with the messages that lie in it. */
export interface RawRun {
  readonly bytes: Uint8Array;
  /** In the order of the source. `isAltered`: the message does not stand in the source as it was sent. */
  readonly messages: readonly {
    readonly index: number;
    readonly from: number;
    readonly to: number;
    readonly isAltered: boolean;
  }[];
}

/** Reads messages of an indexed file as they stand there, without making texts of them. */
export async function* rawRuns(
  source: ByteSource,
  snapshot: Snapshot,
  indices: readonly number[],
  longest: number,
): AsyncGenerator<RawRun> {
  const { columns } = snapshot;
  const inOrder = Uint32Array.from(indices).sort((a, b) => columns.start[a]! - columns.start[b]!);
  for (const run of runsOf(snapshot, inOrder, longest, (index) => roomBefore(snapshot, index, false))) {
    const messages = run.indices.map((index) => {
      const from = columns.start[index]! - run.from;
      const to = from + Math.min(longest, columns.length[index]!);
      return { index, from, to, isAltered: isAltered(columns, index) };
    });
    yield { bytes: await readRange(source, run.from, run.to), messages };
  }
}

/** A record of a log may hold a message in other ways than its flags tell. */
function isAltered({ flags }: Columns, index: number): boolean {
  const format = flags[index]! >>> Flag.formatShift;
  return (flags[index]! & Flag.altered) !== 0 || allFormats[format]!.peel !== undefined;
}

interface Run {
  readonly from: number;
  to: number;
  readonly indices: number[];
}

/** The messages, in the order of the source, as parts of it that are read at once, each with some room before it. */
function runsOf(
  { columns }: Snapshot,
  wanted: Iterable<number>,
  longest: number,
  room: (index: number) => number,
): Run[] {
  const runs: Run[] = [];
  for (const index of wanted) {
    const start = columns.start[index]!;
    const from = start - room(index);
    const to = start + Math.min(longest, columns.length[index]!);
    const run = runs.at(-1);
    if (run && from - run.to <= NEAR && to - run.from <= AT_ONCE) {
      run.to = Math.max(run.to, to);
      run.indices.push(index);
    } else runs.push({ from, to, indices: [index] });
  }
  return runs;
}

/** As much of the range as there is. */
async function readRange(source: ByteSource, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const read = await source.read(from + filled, bytes.subarray(filled));
    if (read <= 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function isPrefixed({ flags }: Columns, index: number): boolean {
  return (flags[index]! & Flag.prefixed) !== 0;
}

/** The end, or where the character begins that is cut there. */
function wholeCharacters(bytes: Uint8Array, from: number, end: number): number {
  if (end >= bytes.length) return bytes.length;
  let to = end;
  while (to > from && to > end - 4 && (bytes[to]! & 0xc0) === 0x80) to--;
  return to;
}

/** How much in front of a message is read with it. */
function roomBefore(snapshot: Snapshot, index: number, withRecords: boolean): number {
  const { columns } = snapshot;
  const room = columns.start[index]! - endBefore(snapshot)(index);
  if (withRecords && isLogged(columns.flags[index]!)) return Math.min(room, RECORD);
  if (isPrefixed(columns, index)) return Math.min(columns.start[index]!, BEFORE);
  return isLogged(columns.flags[index]!) ? 0 : Math.min(room, SAID);
}

/** What stands in front of a message that begins there: so much, or what is on its line. */
function before(bytes: Uint8Array, at: number, room: number | null): string {
  if (room !== null) return textOf(bytes, Math.max(0, at - room), at);
  let from = at;
  while (from > 0 && at - from < BEFORE && bytes[from - 1] !== 10 && bytes[from - 1] !== 13) from--;
  return textOf(bytes, from, at);
}

/** Where the message ends that stands in the source before another one. */
const endBefore: (snapshot: Snapshot) => (index: number) => number = memo(({ columns }) => {
  const { start, length, count } = columns;
  const ends = new Float64Array(count);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  if (order.some((index) => index > 0 && start[index]! < start[index - 1]!))
    order.sort((a, b) => start[a]! - start[b]!);
  for (let place = 1; place < count; place++) {
    const previous = order[place - 1]!;
    ends[order[place]!] = Math.min(start[previous]! + length[previous]!, start[order[place]!]!);
  }
  return (index) => ends[index]!;
});

function addRow(
  built: TraceBuilder,
  { columns }: Snapshot,
  index: number,
  at: { start: number; length: number },
): void {
  const row = built.columns.count;
  built.columns.append(columns, index, index + 1, 0);
  built.columns.start[row] = at.start;
  built.columns.length[row] = at.length;
  const time = columns.timeOf(index);
  if (time !== null) built.columns.setTime(row, time);
}
