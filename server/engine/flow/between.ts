import type { Relay, TraceBuilder } from '../trace/builder.ts';
import { Flag, REQUEST } from '../trace/columns.ts';
import { ADDRESS } from '../trace/parties.ts';
import { stretchOf } from '../trace/stretch.ts';
import { dialledUser } from './entity.ts';

/** A call that is set up: an INVITE outside of dialogs, and what goes on with it. Messages are one-based. */
interface Leg {
  readonly call: number;
  readonly begin: number;
  /** The final answer to its INVITE, and how far it goes: to its end, or what is seen of it. */
  answered: number;
  last: number;
  readonly from: number;
  readonly to: number;
  /** The hosts that begin and answer it, by their numbers in `CallHosts`. */
  readonly host: number;
  readonly answerer: number;
}

/** Servers that stand between users and are named by nothing but Via and Contact (RFC 7092 §3: back-to-back user agents). */
export interface Between {
  /** By which calls each host is known, by its number in `CallHosts`. */
  readonly hosts: ReadonlyMap<number, Relay>;
  /** The host that answers a Call-ID which only the call that it makes of it tells. */
  readonly answers: ReadonlyMap<number, number>;
}

/** Nobody in particular, as networks and gateways name who withholds a number: two calls of theirs need not be one person's. */
const NOBODY = /^(?:anonymous|unknown|unavailable|restricted|private|withheld)$/;
/** So many calls before one are looked at. */
const MOST_LOOKED_AT = 50;
/** A call that is answered goes on until a BYE. */
const OPEN = 0xffffffff;

/**
 * Finds servers that take a call for one user and make another in the name of the first, where the log tells no addresses. A host that
 * answers a call and, as long as that lasts, calls others in the name of the same caller, or calls the same callee, is one: no phone
 * does. So is a host from which the same user seems to call the same user whose call is still being set up from another host.
 */
export function findBetween(built: TraceBuilder): Between | null {
  const legs = readLegs(built);
  if (legs.length < 2) return null;
  const found = new Found(built, legs);
  // How far the calls go that each host answers, and the host from which each party calls.
  const lasts = new Uint32Array(built.hosts.size);
  const places = new Uint16Array(built.parties.count);
  for (let at = 0; at < legs.length; at++) {
    const { host, answerer, begin, last, from } = legs[at]!;
    if (host !== 0) {
      if (lasts[host]! >= begin || (places[from] !== 0 && places[from] !== host)) found.lookBefore(at);
      places[from] = host;
    }
    if (lasts[answerer]! < last) lasts[answerer] = last;
  }
  return found.hosts.size > 0 ? found : null;
}

/** Puts the servers in the place of the users for whom they speak. It has to be asked for before other things settle who sends what. */
export function placeBetween(built: TraceBuilder, between: Between): () => void {
  const { columns, calls } = built;
  const [callers, callees] = [new Uint32Array(calls + 1), new Uint32Array(calls + 1)];
  const [froms, tos] = [new Uint32Array(calls + 1), new Uint32Array(calls + 1)];
  const servers = new Map([...between.hosts].map(([host, relay]) => [host, serverAt(built, host, relay)]));
  const seen = new Uint8Array(calls + 1);
  const standIn = (party: number, server = 0) => (server !== 0 && mayStandFor(built, party) ? server : 0);
  for (let index = 0; index < columns.count; index++) {
    const call = columns.call[index]!;
    if (call === 0 || call > built.hosts.count || seen[call] === 1) continue;
    seen[call] = 1;
    const isForth = columns.kind[index]! >= REQUEST === (columns.fromTag[index] === built.hosts.tag(call));
    const [from, to] = isForth ? [columns.sender, columns.receiver] : [columns.receiver, columns.sender];
    const answerer = between.answers.get(call) ?? built.hosts.answerer(call);
    callers[call] = from[index]!;
    callees[call] = to[index]!;
    froms[call] = standIn(from[index]!, servers.get(built.hosts.beginner(call)));
    tos[call] = standIn(to[index]!, servers.get(answerer));
  }
  return () => {
    const placed = (call: number, party: number) =>
      (party === callers[call] && froms[call]) || (party === callees[call] && tos[call]) || party;
    for (let index = 0; index < columns.count; index++) {
      const call = columns.call[index]!;
      if (froms[call] === 0 && tos[call] === 0) continue;
      columns.sender[index] = placed(call, columns.sender[index]!);
      columns.receiver[index] = placed(call, columns.receiver[index]!);
    }
  };
}

function mayStandFor({ parties }: TraceBuilder, party: number): boolean {
  return party !== 0 && !parties.mentions(party, 'app:conf:');
}

/** The party that stands for a host: a proxy or a server that bears its name, if one is known. */
function serverAt({ between, hosts, parties }: TraceBuilder, host: number, relay: Relay): number {
  const name = hosts.name(host);
  const hasPort = name.includes(':', name.lastIndexOf(']') + 1);
  const [proxy, server] = [stretchOf(name), stretchOf(hasPort ? `${ADDRESS}[${name}]` : `sip:${name}`)];
  const known = hasPort ? 0 : parties.known(proxy, 0, proxy.end);
  const party = known || parties.of(server, 0, server.end, relay.goesOut, 'Via');
  between.set(party, relay);
  return party;
}

