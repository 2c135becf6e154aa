import type { Problem } from '../engine/base/text.ts';
import type { Reading } from '../engine/engine.ts';
import { CONTEXTS, type Context } from '../engine/filter/filter.ts';
import { type Filter, parseFilter } from '../engine/filter/parse.ts';
import { selectMessages } from '../engine/selection.ts';
import { type Arguments, Failure, type Option, option } from './command.ts';

/** The options of commands whose messages can be filtered. */
export const filterOptions: readonly Option[] = [
  {
    name: 'filter',
    value: 'EXPR',
    about: 'only messages that fit, as in the ladder: method:INVITE status:>=400 -from:alice',
  },
  { name: 'context', value: 'WHAT', about: `what is shown with a message that fits: ${CONTEXTS.join(', ')}` },
];

/** What `--filter` and `--context` ask for. */
export interface Filtering {
  readonly filter: Filter;
  readonly context: Context;
}

/** The filter of the arguments, and more of it; null where there is none. Throws a `Failure` that tells what is wrong with it, and where. */
export function filteringOf(args: Arguments, more?: string): Filtering | null {
  const context = option(args, 'context') ?? 'message';
  if (!CONTEXTS.includes(context as Context))
    throw new Failure(`--context is one of ${CONTEXTS.join(', ')}, not “${context}”`);
  const texts = [...(args.options.get('filter') ?? []), ...(more ? [more] : [])];
  if (texts.length === 0) return null;
  const text = texts.join(' ');
  const { filter, problems } = parseFilter(text);
  const [problem] = problems;
  if (problem) throw new Failure(`--filter, character ${problem.from + 1}: ${problem.message}`);
  return { filter, context: context as Context };
}

/** The messages that stay: 1 for each by zero-based number. All, where there is no filter. */
export function chosen(filtering: Filtering | null, reading: Reading, problems: readonly Problem[]): Uint8Array {
  if (!filtering) return new Uint8Array(reading.trace.count).fill(1);
  return selectMessages(reading, problems, filtering.filter, filtering.context);
}
