import { REQUEST } from '../../engine/trace/columns.ts';
import type { CallsView } from './callNode.ts';
import type { CallTable } from './callTable.ts';

/** The calls that are listed, in order. */
export interface CallEntries {
  /** The calls, or the first of several that are one entry. */
  readonly heads: readonly number[];
  /** The calls that are one entry, by the first of them. */
  readonly folds: ReadonlyMap<number, readonly number[]>;
  /** The entry of each call that is in such a one. */
  readonly headOf: ReadonlyMap<number, number>;
  /** How many calls are listed. */
  readonly shown: number;
}

/** What user agents send over and over, each time with another Call-ID. */
const KEPT_ALIVE = ['OPTIONS', 'REGISTER', 'NOTIFY', 'PUBLISH'];
const MANY = 3;
/** So many calls of one conference are one entry. */
const SEVERAL = 2;

/** The calls that a view lists. It costs a pass over all calls; the last answer is kept. */
export function entriesOf(table: CallTable, { show, order }: CallsView): CallEntries {
  const key = `${show} ${order}`;
  const before = latest.get(table);
  if (before?.key === key) return before.entries;
  const wanted = show === 'all' ? table.calls : table.calls.filter((call) => table.outcomeOf(call) === show);
  const entries = folded(table, order === 'duration' ? byDuration(table, wanted) : wanted);
  latest.set(table, { key, entries });
  return entries;
}

const latest = new WeakMap<CallTable, { readonly key: string; readonly entries: CallEntries }>();

/** The longest first, those without times last. */
function byDuration(table: CallTable, calls: readonly number[]): number[] {
  const durations = new Map(calls.map((call) => [call, durationOf(table, call) ?? -1]));
  return [...calls].sort((one, other) => durations.get(other)! - durations.get(one)!);
}

/** From the first message of a call to the last of any of its legs, in milliseconds; null where they have no times. */
export function durationOf({ source, legsOf }: CallTable, call: number): number | null {
  const { starts, order } = source.legs;
  const { columns } = source.messages;
  const start = columns.timeOf(order[starts[call]!]!);
  const ends = (legsOf.get(call) ?? [call]).map((leg) => columns.timeOf(order[starts[leg + 1]! - 1]!));
  const end = Math.max(...ends.map((time) => time ?? Number.NaN));
  return start === null || Number.isNaN(end) ? null : end - start;
}

/** The calls of one conference are one entry, and so are requests of one kind from one party to another, over and over. */
function folded(table: CallTable, calls: readonly number[]): CallEntries {
  const groups = new Map<string, number[]>();
  for (const call of calls) {
    const key = conferenceKey(table, call) || keptAliveKey(table, call);
    const group = key && groups.get(key);
    if (group) group.push(call);
    else if (key) groups.set(key, [call]);
  }
  const folds = new Map<number, readonly number[]>();
  const headOf = new Map<number, number>();
  for (const group of groups.values()) {
    if (group.length < (table.conferences.has(group[0]!) ? SEVERAL : MANY)) continue;
    folds.set(group[0]!, group);
    for (const call of group) headOf.set(call, group[0]!);
  }
  const heads = calls.filter((call) => (headOf.get(call) ?? call) === call);
  return { heads, folds, headOf, shown: calls.length };
}

/** The conference that a call is about; '' where it is about none. */
function conferenceKey({ conferences }: CallTable, call: number): string {
  const found = conferences.get(call);
  return found ? `conference ${found.key}` : '';
}

/** What the first message of a call asks for and of whom, where that is usually asked over and over; '' for any other. */
function keptAliveKey({ source: { legs, messages }, legsOf }: CallTable, call: number): string {
  const first = legs.order[legs.starts[call]!]!;
  const { kind, sender, receiver } = messages.columns;
  if (call === 0 || legsOf.has(call) || kind[first]! < REQUEST) return '';
  const method = messages.method(first);
  return KEPT_ALIVE.includes(method) ? `${method} ${sender[first]} ${receiver[first]}` : '';
}
