import type { Problem } from './base/text.ts';
import { type Context, matchFilter } from './filter/filter.ts';
import type { Subject } from './filter/key.ts';
import type { Filter } from './filter/parse.ts';
import type { Reading } from './reading.ts';

/** The messages of a trace that a filter leaves: 1 for each (zero-based) that stays. */
export function selectMessages(
  reading: Reading,
  problems: readonly Problem[],
  filter: Filter,
  context: Context = 'message',
): Uint8Array {
  return matchFilter(filter, subjectOf(reading, problems), context);
}

/** What a filter is asked of. */
export function subjectOf({ trace, flow }: Reading, problems: readonly Problem[]): Subject {
  return { trace, flow, problems: findingsOf(problems) };
}

/** The problems by the one-based number of their message. */
export function findingsOf(problems: readonly Problem[]): Subject['problems'] {
  const found = new Map<number, Problem[]>();
  for (const problem of problems) {
    if (problem.messageIndex === null) continue;
    const known = found.get(problem.messageIndex);
    if (known) known.push(problem);
    else found.set(problem.messageIndex, [problem]);
  }
  return found;
}
