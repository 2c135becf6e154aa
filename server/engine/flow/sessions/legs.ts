import { headerValue } from '../../sip/message.ts';
import { Flag, REQUEST } from '../../trace/columns.ts';
import type { TextTrace } from '../../trace/text.ts';
import type { Flow } from '../flow.ts';
import { type Clue, type EvidenceKind, type LegClues, readLegClues } from './clues.ts';
import { ConferenceLinks } from './conferenceLinks.ts';
import { evidenceOf, type LegEvidence, type LegLink, type LegLinks, type Legs, together } from './evidence.ts';
import { type DecidedLinks, decidedIn, groupLegs } from './grouping.ts';

/** What more legs than this share tells no two of them from the others. */
const COMMON = 20;
/** So many messages are parsed in a step. */
const STEP = 32;
/** Milliseconds between the INVITEs of two legs of one call. */
const CLOSE = 2000;

/** What is asked of a trace whose legs are linked: numbers alone. */
type Numbers = Pick<TextTrace, 'count' | 'columns' | 'built' | 'told'>;

/**
 * Finds the legs that belong to one call, each with its evidence: what names another leg, what two legs share, and, as guesses, the same
 * users at the same time. Only INVITEs, their acceptances and REFERs are parsed. Time is n log n in the messages.
 * @param decided what was told by hand
 */
export function linkLegs(trace: TextTrace, flow: Flow, decided?: DecidedLinks): Legs {
  const steps = findLinksSteps(trace, flow);
  for (;;) {
    const step = steps.next();
    if (step.done) return groupLegs(named(trace, step.value), decided && decidedIn(trace, decided));
  }
}

/** With the Call-IDs of all legs that are linked, also of those of which no message was read. */
function named(trace: TextTrace, found: LegLinks): LegLinks {
  const callIds = new Map(found.callIds);
  for (const leg of found.links.flatMap(({ from, to }) => [from, to]))
    if (!callIds.has(leg)) callIds.set(leg, headerValue(trace.message(found.firsts.get(leg)!), 'call-id') ?? '');
  return { ...found, callIds };
}

/** What links the legs of a trace, in steps between which other work may be done. */
export function* findLinksSteps(trace: TextTrace, flow: Flow): Generator<void, LegLinks> {
  const finder = new LegFinder(trace);
  let read = 0;
  for (const index of legMessages(trace, flow, 'all')) {
    finder.add(index, readLegClues(trace.message(index)));
    if (++read % STEP === 0) yield;
  }
  return finder.result();
}

/**
 * The messages that may tell of other legs, zero-based, in trace order.
 * @param which `opening`: the requests that open a call, REFERs, and INFOs with commands; `all`: also other INVITEs, and what accepts one
 */
export function legMessages(
  { columns, count, built }: Omit<Numbers, 'told'>,
  flow: Flow,
  which: 'opening' | 'all',
): number[] {
  const invite = built.methods.number('INVITE');
  const refer = built.methods.number('REFER');
  const info = built.methods.number('INFO');
  const found: number[] = [];
  for (let index = 0; index < count; index++) {
    if (columns.call[index] === 0 || flow.transactions.retransmissionOf[index]) continue;
    const kind = columns.kind[index]!;
    const isInvite = kind === REQUEST + invite && (which === 'all' || columns.toTag[index] === 0);
    const isAcceptance = kind >= 200 && kind < 300 && columns.cseqMethod[index] === invite && which === 'all';
    const isCommand = kind === REQUEST + info && (columns.flags[index]! & Flag.xml) !== 0;
    if (isInvite || isAcceptance || isCommand || kind === REQUEST + refer) found.push(index);
  }
  return found;
}

/** What links legs, by what their messages (zero-based, in trace order) tell. */
export function linksBy(trace: Numbers, told: Iterable<readonly [number, LegClues]>): LegLinks {
  const finder = new LegFinder(trace);
  for (const [index, clues] of told) finder.add(index, clues);
  return finder.result();
}

interface Seen {
  readonly leg: number;
  readonly index: number;
}

