import type { TextTrace } from '../../trace/text.ts';
import { type Attendance, attendances } from './attendance.ts';
import type { EvidenceKind, LegClues } from './clues.ts';

/** What was asked for is done no later, in milliseconds: so long an INVITE waits for its answer (RFC 3261 §17.1.1.2). */
const SOON = 32_000;
/** A user who comes back sooner has not been away, in milliseconds. */
const PAUSE = 10_000;
/** Who has more users called than these has called a conference together: that is no call. */
const FEW = 4;
/** So many legs of a user are looked at for one that is still there. */
const NEAR = 20;

/** A message of a leg. */
interface Seen {
  readonly leg: number;
  readonly index: number;
}

interface Asked extends Seen {
  readonly time: number | null;
  readonly requestId: string;
}

/** Two messages of different legs that link these. */
export interface ConferenceLink {
  readonly kind: EvidenceKind;
  readonly one: Seen;
  readonly other: Seen;
  readonly detail: string;
}

/**
 * Links legs by the conferences that they are about: the dialogs of one user with one conference, and a call that a command or a REFER asked the conference for. Different users
 * of a conference are no call: their legs are told together in `conferences`.
 */
export class ConferenceLinks {
  private readonly focuses = new Set<string>();
  /** Legs in which a focus told itself, and those that have an INVITE. */
  private readonly focal = new Set<number>();
  private readonly invited = new Set<number>();
  private readonly asked = new Map<string, Asked>();
  private readonly referred = new Map<string, Asked>();
  private readonly dialled: { readonly asked: Asked; readonly seen: Seen }[] = [];
  private readonly called: { readonly asked: Asked; readonly seen: Seen }[] = [];

  /** Takes what a message tells; messages come in order. */
  note(seen: Seen, time: number | null, clues: LegClues, opensCall: boolean): void {
    if (clues.focus) {
      this.focuses.add(clues.focus);
      this.focal.add(seen.leg);
    }
    if (clues.calls) this.invited.add(seen.leg);
    for (const { requestId, keys } of clues.dialOuts)
      for (const key of keys) this.asked.set(key, { ...seen, time, requestId });
    if (clues.sentTo) this.referred.set(clues.sentTo, { ...seen, time, requestId: '' });
    if (!opensCall) return;
    const asked = this.asked.get(clues.called);
    if (asked && isSoon(asked.time, time, SOON)) this.dialled.push({ asked, seen });
    const referred = this.referred.get(clues.calls);
    if (referred && isSoon(referred.time, time, SOON)) this.called.push({ asked: referred, seen });
  }

  /**
   * What was found in all messages.
   * @param lasts the last message of each leg
   */
  result(trace: Pick<TextTrace, 'count' | 'columns' | 'built' | 'told'>, lasts: Uint32Array) {
    const others = new Set([...this.invited].filter((leg) => !this.focal.has(leg)));
    const all = attendances(trace, this.focuses, others);
    const conferences: ReadonlyMap<number, Attendance> = new Map(all.map((one) => [one.leg, one]));
    const links: ConferenceLink[] = [];
    for (const { asked, seen } of fewOf(this.dialled))
      links.push({
        kind: 'dial-out',
        one: asked,
        other: seen,
        detail: asked.requestId && `requestId ${asked.requestId}`,
      });
    for (const { asked, seen } of fewOf(this.called))
      if (conferences.has(seen.leg)) links.push({ kind: 'refer-conference', one: asked, other: seen, detail: '' });
    const timeOf = (index: number) => trace.columns.timeOf(index);
    const isThere = (one: Attendance, other: Attendance) => {
      const last = lasts[one.leg]!;
      const [end, begin] = [timeOf(last), timeOf(other.first)];
      return other.first < last || (end !== null && begin !== null && isSoon(end, begin, PAUSE));
    };
    return { conferences, links: [...links, ...ofUsers(all, isThere)] };
  }
}

/** Each leg of a user with a conference, and the one before it that is still there; where there is none, the last one is a guess. */
function* ofUsers(all: readonly Attendance[], isThere: (one: Attendance, other: Attendance) => boolean) {
  const byUser = new Map<string, Attendance[]>();
  for (const other of all) {
    if (!other.user) continue;
    const key = `${other.key} ${other.user}`;
    const before = byUser.get(key) ?? [];
    byUser.set(key, before);
    const still = before
      .slice(-NEAR)
      .reverse()
      .find((one) => isThere(one, other));
    const one = still ?? before.at(-1);
    if (one) yield link(still ? 'same-conference' : 'conference-again', one, other);
    before.push(other);
  }
}

function link(kind: EvidenceKind, one: Attendance, other: Attendance): ConferenceLink {
  const seen = ({ leg, first }: Attendance): Seen => ({ leg, index: first });
  return { kind, one: seen(one), other: seen(other), detail: '' };
}

/** Without those of a leg that asked for many. */
function fewOf<T extends { readonly asked: Asked; readonly seen: Seen }>(all: readonly T[]): T[] {
  const legs = new Map<number, Set<number>>();
  for (const { asked, seen } of all) legs.set(asked.leg, (legs.get(asked.leg) ?? new Set()).add(seen.leg));
  return all.filter(({ asked }) => legs.get(asked.leg)!.size <= FEW);
}

function isSoon(before: number | null, time: number | null, most: number): boolean {
  return before === null || time === null || (time >= before && time - before <= most);
}