/** The calls, in the order in which they begin. */
function readLegs({ columns, hosts, methods }: TraceBuilder): Leg[] {
  const { call, kind, cseqMethod, flags, fromTag, sender, receiver, count } = columns;
  const legs: Leg[] = [];
  if (hosts.count < 2) return legs;
  const invite = methods.number('INVITE');
  const bye = REQUEST + methods.number('BYE');
  const numbers = new Uint32Array(hosts.count + 1);
  for (let index = 0; index < count; index++) {
    if (cseqMethod[index] !== invite && kind[index]! < REQUEST) continue;
    const of = call[index]!;
    const number = numbers[of];
    if (number) {
      const leg = legs[number - 1]!;
      const what = kind[index]!;
      if (leg.last !== OPEN || what === bye) leg.last = index + 1;
      if (leg.answered !== 0 || !endsInvite(what)) continue;
      leg.answered = index + 1;
      if (what < 300) leg.last = OPEN;
    } else if (number === 0 && kind[index] === REQUEST + invite && (flags[index]! & Flag.initial) !== 0) {
      const [from, to] = [sender[index]!, receiver[index]!];
      if (of === 0 || from === to || fromTag[index] !== hosts.tag(of)) continue;
      const [host, answerer] = [hosts.beginner(of), hosts.answerer(of)];
      if (host === answerer) continue; // both within one machine, or unknown
      numbers[of] = legs.push({ call: of, begin: index + 1, answered: 0, last: index + 1, from, to, host, answerer });
    }
  }
  return legs;
}

/** Whether it is the status of a final answer, but for one that asks for the same call with credentials. */
function endsInvite(kind: number): boolean {
  return kind >= 200 && kind < REQUEST && kind !== 401 && kind !== 407;
}

class Found implements Between {
  readonly hosts = new Map<number, Relay>();
  readonly answers = new Map<number, number>();
  private readonly built: TraceBuilder;
  private readonly legs: readonly Leg[];
  private readonly users = new Map<number, string>();

  constructor(built: TraceBuilder, legs: readonly Leg[]) {
    this.built = built;
    this.legs = legs;
  }

  /** Looks for a call that goes on and of which the host of this one makes it. */
  lookBefore(at: number): void {
    const leg = this.legs[at]!;
    for (let earlier = at - 1; earlier >= Math.max(0, at - MOST_LOOKED_AT); earlier--) {
      const before = this.legs[earlier]!;
      if (before.host === leg.host || before.last < leg.begin) continue;
      if (!(before.answerer === leg.host ? this.answersAndCalls(before, leg) : this.callsAgain(before, leg))) continue;
      this.note(before, leg);
      return;
    }
  }

  /** Whether the second call is what became of the first, which came from elsewhere and is not answered yet. */
  private callsAgain(before: Leg, leg: Leg): boolean {
    if (before.from !== leg.from || before.to !== leg.to || before.host === 0) return false;
    if ((before.answered || before.last) < leg.begin) return false;
    const isOther = leg.answerer === 0 || leg.answerer !== before.answerer;
    return isOther && this.user(leg.from) !== '' && this.areUsers(before, leg);
  }

  /** Whether it is for the same caller, or for the same callee. Back to where the first came from, it would be for another callee. */
  private answersAndCalls(before: Leg, leg: Leg): boolean {
    if (!this.areUsers(before, leg)) return false;
    const isBack = before.host !== 0 && leg.answerer === before.host;
    if (this.isSame(before.to, leg.to)) return !isBack && !this.isSame(leg.from, leg.to);
    return this.isSame(before.from, leg.from);
  }

  /** A focus and its MCUs call in the name of their organizer, and are known by their URIs. */
  private areUsers(...legs: readonly Leg[]): boolean {
    return legs.every(({ from, to }) => mayStandFor(this.built, from) && mayStandFor(this.built, to));
  }

  /** Whether two parties are the same user, as it is dialled. */
  private isSame(one: number, other: number): boolean {
    return this.user(one) !== '' && this.user(one) === this.user(other);
  }

  /** The user of a party; '' where it is nobody in particular. */
  private user(party: number): string {
    const known = this.users.get(party);
    if (known !== undefined) return known;
    const dialled = dialledUser(this.built.parties.uri(party));
    const user = NOBODY.test(dialled) ? '' : dialled;
    this.users.set(party, user);
    return user;
  }

  private note(before: Leg, leg: Leg): void {
    const relay = { comesIn: before.begin, goesOut: leg.begin };
    if (!this.hosts.has(leg.host)) this.hosts.set(leg.host, relay);
    if (before.answerer === 0) this.answers.set(before.call, leg.host);
    else if (!this.hosts.has(before.answerer)) this.hosts.set(before.answerer, relay);
  }
}
