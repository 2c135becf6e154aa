import { headerValue } from '../../sip/message.ts';
import type { TextTrace } from '../../trace/text.ts';
import { evidenceOf, type LegLink, type LegLinks, type Legs, type LinkedCall, together } from './evidence.ts';

/** A link of less weight is a guess. */
const SURE = 0.5;

/** Two legs that somebody has told to be one call, or not: by their numbers, with their Call-IDs and their first messages, zero-based. */
export interface DecidedPair {
  readonly legs: readonly [number, number];
  readonly callIds: readonly [string, string];
  readonly messages: readonly [number, number];
}

/** What was decided by hand. Of what contradicts itself the latest counts: the last of the list. */
export interface DecidedLinks {
  readonly linked: readonly DecidedPair[];
  readonly cut: readonly DecidedPair[];
}

const NOTHING: DecidedLinks = { linked: [], cut: [] };

/** What was decided of a trace, in another reading of the same messages: there legs may have other numbers, and redacted ones other Call-IDs. */
export function decidedIn(trace: TextTrace, { linked, cut }: DecidedLinks): DecidedLinks {
  const found = ({ messages }: DecidedPair): DecidedPair => {
    const [one, other] = messages;
    const leg = (index: number) => trace.columns.call[index]!;
    const callId = (index: number) => headerValue(trace.message(index), 'call-id') ?? '';
    return { legs: [leg(one), leg(other)], callIds: [callId(one), callId(other)], messages };
  };
  return { linked: linked.map(found), cut: cut.map(found) };
}

/** The call of each of so many legs, by the number of its Call-ID: the number of the first leg of the call; 0 is none. */
export function callsOfLegs({ calls }: Pick<Legs, 'calls'>, legs: number): Uint32Array {
  const callOf = Uint32Array.from({ length: legs + 1 }, (_, leg) => leg);
  for (const { legs: members } of calls) for (const leg of members) callOf[leg] = members[0]!;
  return callOf;
}

/**
 * Makes calls of legs. What was linked by hand is linked; what was cut is never in one call, whatever else links it: the surest links are made first, and one that
 * would join what was cut is a guess. Time is n log n in the links.
 */
export function groupLegs(found: LegLinks, decided: DecidedLinks = NOTHING): Legs {
  const known = withDecided(found, decided);
  const apart = new Set(decided.cut.map(({ legs }) => keyOf(legs)));
  const isCut = ({ from, to }: LegLink) => apart.has(keyOf([from, to]));
  const sure = known.links.filter((link) => link.weight >= SURE && !isCut(link));
  const groups = new Groups();
  for (const { legs } of decided.cut) groups.keepApart(...legs);
  for (const { from, to } of apart.size > 0 ? surestFirst(sure, decided) : sure) groups.join(from, to);
  const joined = new Set(sure.filter(({ from, to }) => groups.of(from) === groups.of(to)));
  return {
    calls: callsOf([...joined], groups, known),
    guesses: known.links.filter((link) => !joined.has(link) && !isCut(link)),
    cuts: known.links.filter(isCut),
    conferences: known.conferences,
  };
}

/** The links with what was decided: a pair that nothing else links has no evidence but that. */
function withDecided(found: LegLinks, decided: DecidedLinks): LegLinks {
  const { links, callIds, firsts, conferences } = found;
  const pairs = [...decided.linked, ...decided.cut];
  if (pairs.length === 0) return found;
  const all = new Map(links.map((link) => [keyOf([link.from, link.to]), link]));
  for (const { legs } of decided.cut) {
    const [from, to] = inOrder(legs);
    if (!all.has(keyOf(legs))) all.set(keyOf(legs), { from, to, evidence: [], weight: 0 });
  }
  for (const { legs, messages } of decided.linked) {
    const [from, to] = inOrder(legs);
    const shown = from === legs[0] ? messages : ([messages[1], messages[0]] as const);
    const evidence = [evidenceOf('by-hand', shown), ...(all.get(keyOf(legs))?.evidence ?? [])];
    all.set(keyOf(legs), { from, to, evidence, weight: together(evidence) });
  }
  const both = (part: 'callIds' | 'messages') =>
    pairs.flatMap((pair) => pair.legs.map((leg, at) => [leg, pair[part][at]!] as const));
  return {
    links: [...all.values()],
    callIds: new Map([...(both('callIds') as [number, string][]), ...callIds]),
    firsts: new Map([...(both('messages') as [number, number][]), ...firsts]),
    conferences,
  };
}

/** What was linked by hand, the latest first, before all else. */
function surestFirst(links: readonly LegLink[], { linked }: DecidedLinks): LegLink[] {
  const latest = new Map(linked.map(({ legs }, at) => [keyOf(legs), at]));
  const rank = ({ from, to, weight }: LegLink) => (latest.get(keyOf([from, to])) ?? -1) + 1 + weight / 2;
  return [...links].sort((one, other) => rank(other) - rank(one));
}

function callsOf(links: readonly LegLink[], groups: Groups, { callIds, firsts }: LegLinks): LinkedCall[] {
  const calls = new Map<number, { legs: Set<number>; links: LegLink[] }>();
  for (const link of links) {
    const call = calls.get(groups.of(link.from)) ?? { legs: new Set<number>(), links: [] };
    calls.set(groups.of(link.from), call);
    call.legs.add(link.from).add(link.to);
    call.links.push(link);
  }
  const order = (leg: number) => firsts.get(leg)!;
  return [...calls.values()]
    .map(({ legs, links }) => ({ legs: [...legs].sort((a, b) => order(a) - order(b)), links }))
    .map(({ legs, links }) => ({ legs, callIds: legs.map((leg) => callIds.get(leg) ?? ''), links }))
    .sort((a, b) => order(a.legs[0]!) - order(b.legs[0]!));
}

/** Legs in groups, of which some may never be one. */
class Groups {
  private readonly parents = new Map<number, number>();
  private readonly apart = new Map<number, Set<number>>();

  /** The leg that stands for the group of one. */
  of(leg: number): number {
    let top = leg;
    for (;;) {
      const parent = this.parents.get(top) ?? top;
      if (parent === top) return top;
      const above = this.parents.get(parent) ?? parent;
      this.parents.set(top, above); // so that the way is half as long the next time
      top = above;
    }
  }

  keepApart(one: number, other: number): void {
    this.othersOf(one).add(other);
    this.othersOf(other).add(one);
  }

  join(one: number, other: number): void {
    const roots = inOrder([this.of(one), this.of(other)]);
    const [top, below] = roots;
    if (top === below || this.apart.get(top)?.has(below)) return;
    this.parents.set(below, top);
    for (const third of this.apart.get(below) ?? []) {
      this.keepApart(top, third);
      this.othersOf(third).delete(below);
    }
  }

  private othersOf(root: number): Set<number> {
    const known = this.apart.get(root) ?? new Set<number>();
    this.apart.set(root, known);
    return known;
  }
}

function inOrder([one, other]: readonly [number, number]): [number, number] {
  return one < other ? [one, other] : [other, one];
}

function keyOf(legs: readonly [number, number]): string {
  return inOrder(legs).join(' ');
}
