import type { Attendance } from '../../engine/flow/sessions/attendance.ts';
import type { LegLink, Legs } from '../../engine/flow/sessions/evidence.ts';
import { callsOfLegs } from '../../engine/flow/sessions/grouping.ts';
import { type SessionKind, type SessionState, sessionKind, sessionState } from '../../engine/flow/sessions/kinds.ts';
import { milestones } from '../../engine/flow/sessions/timing.ts';
import { REQUEST } from '../../engine/trace/columns.ts';
import { inSlices } from '../slices.ts';
import type { CallOutcome } from './callNode.ts';
import { type CallSource, messagesOfLeg } from './callSource.ts';

/** What is known of all legs of a trace before any is shown. A leg is a Call-ID, by its number. */
export interface LegTable {
  readonly source: CallSource;
  kindOf(leg: number): SessionKind;
  outcomeOf(leg: number): CallOutcome;
}

/** The same of all calls: a call is named by its first leg, and went as that did. */
export interface CallTable extends LegTable {
  /** The calls in the order of their first messages. */
  readonly calls: readonly number[];
  /** The call of each leg. */
  readonly callOf: Uint32Array;
  /** The legs of calls that have several. */
  readonly legsOf: ReadonlyMap<number, readonly number[]>;
  /** What makes legs parts of one call, what is only a guess, and what was told apart by hand, by leg. */
  readonly links: ReadonlyMap<number, readonly LegLink[]>;
  readonly guesses: ReadonlyMap<number, readonly LegLink[]>;
  readonly cuts: ReadonlyMap<number, readonly LegLink[]>;
  /** The legs with conferences, and the calls that have one, each with the first. */
  readonly attendances: ReadonlyMap<number, Attendance>;
  readonly conferences: ReadonlyMap<number, Attendance>;
}

const KINDS: readonly SessionKind[] = ['call', 'conference', 'subscription', 'registration', 'other'];
const OUTCOMES: readonly CallOutcome[] = ['unknown', 'succeeded', 'failed', 'cancelled', 'in progress'];
/** So many legs are looked at in a step. */
const STEP = 64;
/** The last messages of a subscription or a registration tell how it stands. */
const TAIL = 6;

/** Reads the table of legs; other requests are let in meanwhile. Time is linear in the messages. */
export async function readLegTable(source: CallSource): Promise<LegTable> {
  return (await inSlices(tableSteps(source), () => false))!;
}

/** Makes calls of legs. Time is n log n in the legs. */
export function callTableOf(table: LegTable, { calls, guesses, cuts, conferences }: Legs): CallTable {
  const { source } = table;
  const callOf = callsOfLegs({ calls }, source.legs.starts.length - 2);
  return {
    ...table,
    calls: callsInOrder(source, callOf),
    callOf,
    legsOf: new Map(calls.map(({ legs }) => [legs[0]!, legs])),
    links: byLeg(calls.flatMap(({ links }) => links)),
    guesses: byLeg(guesses),
    cuts: byLeg(cuts),
    attendances: conferences,
    conferences: byCall(callOf, conferences),
  };
}

function* tableSteps(source: CallSource): Generator<void, LegTable> {
  const count = source.legs.starts.length - 1;
  const kinds = new Uint8Array(count);
  const outcomes = new Uint8Array(count);
  for (let leg = 1; leg < count; leg++) {
    const indices = messagesOfLeg(source, leg);
    if (indices.length === 0) continue;
    const kind = sessionKind(source.messages, indices, isConference(source, indices));
    kinds[leg] = KINDS.indexOf(kind);
    outcomes[leg] = OUTCOMES.indexOf(outcomeOf(source, kind, indices));
    if (leg % STEP === 0) yield;
  }
  return {
    source,
    kindOf: (leg) => KINDS[kinds[leg]!]!,
    outcomeOf: (leg) => OUTCOMES[outcomes[leg]!]!,
  };
}

/** Messages without a Call-ID, number 0, are an entry of their own. */
function callsInOrder({ legs: { starts, order } }: CallSource, callOf: Uint32Array): number[] {
  const isShown = (leg: number) => callOf[leg] === leg && starts[leg]! < starts[leg + 1]!;
  return [...callOf.keys()].filter(isShown).sort((one, other) => order[starts[one]!]! - order[starts[other]!]!);
}

/** Of several legs of a call the first one counts. */
function byCall(callOf: Uint32Array, legs: Legs['conferences']): Map<number, Attendance> {
  const found = new Map<number, Attendance>();
  for (const [leg, one] of legs) if (!found.has(callOf[leg]!)) found.set(callOf[leg]!, one);
  return found;
}

function byLeg(links: readonly LegLink[]): Map<number, LegLink[]> {
  const found = new Map<number, LegLink[]>();
  for (const link of links)
    for (const leg of [link.from, link.to]) {
      const known = found.get(leg);
      if (known) known.push(link);
      else found.set(leg, [link]);
    }
  return found;
}

/** Whether a focus or an MCU takes part, as the first message tells. */
function isConference({ messages: { columns }, lanes }: CallSource, [first]: readonly number[]): boolean {
  const kindOf = (party: number) => lanes.lanes[lanes.of[party]!]?.kind;
  const ends = [kindOf(columns.sender[first!]!), kindOf(columns.receiver[first!]!)];
  return ends.includes('focus') || ends.includes('mcu');
}

/** How a leg or a dialog went, by its messages (zero-based). */
export function outcomeOf(source: CallSource, kind: SessionKind, indices: readonly number[]): CallOutcome {
  const { messages } = source;
  if (kind === 'other') return answeredOutcome(source, indices);
  const isCall = kind === 'call' || kind === 'conference';
  const state = sessionState(messages, kind, isCall ? indices : indices.slice(-TAIL));
  if (state === 'failed' && isCall) {
    const { failed } = milestones(messages, source.flow, 'INVITE', indices);
    return failed >= 0 && messages.columns.kind[failed] === 487 ? 'cancelled' : 'failed';
  }
  return kind === 'registration' && state === 'established' ? 'succeeded' : BY_STATE[state];
}

const BY_STATE: Readonly<Record<SessionState, CallOutcome>> = {
  established: 'in progress',
  early: 'in progress',
  terminated: 'succeeded',
  failed: 'failed',
  unknown: 'unknown',
};

/** What the last final response says. */
export function answeredOutcome({ messages: { columns } }: CallSource, indices: readonly number[]): CallOutcome {
  const last = indices.findLast((index) => columns.kind[index]! >= 200 && columns.kind[index]! < REQUEST);
  if (last === undefined) return 'unknown';
  return columns.kind[last]! < 400 ? 'succeeded' : 'failed';
}
