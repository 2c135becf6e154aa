import type { DecidedLinks, DecidedPair } from '../../engine/flow/sessions/grouping.ts';
import { headerValue } from '../../engine/sip/message.ts';
import { placeOf } from './callIds.ts';
import type { CallsView, LinkDecision } from './callNode.ts';
import type { CallSource } from './callSource.ts';
import type { CallTable } from './callTable.ts';
import { messagesIn } from './callTree.ts';

/** What can be decided of nodes: that they are one call, that they are not, or nothing any more. */
export type Deciding = 'link' | 'cut' | 'undo';

const ALL: CallsView = { show: 'all', order: 'time' };
type Pair = readonly [number, number];

/** Decisions by the numbers of legs; those of Call-IDs that the trace does not have are left out. */
export function decidedLinks(
  { built, legs: { starts, order } }: Pick<CallSource, 'built' | 'legs'>,
  all: readonly LinkDecision[],
): DecidedLinks {
  const pairs = (are: LinkDecision['are']) =>
    all.flatMap((one): DecidedPair[] => {
      const legs = one.callIds.map((callId) => built.callNamed(callId)) as [number, number];
      const isThere = legs.every((leg) => leg > 0 && starts[leg]! < starts[leg + 1]!);
      if (one.are !== are || !isThere || legs[0] === legs[1]) return [];
      return [{ legs, callIds: one.callIds, messages: legs.map((leg) => order[starts[leg]!]!) as [number, number] }];
    });
  return { linked: pairs('one call'), cut: pairs('not one call') };
}

/**
 * The decisions once one more is made: what contradicts it is forgotten.
 * @param nodes names of calls, legs, links, guesses or cuts of the tree
 */
export async function decide(
  table: CallTable,
  before: readonly LinkDecision[],
  nodes: readonly string[],
  how: Deciding,
): Promise<readonly LinkDecision[]> {
  const decided = pairsOf(table, nodes, how);
  if (decided.length === 0) throw new Error(WHY_NOT[how]);
  const forgotten = how === 'link' ? decided.flatMap((pair) => between(table, pair)) : decided;
  const callIds = await callIdsOf(table, [...forgotten, ...decided].flat());
  const named = ([one, other]: Pair) => [callIds.get(one)!, callIds.get(other)!] as const;
  const gone = new Set(forgotten.map((pair) => keyOf(named(pair))));
  const kept = before.filter((one) => !gone.has(keyOf(one.callIds)) || (how === 'link' && one.are === 'one call'));
  if (how === 'undo') return kept;
  const made = new Set(decided.map((pair) => keyOf(named(pair))));
  const are = how === 'link' ? 'one call' : 'not one call';
  return [
    ...kept.filter((one) => !made.has(keyOf(one.callIds))),
    ...decided.map((pair): LinkDecision => ({ callIds: named(pair), are })),
  ];
}

const WHY_NOT: Readonly<Record<Deciding, string>> = {
  link: 'Choose two calls, or two legs of different calls, to link them.',
  cut: 'Only legs of one call can be told apart.',
  undo: 'Nothing was decided here.',
};

/** Which legs a decision is about: of each link those two, where there is none of calls and legs each with the first. */
function pairsOf(table: CallTable, nodes: readonly string[], how: Deciding): Pair[] {
  const links = nodes.flatMap((id): Pair[] => {
    const place = placeOf(id);
    return place?.is === 'link' || place?.is === 'guess' || place?.is === 'cut' ? [[place.leg, place.other]] : [];
  });
  if (links.length > 0) return eachOnce(links);
  const legs = nodes.map((id) => legOf(table, id)).filter((leg) => leg > 0);
  const [one = 0] = legs;
  const others = legs.slice(1);
  const { callOf } = table;
  if (how === 'link') return others.filter((leg) => callOf[leg] !== callOf[one]).map((leg): Pair => [one, leg]);
  const members = table.legsOf.get(callOf[one] ?? 0) ?? [];
  const all = others.length > 0 ? others.filter((leg) => members.includes(leg)) : members;
  return all.filter((leg) => leg !== one).map((leg): Pair => [one, leg]);
}

/** A link is told at both its legs, and by each piece of its evidence. */
function eachOnce(pairs: readonly Pair[]): Pair[] {
  const seen = new Set<string>();
  return pairs.filter(([one, other]) => {
    const key = `${Math.min(one, other)} ${Math.max(one, other)}`;
    return seen.size < seen.add(key).size;
  });
}

/** The leg that a node stands for or is in; 0 where there is none. */
function legOf({ source, ...table }: CallTable, id: string): number {
  const place = placeOf(id);
  if (!place) return 0;
  if (place.is === 'call') return place.call;
  if ('leg' in place) return place.leg;
  const [index] = messagesIn({ source, ...table }, place, ALL);
  return index === undefined ? 0 : source.messages.columns.call[index]!;
}

/** Each leg of the call of one with each of the call of the other. */
function between({ callOf, legsOf }: CallTable, [one, other]: Pair): Pair[] {
  const legs = (leg: number) => legsOf.get(callOf[leg]!) ?? [leg];
  return legs(one).flatMap((here) => legs(other).map((there): Pair => [here, there]));
}

async function callIdsOf({ source }: CallTable, legs: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { starts, order } = source.legs;
  const firsts = new Map(legs.map((leg) => [leg, order[starts[leg]!]!]));
  const messages = await source.load([...firsts.values()]);
  return new Map([...firsts].map(([leg, first]) => [leg, headerValue(messages.message(first), 'call-id') ?? '']));
}

function keyOf([one, other]: readonly [string, string]): string {
  return JSON.stringify(one < other ? [one, other] : [other, one]);
}
