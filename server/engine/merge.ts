import { durationWords } from './base/time.ts';
import { messageMark, together } from './trace/formats/capture.ts';
import type { TextTrace } from './trace/text.ts';

/** Times without a date lie on the first days of 1970. */
const A_YEAR = 366 * 86_400_000;

/** A trace that is to be merged with others. */
export interface MergePart {
  readonly name: string;
  readonly trace: TextTrace;
}

/** By how much a clock is ahead of that of the files before it; negative where it is behind. */
export interface ClockSkew {
  readonly milliseconds: number;
  /** How many messages that were seen on both sides tell so. */
  readonly pairs: number;
}

/** What became of a trace. */
export interface MergedFile {
  readonly name: string;
  readonly format: string;
  readonly messages: number;
  /** Null for the first file, and where no message was seen on both sides. */
  readonly clock: ClockSkew | null;
}

/** Where a message was seen, by the number of the file, and when by the clock there. */
export interface Sighting {
  readonly file: number;
  readonly time: number | null;
}

/** Several traces as one. */
export interface Merged {
  /** Read as a trace, it has the messages in the order of their times, each once. */
  readonly text: string;
  readonly files: readonly MergedFile[];
  /** Of each message of the text, in order. */
  readonly seen: readonly (readonly Sighting[])[];
}

interface Entry {
  readonly message: string;
  readonly part: number;
  readonly index: number;
  /** By which it stands in the order. */
  readonly time: number;
  /** The time by the clock of the first file. */
  readonly clock: number;
  readonly seen: Sighting[];
}

/**
 * Merges traces by time. The same text, seen the n-th time in two traces, is one message: what the times of such messages differ by
 * tells how far the clocks are apart. Only with `aligned` are the times put right.
 */
export function mergeTraces(parts: readonly MergePart[], times: 'as written' | 'aligned'): Merged {
  const entries: Entry[] = [];
  const known = new Map<string, Entry[]>();
  const files = parts.map((part, number): MergedFile => {
    const met = sightings(part.trace, known);
    const clock = number === 0 ? null : skewOf(part.trace, met);
    const shift = clock?.milliseconds ?? 0;
    let last = Number.NEGATIVE_INFINITY;
    for (const { index, text, key, entry } of met) {
      const time = part.trace.columns.timeOf(index);
      if (time !== null) last = time;
      const sighting = { file: number, time };
      if (entry) entry.seen.push(sighting);
      else {
        const shown = times === 'aligned' ? last - shift : last;
        const made = { message: text, part: number, index, time: shown, clock: last - shift, seen: [sighting] };
        entries.push(made);
        const alike = known.get(key) ?? [];
        alike.push(made);
        known.set(key, alike);
      }
    }
    return { name: part.name, format: part.trace.format, messages: part.trace.count, clock };
  });
  entries.sort((a, b) => a.time - b.time || a.part - b.part || a.index - b.index);
  const text = entries.map((entry) => written(parts[entry.part]!.trace, entry)).join('');
  return { text, files, seen: entries.map(({ seen }) => seen) };
}

/** Why traces cannot be merged by time, in a sentence; null where they can. */
export function whyNotMerged(parts: readonly MergePart[]): string | null {
  const firsts = parts.map(({ trace: { columns } }) => columns.time?.subarray(0, columns.count).find(Number.isFinite));
  const timeless = firsts.indexOf(undefined);
  if (timeless >= 0) return `${parts[timeless]!.name}: its messages have no times by which they could be merged`;
  const undated = firsts.findIndex((time) => time! < A_YEAR);
  if (undated < 0 || firsts.every((time) => time! < A_YEAR)) return null;
  return `${parts[undated]!.name}: its times have no dates, those of the other files do`;
}

/** By how much a clock is off, in words: `213 ms behind (41 messages were seen in both)`. */
export function skewWords({ milliseconds, pairs }: ClockSkew): string {
  const seen = `${pairs} ${pairs === 1 ? 'message was' : 'messages were'} seen in both`;
  if (milliseconds === 0) return `not off (${seen})`;
  return `${durationWords(Math.abs(milliseconds))} ${milliseconds < 0 ? 'behind' : 'ahead'} (${seen})`;
}

interface Met {
  readonly index: number;
  readonly text: string;
  readonly key: string;
  /** The message as files before this one have it. */
  readonly entry: Entry | undefined;
}

/** The messages of a trace with those that they are copies of, told by their text and how often it was seen. */
function sightings(trace: TextTrace, known: ReadonlyMap<string, readonly Entry[]>): Met[] {
  const counts = new Map<string, number>();
  return Array.from({ length: trace.count }, (_, index) => {
    const { text: whole, from, to } = trace.view(index);
    const text = whole.slice(from, to);
    const key = keyOf(text);
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return { index, text, key, entry: known.get(key)?.[count] };
  });
}

/** Line ends and what stands behind a message are the log's, not the sender's. */
function keyOf(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd();
}

/** The median of what the times of the same messages differ by. */
function skewOf({ columns }: TextTrace, met: readonly Met[]): ClockSkew | null {
  const differences: number[] = [];
  for (const { index, entry } of met) {
    const time = columns.timeOf(index);
    if (entry && time !== null && Number.isFinite(entry.clock)) differences.push(time - entry.clock);
  }
  if (differences.length === 0) return null;
  differences.sort((a, b) => a - b);
  const middle = differences.length >> 1;
  const odd = differences.length % 2 === 1;
  const median = odd ? differences[middle]! : (differences[middle - 1]! + differences[middle]!) / 2;
  return { milliseconds: Math.round(median * 1000) / 1000, pairs: differences.length };
}

function written(trace: TextTrace, { message, index, time, seen }: Entry): string {
  const { source, destination, transport } = trace.way(index);
  const facts = {
    time: Number.isFinite(time) ? time : null,
    transport: transport ?? '',
    source: source ?? '',
    destination: destination ?? '',
    copies: seen.length - 1 + trace.columns.copiesOf(index),
  };
  return `${messageMark(together.id, facts)}${message}${message.endsWith('\n') ? '\n' : '\n\n'}`;
}
