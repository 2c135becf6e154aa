import { breath } from './slices.ts';
import { numbers, type ViewedTrace } from './viewed.ts';

/** So much of a message is looked through. */
const LOOKED_THROUGH = 4 * 1024 * 1024;
const BATCH = 1000;
const SLICE_MS = 12;

/** What is looked for, from which message on (one-based), and in which direction. */
export interface Wanted {
  readonly words: string;
  readonly after: number;
  readonly direction: 1 | -1;
}

/** The next message (one-based) that holds the words, whatever their case, going round; null if none, or where it was given up. */
export async function search(trace: ViewedTrace, wanted: Wanted, isGivenUp: () => boolean): Promise<number | null> {
  const words = wanted.words.trim().toLowerCase();
  if (!words) return null;
  return firstFrom(trace, wanted, isGivenUp, async (indices) => {
    const likely = (await trace.likely?.(indices, words)) ?? indices;
    if (likely.length === 0) return undefined;
    const loaded = await trace.load(likely, LOOKED_THROUGH);
    return likely.find((index) => {
      const { text, from, to } = loaded.view(index);
      return text.slice(from, to).toLowerCase().includes(words);
    });
  });
}

/**
 * The first message (one-based) that `find` finds, from one on in a direction, going round; null if none, or where it was given up.
 * @param find gives the first of these (zero-based), in the order in which it gets them
 */
export async function firstFrom(
  { columns: { count } }: ViewedTrace,
  { after, direction }: Omit<Wanted, 'words'>,
  isGivenUp: () => boolean,
  find: (indices: readonly number[]) => Promise<number | undefined>,
): Promise<number | null> {
  let slice = performance.now();
  for (let step = 1; step <= count; step += BATCH) {
    const indices = numbers(step, Math.min(step + BATCH, count + 1)).map(
      (one) => (((after - 1 + direction * one) % count) + count) % count,
    );
    const found = await find(indices);
    if (found !== undefined) return found + 1;
    if (performance.now() - slice > SLICE_MS) {
      await breath();
      slice = performance.now();
    }
    if (isGivenUp()) return null;
  }
  return null;
}
