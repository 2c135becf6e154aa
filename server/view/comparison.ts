import { canonicalMessage } from '../engine/compare/canonical.ts';
import { type Extent, PLACEHOLDER } from '../engine/compare/noise.ts';
import { roleOf } from '../engine/flow/participants.ts';
import type { Loaded, ViewedTrace } from './viewed.ts';

export type { Extent };

/** So many messages of a call are compared. */
const MOST = 2000;

/** A message (zero-based) as lines that can be compared with those of another one. */
export function comparableMessage(loaded: Pick<Loaded, 'message'>, index: number, extent: Extent): string {
  return canonicalMessage(loaded.message(index), extentOf(extent));
}

/**
 * The messages of a call (zero-based numbers), each below a line that says who sends what to whom. Names are left out where only what matters
 * is compared: in another call others do the same.
 */
export function comparableCall(trace: ViewedTrace, loaded: Loaded, members: Iterable<number>, extent: Extent): string {
  const parts: string[] = [];
  for (const index of members) {
    if (parts.length === MOST) {
      parts.push(`The call has more than ${MOST} messages: the others are left out.\n`);
      break;
    }
    parts.push(`${headLine(trace, index, extentOf(extent))}\n\n${comparableMessage(loaded, index, extent)}`);
  }
  return parts.join('\n');
}

function headLine({ columns, built }: ViewedTrace, index: number, extent: Extent): string {
  const name = (party: number) => roleOf(built.parties.uri(party), built.parties.name(party)).label;
  const number = extent === 'everything' ? index + 1 : PLACEHOLDER;
  return `# Message ${number}: ${name(columns.sender[index]!)} → ${name(columns.receiver[index]!)}`;
}

/** Whatever else is asked for is what matters. */
function extentOf(extent: Extent): Extent {
  return extent === 'everything' ? 'everything' : 'what matters';
}
