import type { Problem } from '../base/text.ts';
import type { Flow } from '../flow/flow.ts';
import type { TextTrace } from '../trace/text.ts';
import type { Value } from './value.ts';

/** What a filter is asked of: a trace, how its messages belong together, and what the checks found in it. */
export interface Subject {
  readonly trace: Pick<TextTrace, 'count' | 'columns' | 'built' | 'method' | 'way' | 'message'>;
  readonly flow: Flow;
  /** By one-based number of the message. */
  readonly problems: ReadonlyMap<number, readonly Problem[]>;
}

/** Whether a message (zero-based) fits; made once for each trace. */
export type Test = (subject: Subject) => (index: number) => boolean;

/** What is asked: numbers that are at hand; then what the checks found; then the parsed message. */
export const STAGES = ['columns', 'checks', 'message'] as const;
export type Stage = (typeof STAGES)[number];

/** What may stand before the colon in a filter: one object here, one line in the list. */
export interface FilterKey {
  readonly name: string;
  /** What stands behind the colon, as an example. */
  readonly value: string;
  readonly about: string;
  /** Values to be offered, and what single ones of them mean where the key does not say it. */
  readonly values?: readonly string[];
  readonly meanings?: Readonly<Record<string, string>>;
  readonly on: Stage;
  /** Commas part several values, of which one must hold; not so in text. */
  readonly isList?: false;
  /** The test for a value, or what is wrong with it in a sentence. */
  read(value: Value): Test | string;
}

/** Tests that hold for what a table gives for their value. */
export function oneOf(name: string, tests: Readonly<Record<string, Test>>): Pick<FilterKey, 'values' | 'read'> {
  const values = Object.keys(tests);
  return {
    values,
    read: ({ text }) => tests[text.toLowerCase()] ?? `${name}: is one of ${values.join(', ')}, not “${text}”`,
  };
}
