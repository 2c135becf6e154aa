import type { Flow } from '../../engine/flow/flow.ts';
import type { SessionKind } from '../../engine/flow/sessions/kinds.ts';
import { type Milestones, milestones, type Timing, timing } from '../../engine/flow/sessions/timing.ts';
import { REQUEST } from '../../engine/trace/columns.ts';
import type { Messages } from '../../engine/trace/text.ts';
import type { CallOutcome } from './callNode.ts';
import { type CallSource, messagesOfLeg } from './callSource.ts';
import { type CallTable, outcomeOf } from './callTable.ts';

/** What columns tell of a leg, or of a dialog in it. */
export interface CallFacts extends Timing {
  readonly kind: SessionKind;
  readonly outcome: CallOutcome;
  /** Its messages, zero-based, in trace order. */
  readonly indices: readonly number[];
  readonly stones: Milestones;
  /** The response that decided on what opens it, and the last notification of a state; -1 where there is none. */
  readonly decided: number;
  readonly notified: number;
  /** How many requests it has, each counted once, and how many of them failed. */
  readonly requests: number;
  readonly failures: number;
}

/** The facts of a leg. */
export function factsOfLeg({ source, kindOf, outcomeOf: went }: CallTable, leg: number): CallFacts {
  return factsOf(source, kindOf(leg), went(leg), messagesOfLeg(source, leg));
}

/** The facts of a dialog of a leg. */
export function factsOfDialog({ source, kindOf }: CallTable, leg: number, dialog: number): CallFacts {
  const indices = messagesOfLeg(source, leg).filter((index) => source.flow.dialogs.of[index] === dialog);
  const kind = kindInLeg(source, kindOf(leg), indices);
  return factsOf(source, kind, outcomeOf(source, kind, indices), indices);
}

/** A dialog of subscription may share the Call-ID of a call. */
function kindInLeg({ messages }: CallSource, ofLeg: SessionKind, indices: readonly number[]): SessionKind {
  const isCall = indices.some((index) => ['INVITE', 'ACK', 'BYE', 'CANCEL'].includes(messages.method(index)));
  const isSubscription = indices.some((index) => ['SUBSCRIBE', 'NOTIFY'].includes(messages.method(index)));
  return !isCall && isSubscription ? 'subscription' : ofLeg;
}

function factsOf(
  { messages, flow }: CallSource,
  kind: SessionKind,
  outcome: CallOutcome,
  indices: readonly number[],
): CallFacts {
  const stones = milestones(messages, flow, openingMethod(messages, kind, indices), indices);
  const isNews = (index: number) =>
    /^(?:BE)?NOTIFY$/.test(messages.method(index)) && messages.columns.kind[index]! >= REQUEST;
  return {
    kind,
    outcome,
    indices,
    stones,
    ...timing(messages, stones),
    decided: kind === 'other' ? lastFinal(messages, indices) : stones.accepted >= 0 ? stones.accepted : stones.failed,
    requests: new Set(indices.map((index) => flow.transactions.of[index])).size,
    failures: failuresIn(messages, flow, indices),
    notified: kind === 'call' ? -1 : (indices.findLast(isNews) ?? -1),
  };
}

/** How many requests failed. A challenge is no failure: the request comes again. */
export function failuresIn({ columns }: Messages, { transactions }: Flow, indices: readonly number[]): number {
  const isFailure = (kind: number) => kind >= 400 && kind < 700 && kind !== 401 && kind !== 407;
  return new Set(indices.filter((index) => isFailure(columns.kind[index]!)).map((index) => transactions.of[index]))
    .size;
}

/** The last final response, zero-based; -1 where there is none. */
export function lastFinal({ columns }: Messages, indices: readonly number[]): number {
  return indices.findLast((index) => columns.kind[index]! >= 200 && columns.kind[index]! < REQUEST) ?? -1;
}

function openingMethod(messages: Messages, kind: SessionKind, indices: readonly number[]): string {
  const first = messages.method(indices[0] ?? 0);
  if (kind === 'call' || kind === 'conference') return 'INVITE';
  if (kind === 'registration') return 'REGISTER';
  if (kind === 'subscription' && first !== 'REFER') return 'SUBSCRIBE';
  return first;
}
