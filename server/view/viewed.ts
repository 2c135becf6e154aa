import type { LineMap, Problem, Profile, Span } from '../engine/base/text.ts';
import type { Reading } from '../engine/engine.ts';
import type { LoadedMessages } from '../engine/indexed/load.ts';
import type { Snapshot } from '../engine/indexed/snapshot.ts';
import type { Skipped } from '../engine/trace/skipped.ts';
import type { CallSource } from './calls/callSource.ts';
import type { Clocks, FileReading } from './protocol.ts';

/**
 * Messages that are at hand, under the numbers they have in the trace (zero-based), and with what links them as a reading of their own, in
 * which `place` tells where each stands and `indices` which each is.
 */
export type Loaded = Pick<
  LoadedMessages,
  'columns' | 'told' | 'indices' | 'reading' | 'place' | 'message' | 'view' | 'method' | 'way' | 'captions'
>;

/** What the checks found in messages, by their one-based number; messages without findings are absent. */
export type Findings = ReadonlyMap<number, readonly Problem[]>;

/**
 * A trace as the answers to the page see it: an open document, or a file that is read by ranges. The numbers of all of its messages are
 * at hand, their texts are loaded. Message numbers are zero-based.
 */
export interface ViewedTrace
  extends Pick<Snapshot, 'columns' | 'built' | 'flow' | 'calls' | 'facts' | 'lanes' | 'told' | 'format'> {
  /** Rises with each change of the trace or of what is known of it. */
  readonly revision: number;
  /** Tells two states of the messages themselves apart. */
  readonly state: object;
  /** The file's name. */
  readonly title: string;
  readonly profiles: readonly Profile[];
  /** Something to know of the whole trace, in sentences. */
  readonly notices: readonly string[];
  readonly clocks: Clocks | null;
  readonly skipped: readonly Skipped[];
  /** How far a file is read; null where the trace is an open document. */
  readonly reading: FileReading | null;
  /** Turns offsets of the source into lines; null where it has none, or they are not counted. */
  readonly lines: Pick<LineMap, 'position'> | null;
  /** The message at a place of the source, or the one before it; null if none, or where lines are not counted. */
  indexAt(line: number, character: number): number | null;
  /** The zone in which the log writes its times, in minutes east of UTC; null where it names none, or that is not looked for. */
  readonly logZone: number | null;
  /** One-based numbers, ascending, of the messages that have captions. */
  captionRows(): readonly number[];
  /**
   * The texts of messages.
   * @param longest of a longer message only the beginning need be there, so many bytes
   * @param withRecords what a log says of a message beside it is wanted, too
   */
  load(indices: readonly number[], longest: number, withRecords?: boolean): Promise<Loaded>;
  /** What the checks have found in messages: as far as it is known soon. */
  soonFound(indices: readonly number[]): Promise<Findings>;
  /** The same once they have all been checked; where it was given up, as far as it is known. */
  found(indices: readonly number[], isGivenUp?: () => boolean): Promise<Findings>;
  /** What was found so far, in whatever messages were checked. */
  knownFindings(): Findings;
  /** What the checks have found in one message; null where they have not looked at it yet. */
  knownIn(index: number): readonly Problem[] | null;
  /** Those of the messages that may hold words (in lower case): where that is told faster than by their texts. */
  likely?(indices: readonly number[], words: string): Promise<readonly number[]>;
  /** What its tree of calls is made of. */
  callSource(): CallSource;
  /** All of it, as a text that can be read again. */
  whole(): Promise<Reading>;
}

/** Where a message stands in the source. */
export function spanOf({ columns }: Pick<ViewedTrace, 'columns'>, index: number): Span {
  const from = columns.start[index]!;
  return { from, to: from + columns.length[index]! };
}

/** All numbers from one (inclusive) to another (exclusive). */
export function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

/** How many octets messages have in all. */
export function bytesOf({ columns }: Pick<ViewedTrace, 'columns'>, indices?: readonly number[]): number {
  let bytes = 0;
  if (indices) for (const index of indices) bytes += columns.length[index]!;
  else for (let index = 0; index < columns.count; index++) bytes += columns.length[index]!;
  return bytes;
}
