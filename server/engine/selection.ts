import type { Problem } from './base/text.ts';
import { type Context, matchFilter, widen } from './filter/filter.ts';
import type { Subject } from './filter/key.ts';
import type { Filter } from './filter/parse.ts';
import { callsOfLegs } from './flow/sessions/grouping.ts';
import { linkLegs } from './flow/sessions/legs.ts';
import type { Reading } from './reading.ts';

/** The messages of a trace that a filter leaves, with what belongs to them: 1 for each (zero-based) that stays. */
export function selectMessages(
  reading: Reading,
  problems: readonly Problem[],
  filter: Filter,
  context: Context = 'message',
): Uint8Array {
  const subject = subjectOf(reading, problems);
  const fits = matchFilter(filter, subject);
  if (context === 'call') widen(fits, subject, { callOf: callsOf(reading) });
  else if (context !== 'message') widen(fits, subject, context);
  return fits;
}

/** The call of each leg, as the evidence in the trace tells it. */
function callsOf({ trace, flow }: Reading): Uint32Array {
  return callsOfLegs(linkLegs(trace, flow), trace.built.calls);
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