class LegFinder {
  private readonly trace: Numbers;
  private readonly invite: number;
  /** By evidence and value: the first message of each leg with it. */
  private readonly sharing = new Map<string, Seen[]>();
  private readonly naming: (Seen & Clue)[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly callIds = new Map<number, string>();
  private readonly firsts = new Map<number, number>();
  /** The last message of each Call-ID. */
  private readonly lasts: Uint32Array;
  private readonly asked = new Map<string, Seen>();
  private readonly conferences = new ConferenceLinks();
  private readonly starts: (Seen & { readonly key: string; readonly time: number })[] = [];
  private readonly links = new Map<string, { from: number; to: number; evidence: LegEvidence[] }>();

  constructor(trace: Numbers) {
    this.trace = trace;
    this.invite = trace.built.methods.number('INVITE');
    this.lasts = new Uint32Array(trace.built.calls + 1);
    for (let index = 0; index < trace.count; index++) this.lasts[trace.columns.call[index]!] = index;
  }

  /** Takes what a message tells; messages come in order. */
  add(index: number, told: LegClues): void {
    const { callId, clues, refer, referred, users } = told;
    const { columns } = this.trace;
    const seen = { leg: columns.call[index]!, index };
    if (!this.firsts.has(seen.leg)) {
      this.firsts.set(seen.leg, index);
      this.numbers.set(callId, seen.leg);
      this.callIds.set(seen.leg, callId);
    }
    for (const clue of clues) {
      if (clue.names) this.naming.push({ ...seen, ...clue });
      else this.share(`${clue.kind} ${clue.value}`, seen);
    }
    if (refer) this.asked.set(refer, seen);
    const opensCall = this.opensCall(index);
    this.conferences.note(seen, columns.timeOf(index), told, opensCall);
    if (!opensCall) return;
    const asked = this.asked.get(referred);
    if (asked) this.link(asked, seen, 'refer');
    const time = columns.timeOf(index);
    if (users && time !== null) this.starts.push({ ...seen, key: users, time });
  }

  private opensCall(index: number): boolean {
    const { columns } = this.trace;
    return columns.kind[index] === REQUEST + this.invite && columns.toTag[index] === 0;
  }

  private share(key: string, seen: Seen): void {
    const list = this.sharing.get(key);
    if (!list) this.sharing.set(key, [seen]);
    else if (list.length <= COMMON && !list.some(({ leg }) => leg === seen.leg)) list.push(seen);
  }

  private link(one: Seen, other: Seen, kind: EvidenceKind, detail = ''): void {
    if (one.leg === other.leg) return;
    const [from, to] = one.leg < other.leg ? [one, other] : [other, one];
    const key = `${from.leg} ${to.leg}`;
    const known = this.links.get(key) ?? { from: from.leg, to: to.leg, evidence: [] };
    this.links.set(key, known);
    if (known.evidence.some((one) => one.kind === kind)) return;
    known.evidence.push(evidenceOf(kind, [from.index, to.index], detail));
  }

  result(): LegLinks {
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
    const conferences = this.linkByConferences();
    const links = [...this.links.values()].map((link): LegLink => ({ ...link, weight: together(link.evidence) }));
    return { links, callIds: this.callIds, firsts: this.firsts, conferences };
  }

  /** Whether a leg begins before the other is over: what is alike in calls one after another makes no legs of them. */
  private overlap(one: Seen, other: Seen): boolean {
    const later = Math.max(this.firsts.get(one.leg)!, this.firsts.get(other.leg)!);
    return later < Math.min(this.lasts[one.leg]!, this.lasts[other.leg]!) || one.leg === other.leg;
  }

  private linkByConferences(): LegLinks['conferences'] {
    const { conferences, links } = this.conferences.result(this.trace, this.lasts);
    for (const { leg, first } of conferences.values()) if (!this.firsts.has(leg)) this.firsts.set(leg, first);
    for (const { kind, one, other, detail } of links) this.link(one, other, kind, detail);
    return conferences;
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
}
