import type { Subject } from './key.ts';
import type { Filter } from './parse.ts';

/** How much is shown around a message that fits: nothing, its transaction, its dialog, all with its Call-ID. */
export const CONTEXTS = ['message', 'transaction', 'dialog', 'call'] as const;
export type Context = (typeof CONTEXTS)[number];

/** Whether a filter asks what the checks found, so that they must have been done. */
export function asksForProblems({ terms }: Filter): boolean {
  return terms.some(({ key }) => key.name === 'problem');
}

/** The messages that fit: 1 for each (zero-based) that does. What is asked of columns comes first; messages are parsed only where that does not decide. */
export function matchFilter(filter: Filter, subject: Subject, context: Context = 'message'): Uint8Array {
  const { count } = subject.trace;
  const fits = new Uint8Array(count);
  const sorted = [...filter.terms].sort((a, b) => Number(a.key.on === 'message') - Number(b.key.on === 'message'));
  const terms = sorted.map(({ negated, tests }) => {
    const ready = tests.map((test) => test(subject));
    return (index: number) => ready.some((test) => test(index)) !== negated;
  });
  for (let index = 0; index < count; index++) if (terms.every((holds) => holds(index))) fits[index] = 1;
  if (context !== 'message') widen(fits, groupsOf(subject, context));
  return fits;
}

/** The number of the group of each message; 0 is none. */
function groupsOf({ trace, flow }: Subject, context: Exclude<Context, 'message'>): Uint32Array {
  if (context === 'call') return trace.columns.call;
  return context === 'dialog' ? flow.dialogs.of : flow.transactions.of;
}

/** All of the groups of those that fit. */
function widen(fits: Uint8Array, groups: Uint32Array): void {
  const wanted = new Set<number>();
  for (let index = 0; index < fits.length; index++) if (fits[index] && groups[index]) wanted.add(groups[index]!);
  for (let index = 0; index < fits.length; index++) if (wanted.has(groups[index]!)) fits[index] = 1;
}
