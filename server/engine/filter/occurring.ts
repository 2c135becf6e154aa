import { roleOf } from '../flow/participants.ts';
import { REQUEST } from '../trace/columns.ts';
import type { Subject } from './key.ts';

/** A value that stands in a trace, and how many messages have it. */
export interface Occurring {
  /** As it is written in a filter: in quotation marks where it has to be. */
  readonly text: string;
  readonly count: number;
}

const MOST = 50;

/** What a key finds in a trace, the most frequent first; nothing for keys whose values are not counted. One pass over the columns. */
export function occurringValues(subject: Subject, key: string): readonly Occurring[] {
  const count = COUNTED[key];
  if (!count) return [];
  const counts = new Map<string, number>();
  count(subject, (value) => value && counts.set(value, (counts.get(value) ?? 0) + 1));
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([value, times]) => ({ text: quoted(value), count: times }));
}

type Counting = (subject: Subject, add: (value: string | null) => void) => void;

const COUNTED: Readonly<Record<string, Counting>> = {
  method: ({ trace }, add) => each(trace.count, (index) => add(trace.method(index))),
  status: ({ trace: { columns } }, add) =>
    each(columns.count, (index) => {
      const kind = columns.kind[index]!;
      if (kind > 0 && kind < REQUEST) add(String(kind));
    }),
  from: (subject, add) => parties(subject, ['sender'], add),
  to: (subject, add) => parties(subject, ['receiver'], add),
  party: (subject, add) => parties(subject, ['sender', 'receiver'], add),
  transport: ({ trace }, add) => each(trace.count, (index) => add(trace.way(index).transport)),
  problem: ({ problems }, add) => {
    for (const found of problems.values()) for (const rule of new Set(found.map((one) => one.rule))) add(rule);
  },
};

function each(count: number, act: (index: number) => void): void {
  for (let index = 0; index < count; index++) act(index);
}

/** By the name that the ladder has for them. */
function parties({ trace }: Subject, sides: readonly ('sender' | 'receiver')[], add: (value: string) => void): void {
  const { columns, built } = trace;
  const names = new Map<number, string>();
  const nameOf = (party: number) => {
    const name = names.get(party) ?? roleOf(built.parties.uri(party), built.parties.name(party)).label;
    names.set(party, name);
    return name;
  };
  each(columns.count, (index) => {
    for (const name of new Set(sides.map((side) => nameOf(columns[side][index]!)))) add(name);
  });
}

/** A value with blanks, commas or marks of the language itself holds together in quotation marks. */
function quoted(value: string): string {
  return /^[^\s,"/=-][^\s,"=]*$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
