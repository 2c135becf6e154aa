import { Mark } from '../server/view/protocol.ts';
import type { RowMap } from './layout.ts';

/** What a strip is made of. */
export interface StripSource {
  readonly map: RowMap;
  /** What is known of each message of the trace, and when it was (`Overview`). */
  readonly marks: Uint8Array;
  readonly times: Float64Array | null;
  /** How high it is, in pixels. */
  readonly pixels: number;
}

/** How many messages a stretch has, and how many of them failed, have errors, have warnings at most, and were not checked yet. */
export interface Tally {
  readonly messages: number;
  readonly failures: number;
  readonly errors: number;
  readonly warnings: number;
  readonly unchecked: number;
}

const NOTHING: Tally = { messages: 0, failures: 0, errors: 0, warnings: 0, unchecked: 0 };

/** All rows on few pixels. */
export interface Strip {
  readonly pixels: number;
  /** What is known of all messages that are shown. */
  readonly all: Tally;
  /** How fast messages came in each of as many stretches of rows, in messages a second; NaN where that is not known. */
  readonly rates: Float64Array;
  /** For each stretch of rows, a pixel or more high: which part of its messages failed or has errors, and which part has warnings at most. */
  readonly grave: Float64Array;
  readonly warned: Float64Array;
}

/** A bar is so many pixels high at least, and stands for so many messages: fewer tell no speed. */
const [BAR_PIXELS, BAR_MESSAGES] = [3, 4];
const GRAVE = Mark.failure | Mark.error;

/** Puts all rows on a strip; linear in the messages. */
export function stripOf({ map, marks, times, pixels }: StripSource): Strip {
  const rows = Math.max(1, map.count);
  const stretches = Math.max(1, Math.min(pixels, rows));
  const tally = { ...NOTHING };
  const [all, grave, warned] = [0, 1, 2].map(() => new Float64Array(stretches)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const bars = Math.max(1, Math.min(Math.floor(pixels / BAR_PIXELS), Math.ceil(map.told / BAR_MESSAGES)));
  const speeds = new Speeds(bars);
  map.each((message, row) => {
    const own = marks[message - 1] ?? 0;
    const stretch = Math.floor((row * stretches) / rows);
    all[stretch]!++;
    count(tally, own);
    if (own & GRAVE) grave[stretch]!++;
    else if (own & Mark.warning) warned[stretch]!++;
    if (times) speeds.add(Math.floor((row * bars) / rows), times[message - 1] ?? Number.NaN);
  });
  const share = (count: number, stretch: number) => count / Math.max(1, all[stretch]!);
  return { pixels, all: tally, grave: grave.map(share), warned: warned.map(share), rates: speeds.rates() };
}

/** How fast messages came in each stretch: those of it, in the time since the stretch before; not known where the clock went back. */
class Speeds {
  private readonly counts: Float64Array;
  private readonly ends: Float64Array;
  private first = Number.NaN;

  constructor(stretches: number) {
    this.counts = new Float64Array(stretches);
    this.ends = new Float64Array(stretches).fill(Number.NaN);
  }

  add(stretch: number, time: number): void {
    if (Number.isNaN(time)) return;
    if (Number.isNaN(this.first)) this.first = time;
    else this.counts[stretch]!++;
    this.ends[stretch] = time;
  }

  rates(): Float64Array {
    let last = this.first;
    return this.counts.map((messages, stretch) => {
      const end = this.ends[stretch]!;
      const wait = end - last;
      if (Number.isNaN(end)) return Number.NaN;
      last = end;
      return messages === 0 || wait < 0 ? Number.NaN : (messages / Math.max(1, wait)) * 1000;
    });
  }
}

/** The fastest is at least so many times the slowest, or bars differ less. */
const LEAST_RANGE = 8;
const SHORTEST = 0.12;

/** How long the bar of each stretch is, from 0 to 1, by the logarithm of its speed: a burst is long, a quiet time short. */
export function barLengths(rates: Float64Array): Float64Array {
  let [slowest, fastest] = [Number.POSITIVE_INFINITY, 0];
  for (const rate of rates) {
    if (rate < slowest) slowest = rate;
    if (rate > fastest) fastest = rate;
  }
  const range = Math.log(Math.max(LEAST_RANGE, fastest / slowest));
  return rates.map((rate) => (Number.isNaN(rate) ? 0 : SHORTEST + (1 - SHORTEST) * (Math.log(rate / slowest) / range)));
}

/** So faint at most is what is everywhere. */
const FAINTEST = 0.2;

/**
 * How strongly each stretch is marked, from 0 to 1, by the part of its messages that is to be marked: where few stretches have any, all are
 * strong, so that one message in a thousand is seen; where most have, each is as strong as its part, so that what is usual hides nothing.
 */
export function tickStrengths(shares: Float64Array): Float64Array {
  let marked = 0;
  for (const share of shares) if (share > 0) marked++;
  const usual = (1 - FAINTEST) * (marked / shares.length);
  return shares.map((share) => (share > 0 ? 1 - usual * (1 - share) : 0));
}

/** What lies in the rows of a stretch (the second one exclusive): the first and last message, and how many of which kind. Of few rows only. */
export function stretchOf(map: RowMap, marks: Uint8Array, from: number, to: number) {
  const tally = { ...NOTHING };
  for (let row = from; row < to; row++) {
    const { message, caption, gap } = map.at(row);
    if (!caption && !gap) count(tally, marks[message - 1] ?? 0);
  }
  return { first: map.at(from).message, last: map.at(to - 1).message, tally: tally as Tally };
}

function count(tally: { -readonly [K in keyof Tally]: Tally[K] }, marks: number): void {
  tally.messages++;
  if (marks & Mark.failure) tally.failures++;
  if (marks & Mark.error) tally.errors++;
  else if (marks & Mark.warning) tally.warnings++;
  if (!(marks & Mark.checked)) tally.unchecked++;
}
