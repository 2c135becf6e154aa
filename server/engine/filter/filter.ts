import { STAGES, type Stage, type Subject } from './key.ts';
import type { Filter, Term } from './parse.ts';

/** How much is shown around a message that fits: nothing, its transaction, its dialog, its call with all of its legs. */
export const CONTEXTS = ['message', 'transaction', 'dialog', 'call'] as const;
export type Context = (typeof CONTEXTS)[number];

/** Whether a filter asks what the checks found, so that they must have been done. */
export function asksForProblems({ terms }: Filter): boolean {
  return terms.some(({ key }) => key.on === 'checks');
}

/** The messages that fit: 1 for each (zero-based) that does. What is asked of columns comes first; messages are parsed only where that does not decide. */
export function matchFilter(filter: Filter, subject: Subject): Uint8Array {
  const { count } = subject.trace;
  const fits = new Uint8Array(count);
  const stages = stagesOf(filter).map(({ terms }) => testOf(terms, subject));
  for (let index = 0; index < count; index++) if (stages.every((holds) => holds(index))) fits[index] = 1;
  return fits;
}

/** The terms of a filter by what they are asked of, in the order in which that is done. */
export function stagesOf({ terms }: Filter): { readonly stage: Stage; readonly terms: readonly Term[] }[] {
  return STAGES.map((stage) => ({ stage, terms: terms.filter(({ key }) => key.on === stage) })).filter(
    (one) => one.terms.length > 0,
  );
}

/** Whether all terms hold for a message (zero-based). */
export function testOf(terms: readonly Term[], subject: Subject): (index: number) => boolean {
  const ready = terms.map(({ negated, tests }) => {
    const own = tests.map((test) => test(subject));
    return (index: number) => own.some((test) => test(index)) !== negated;
  });
  return (index) => ready.every((holds) => holds(index));
}

/**
 * Marks what belongs to the messages that are marked (1 for each by zero-based number).
 * @param callOf the call of each leg, by the number of its Call-ID
 */
export function widen(
  fits: Uint8Array,
  { trace, flow }: Pick<Subject, 'trace' | 'flow'>,
  context: Exclude<Context, 'message' | 'call'> | { readonly callOf: Uint32Array },
): void {
  if (context === 'dialog') mark(fits, flow.dialogs.of);
  else if (context === 'transaction') mark(fits, flow.transactions.of);
  else {
    const { call } = trace.columns;
    mark(
      fits,
      Uint32Array.from(fits, (_, index) => context.callOf[call[index]!]!),
    );
  }
}

/** @param groups the number of the group of each message; 0 is none */
function mark(fits: Uint8Array, groups: Uint32Array): void {
  const wanted = new Set<number>();
  for (let index = 0; index < fits.length; index++) if (fits[index] && groups[index]) wanted.add(groups[index]!);
  for (let index = 0; index < fits.length; index++) if (wanted.has(groups[index]!)) fits[index] = 1;
}
