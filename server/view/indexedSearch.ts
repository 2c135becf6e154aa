import { type LoadedMessages, loadMessages, rawRuns } from '../engine/indexed/load.ts';
import type { Indexed } from './indexedAnswers.ts';

/** So much of a message is looked through. */
const LOOKED_THROUGH = 4 * 1024 * 1024;
const BATCH = 1000;
const SLICE_MS = 12;
const OTHERS = /[^ -~]/;

/** What is looked for, from which message on (one-based), and in which direction. */
export interface Wanted {
  readonly words: string;
  readonly after: number;
  readonly direction: 1 | -1;
}

/**
 * The next message (one-based) that holds the words, whatever their case, going round; null if none, or where it was given up. Reads
 * the file again as far as it needs to.
 */
export async function search(of: Indexed, wanted: Wanted, isGivenUp: () => boolean): Promise<number | null> {
  const words = wanted.words.trim().toLowerCase();
  const { count } = of.snapshot.columns;
  let slice = performance.now();
  for (let step = 1; words && step <= count; step += BATCH) {
    const indices = numbers(step, Math.min(step + BATCH, count + 1)).map((one) => {
      const place = wanted.after - 1 + wanted.direction * one;
      return ((place % count) + count) % count;
    });
    const found = await firstWith(of, indices, words);
    if (found !== undefined) return found + 1;
    if (performance.now() - slice > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      slice = performance.now();
    }
    if (isGivenUp()) return null;
  }
  return null;
}

/** Words of ASCII are looked for in the bytes of the file first, so that few messages are made texts. */
async function firstWith(of: Indexed, indices: readonly number[], words: string): Promise<number | undefined> {
  const likely = OTHERS.test(words) ? new Set(indices) : await mayHold(of, indices, words);
  if (likely.size === 0) return undefined;
  const own = indices.filter((index) => likely.has(index));
  const trace = await loadMessages(of.source, of.snapshot, own, LOOKED_THROUGH);
  return own.find((index) => holds(trace, index, words));
}

async function mayHold(of: Indexed, indices: readonly number[], words: string): Promise<Set<number>> {
  const likely = new Set<number>();
  const latin1 = new TextDecoder('latin1');
  for await (const { bytes, messages } of rawRuns(of.source, of.snapshot, indices, LOOKED_THROUGH)) {
    const text = latin1.decode(bytes).toLowerCase();
    let hit = text.indexOf(words);
    for (const { index, from, to, isAltered } of messages) {
      if (hit >= 0 && hit < from) hit = text.indexOf(words, from);
      if (isAltered || (hit >= 0 && hit < to)) likely.add(index);
    }
  }
  return likely;
}

function holds(trace: LoadedMessages, index: number, words: string): boolean {
  const { text, from, to } = trace.view(index);
  return text.slice(from, to).toLowerCase().includes(words);
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
