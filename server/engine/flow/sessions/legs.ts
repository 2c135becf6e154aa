import { headerValue } from '../../sip/message.ts';
import { REQUEST } from '../../trace/columns.ts';
import type { TextTrace } from '../../trace/text.ts';
import type { Flow } from '../flow.ts';
import { type Clue, cluesOf, EVIDENCE, type EvidenceKind, referKey, referredKey, usersKey } from './clues.ts';

/** Why two legs are taken for parts of one call. */
export interface LegEvidence {
  readonly kind: EvidenceKind;
  /** In words: `the same Session-ID (RFC 7989 §5)`. */
  readonly text: string;
  /** How sure it is, from 0 to 1. */
  readonly weight: number;
  /** The messages that show it, zero-based: of the first leg, of the other. */
  readonly messages: readonly [number, number];
}

/** Two legs, by the numbers of their Call-IDs, with all that speaks for their being one call. */
export interface LegLink {
  readonly from: number;
  readonly to: number;
  readonly evidence: readonly LegEvidence[];
  /** How sure all of it together is: 1 minus the chance that each piece deceives. */
  readonly weight: number;
}

/** A call of several legs. */
export interface LinkedCall {
  /** Numbers of Call-IDs in the order of their first message, and the Call-IDs. */
  readonly legs: readonly number[];
  readonly callIds: readonly string[];
  readonly links: readonly LegLink[];
}

export interface Legs {
  readonly calls: readonly LinkedCall[];
  /** What is too weak to make a call of two legs: to be shown as guesses only. */
  readonly guesses: readonly LegLink[];
}

/** A link of less weight is a guess. */
const SURE = 0.5;
/** What more legs than this share tells no two of them from the others. */
const COMMON = 20;
/** So many messages are parsed in a step. */
const STEP = 32;
/** Milliseconds between the INVITEs of two legs of one call. */
const CLOSE = 2000;

/**
 * Finds the legs that belong to one call, each with its evidence: what names another leg, what two legs share, and, as guesses, the same
 * users at the same time. Only INVITEs, their acceptances and REFERs are parsed. Time is n log n in the messages.
 */
