import { REQUEST } from '../engine/trace/columns.ts';
import { firstFrom } from './searching.ts';
import type { ViewedTrace } from './viewed.ts';

/** So many are checked at once. */
const BATCH = 100;

/** The next message (one-based) with a problem, or a response of failure, going round; null if none, or where it was given up. */
export async function nextFinding(
  trace: ViewedTrace,
  after: number,
  direction: 1 | -1,
  isGivenUp: () => boolean,
): Promise<number | null> {
  return firstFrom(trace, { after, direction }, isGivenUp, async (indices) => {
    for (let at = 0; at < indices.length && !isGivenUp(); at += BATCH) {
      const part = indices.slice(at, at + BATCH);
      const found = await trace.found(part, isGivenUp);
      const first = part.find((index) => isFailure(trace, index) || found.has(index + 1));
      if (first !== undefined) return first;
    }
    return undefined;
  });
}

function isFailure({ columns }: ViewedTrace, index: number): boolean {
  const kind = columns.kind[index]!;
  return kind >= 400 && kind < REQUEST;
}
