import { textOf } from '../capture/bytes.ts';
import type { RowTrace } from '../ladder/rows.ts';
import type { SipMessage } from '../sip/message.ts';
import { TraceBuilder } from '../trace/builder.ts';
import { type Columns, Flag } from '../trace/columns.ts';
import { allFormats } from '../trace/formats/all.ts';
import type { ByteSource } from '../trace/pages.ts';
import { type MessageView, TextTrace, type Way } from '../trace/text.ts';
import type { Snapshot } from './snapshot.ts';

/** A message whose lines have a prefix is read with what stands before it on its line, no more than this. */
const BEFORE = 2048;
/** What lies closer together than this is read at once, up to so much. */
const NEAR = 32 * 1024;
const AT_ONCE = 4 * 1024 * 1024;

/** Messages of an indexed file that were read for somebody; each is known by its number in the snapshot. */
export class LoadedMessages implements RowTrace {
  readonly columns: Snapshot['columns'];
  private readonly trace: TextTrace;
  private readonly places: ReadonlyMap<number, number>;

  /** @param places the number in the small trace of each message */
  constructor(snapshot: Snapshot, trace: TextTrace, places: ReadonlyMap<number, number>) {
    this.columns = snapshot.columns;
    this.trace = trace;
    this.places = places;
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

  /** What stands between the messages of a file is not read. */
  captions(): string[] {
    return [];
  }

  private place(index: number): number {
    const place = this.places.get(index);
    if (place === undefined) throw new Error(`Message ${index + 1} was not read.`);
    return place;
  }
}

/**
 * Reads messages of an indexed file. What the source throws is passed on; what is missing in it reads as nothing.
 * @param longest of a longer message only the beginning is read, so many bytes of it
 */
export async function loadMessages(
  source: ByteSource,
  snapshot: Snapshot,
  indices: Iterable<number>,
  longest: number,
): Promise<LoadedMessages> {
  const { columns } = snapshot;
  const wanted = [...indices].sort((a, b) => columns.start[a]! - columns.start[b]!);
  const built = new TraceBuilder(snapshot.built);
  const places = new Map<number, number>();
  const parts: string[] = [];
  let length = 0;
  const add = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  for (const run of runsOf(snapshot, wanted, longest)) {
    const bytes = await readRange(source, run.from, run.to);
    for (const index of run.indices) {
      const start = columns.start[index]! - run.from;
      const end = wholeCharacters(bytes, start, start + Math.min(longest, columns.length[index]!));
      add(isPrefixed(columns, index) ? `\n${lineBefore(bytes, Math.min(start, end))}` : '\n');
      const text = textOf(bytes, Math.min(start, end), end);
      places.set(index, addRow(built, snapshot, index, { start: length, length: text.length }));
      add(text);
    }
  }
  return new LoadedMessages(snapshot, new TextTrace(parts.join(''), built), places);
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
  const inOrder = [...indices].sort((a, b) => columns.start[a]! - columns.start[b]!);
  for (const run of runsOf(snapshot, inOrder, longest)) {
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

/** The messages, in the order of the source, as parts of it that are read at once. */
function runsOf({ columns }: Snapshot, wanted: readonly number[], longest: number): Run[] {
  const runs: Run[] = [];
  for (const index of wanted) {
    const start = columns.start[index]!;
    const from = isPrefixed(columns, index) ? Math.max(0, start - BEFORE) : start;
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

function lineBefore(bytes: Uint8Array, at: number): string {
  let from = at;
  while (from > 0 && at - from < BEFORE && bytes[from - 1] !== 10 && bytes[from - 1] !== 13) from--;
  return textOf(bytes, from, at);
}

function addRow(built: TraceBuilder, { columns }: Snapshot, index: number, at: { start: number; length: number }) {
  const row = built.columns.count;
  built.columns.append(columns, index, index + 1, 0);
  built.columns.start[row] = at.start;
  built.columns.length[row] = at.length;
  const time = columns.timeOf(index);
  if (time !== null) built.columns.setTime(row, time);
  return row;
}