export function linkLegs(trace: TextTrace, flow: Flow): Legs {
  const steps = linkLegsSteps(trace, flow);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps between which other work may be done. */
export function* linkLegsSteps(trace: TextTrace, flow: Flow): Generator<void, Legs> {
  const finder = new LegFinder(trace, flow);
  yield* finder.gather();
  return finder.result();
}

interface Seen {
  readonly leg: number;
  readonly index: number;
}

class LegFinder {
  private readonly trace: TextTrace;
  private readonly flow: Flow;
  /** By evidence and value: the first message of each leg with it. */
  private readonly sharing = new Map<string, Seen[]>();
  private readonly naming: (Seen & Clue)[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly firsts = new Map<number, number>();
  /** The last message of each Call-ID. */
  private readonly lasts: Uint32Array;
  private readonly asked = new Map<string, Seen>();
  private readonly starts: (Seen & { readonly key: string; readonly time: number })[] = [];
  private readonly links = new Map<string, { from: number; to: number; evidence: LegEvidence[] }>();

  constructor(trace: TextTrace, flow: Flow) {
    this.trace = trace;
    this.flow = flow;
    this.lasts = new Uint32Array(trace.built.calls + 1);
    for (let index = 0; index < trace.count; index++) this.lasts[trace.columns.call[index]!] = index;
  }

  *gather(): Generator<void, void> {
    const { columns, count, built } = this.trace;
    const invite = built.methods.number('INVITE');
    const refer = built.methods.number('REFER');
    let read = 0;
    for (let index = 0; index < count; index++) {
      const kind = columns.kind[index]!;
      const isInvite = kind === REQUEST + invite;
      const isAcceptance = kind >= 200 && kind < 300 && columns.cseqMethod[index] === invite;
      const leg = columns.call[index]!;
      if (leg === 0 || this.flow.transactions.retransmissionOf[index]) continue;
      if (isInvite || isAcceptance || kind === REQUEST + refer) {
        this.read(index, leg, isInvite);
        if (++read % STEP === 0) yield;
      }
    }
  }

  private read(index: number, leg: number, isInvite: boolean): void {
    const message = this.trace.message(index);
    const seen = { leg, index };
    if (!this.firsts.has(leg)) {
      this.firsts.set(leg, index);
      this.numbers.set(headerValue(message, 'call-id') ?? '', leg);
    }
    for (const clue of cluesOf(message)) {
      if (clue.names) this.naming.push({ ...seen, ...clue });
      else this.share(`${clue.kind} ${clue.value}`, seen);
    }
    const refer = referKey(message);
    if (refer) this.asked.set(refer, seen);
    if (!isInvite || this.trace.columns.toTag[index]) return;
    const asked = this.asked.get(referredKey(message));
    if (asked) this.link(asked, seen, 'refer');
    const time = this.trace.columns.timeOf(index);
    const key = usersKey(message);
    if (key && time !== null) this.starts.push({ ...seen, key, time });
  }

  private share(key: string, seen: Seen): void {
    const list = this.sharing.get(key);
    if (!list) this.sharing.set(key, [seen]);
    else if (list.length <= COMMON && !list.some(({ leg }) => leg === seen.leg)) list.push(seen);
  }

  private link(one: Seen, other: Seen, kind: EvidenceKind): void {
    if (one.leg === other.leg) return;
    const [from, to] = one.leg < other.leg ? [one, other] : [other, one];
    const key = `${from.leg} ${to.leg}`;
    const known = this.links.get(key) ?? { from: from.leg, to: to.leg, evidence: [] };
    this.links.set(key, known);
    if (known.evidence.some((one) => one.kind === kind)) return;
    const { weight, says, spec } = EVIDENCE[kind];
    const text = /^(?:-|de facto)$/.test(spec) ? says : `${says} (${spec})`;
    known.evidence.push({ kind, text, weight, messages: [from.index, to.index] });
  }

  result(): Legs {
    for (const [key, list] of this.sharing) {
      const kind = key.slice(0, key.indexOf(' ')) as EvidenceKind;
      if (list.length > COMMON) continue;
      for (const seen of list.slice(1))
        if (kind !== 'sdp-origin' || this.overlap(list[0]!, seen)) this.link(list[0]!, seen, kind);
    }
    for (const { kind, value, ...seen } of this.naming) {
      const leg = this.numbers.get(value);
      if (leg !== undefined) this.link({ leg, index: this.firsts.get(leg)! }, seen, kind);
    }
    this.linkByUsers();
    const links = [...this.links.values()].map((link): LegLink => ({ ...link, weight: together(link.evidence) }));
    return {
      calls: this.group(links.filter(({ weight }) => weight >= SURE)),
      guesses: links.filter(({ weight }) => weight < SURE),
    };
  }

  /** Whether a leg begins before the other is over: what is alike in calls one after another makes no legs of them. */
  private overlap(one: Seen, other: Seen): boolean {
    const later = Math.max(this.firsts.get(one.leg)!, this.firsts.get(other.leg)!);
    return later < Math.min(this.lasts[one.leg]!, this.lasts[other.leg]!) || one.leg === other.leg;
  }

  /** Legs of the same users that begin one close behind the other. */
  private linkByUsers(): void {
    this.starts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.time - b.time));
    for (let at = 1; at < this.starts.length; at++) {
      const [before, start] = [this.starts[at - 1]!, this.starts[at]!];
      const isClose = before.key === start.key && start.time - before.time <= CLOSE;
      if (isClose && this.overlap(before, start)) this.link(before, start, 'same-users');
    }
  }

  private group(links: readonly LegLink[]): LinkedCall[] {
    const parents = new Map<number, number>();
    const root = (leg: number): number => {
      let top = leg;
      while ((parents.get(top) ?? top) !== top) top = parents.get(top)!;
      parents.set(leg, top);
      return top;
    };
    for (const { from, to } of links) {
      const [one, other] = [root(from), root(to)];
      parents.set(Math.max(one, other), Math.min(one, other));
    }
    const groups = new Map<number, { legs: Set<number>; links: LegLink[] }>();
    for (const link of links) {
      const group = groups.get(root(link.from)) ?? { legs: new Set<number>(), links: [] };
      groups.set(root(link.from), group);
      group.legs.add(link.from).add(link.to);
      group.links.push(link);
    }
    const order = (leg: number) => this.firsts.get(leg)!;
    return [...groups.values()]
      .map(({ legs, links }) => ({ legs: [...legs].sort((a, b) => order(a) - order(b)), links }))
      .map(({ legs, links }) => ({ legs, callIds: legs.map((leg) => this.callId(leg)), links }))
      .sort((a, b) => order(a.legs[0]!) - order(b.legs[0]!));
  }

  private callId(leg: number): string {
    return headerValue(this.trace.message(this.firsts.get(leg)!), 'call-id') ?? '';
  }
}

function together(evidence: readonly LegEvidence[]): number {
  const doubt = evidence.reduce((product, { weight }) => product * (1 - weight), 1);
  return Math.round((1 - doubt) * 1000) / 1000;
}
