import { REQUEST } from '../engine/trace/columns.ts';
import { unpackMessages } from './messageBits.ts';
import { firstFrom } from './searching.ts';
import type { ViewedTrace } from './viewed.ts';

/** So many are checked at once. */
const BATCH = 100;

/** Where somebody is who wants to go on to the next finding. */
export interface FindingWanted {
  readonly after: number;
  readonly direction: 1 | -1;
  /** Only these messages (`packMessages`) count; null is all. */
  readonly among: string | null;
}

/** The next message (one-based) with a problem, or a response of failure, going round; null if none, or where it was given up. */
export async function nextFinding(
  trace: ViewedTrace,
  { among, ...wanted }: FindingWanted,
  isGivenUp: () => boolean,
): Promise<number | null> {
  const counts = typeof among === 'string' ? unpackMessages(among) : () => true;
  return firstFrom(trace, wanted, isGivenUp, async (all) => {
    const indices = all.filter((index) => counts(index + 1));
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
