import type { Flow } from '../flow/flow.ts';
import { headerValue } from '../sip/message.ts';
import { REQUEST } from '../trace/columns.ts';
import type { TextTrace } from '../trace/text.ts';
import type { LadderDialog } from './ladder.ts';
import type { Lanes } from './lanes.ts';

type State = LadderDialog['state'];

/** The dialogs of a trace: who takes part, which messages, and how each stands at the end. */
export function readDialogs(trace: TextTrace, flow: Flow, lanes: Lanes): LadderDialog[] {
  const members: number[][] = Array.from({ length: flow.dialogs.count }, () => []);
  for (let index = 0; index < trace.count; index++) {
    const dialog = flow.dialogs.of[index]!;
    if (dialog > 0) members[dialog - 1]!.push(index);
  }
  return members.map((indices, at): LadderDialog => {
    const participants = new Set(
      indices.flatMap((index) => [trace.columns.sender[index]!, trace.columns.receiver[index]!]),
    );
    const ends = [...participants].map((party) => lanes.lanes[lanes.of[party]!]!);
    const kind = kindOf(
      trace,
      indices,
      ends.some((lane) => lane.kind === 'focus' || lane.kind === 'mcu'),
    );
    return {
      id: `d${at + 1}`,
      callId: headerValue(trace.message(indices[0]!), 'call-id') ?? '',
      kind,
      participants: ends.map((lane) => lane.id),
      messages: indices.map((index) => index + 1),
      state: kind === 'subscription' ? subscriptionState(trace, indices) : callState(trace, indices),
    };
  });
}

const CALL = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'PRACK', 'UPDATE', 'INFO', 'REFER'];
const SUBSCRIPTION = ['SUBSCRIBE', 'NOTIFY', 'BENOTIFY'];

function kindOf(trace: TextTrace, indices: readonly number[], conference: boolean): LadderDialog['kind'] {
  const methods = new Set(indices.map((index) => trace.method(index)));
  if (CALL.some((method) => methods.has(method))) return conference ? 'conference' : 'call';
  if (SUBSCRIPTION.some((method) => methods.has(method))) return 'subscription';
  return methods.has('REGISTER') ? 'registration' : 'other';
}

/** How a call stands: from its INVITE, its final responses and BYE (RFC 3261 §12, §13, §15). */
function callState(trace: TextTrace, indices: readonly number[]): State {
  let state: State = 'unknown';
  for (const index of indices) {
    const method = trace.method(index);
    const kind = trace.columns.kind[index]!;
    if (method === 'BYE') state = 'terminated';
    else if (state === 'terminated') continue;
    else if (method === 'INVITE') state = inviteState(kind, state);
    else if (state === 'unknown' && kind >= REQUEST && trace.columns.toTag[index] !== 0) state = 'established';
  }
  return state;
}

function inviteState(kind: number, before: State): State {
  if (kind >= REQUEST) return before === 'established' ? before : 'early';
  if (kind >= 300) return before === 'established' ? before : 'failed';
  return kind >= 200 ? 'established' : before === 'established' ? before : 'early';
}

function subscriptionState(trace: TextTrace, indices: readonly number[]): State {
  let state: State = 'unknown';
  for (const index of indices) {
    const kind = trace.columns.kind[index]!;
    const method = trace.method(index);
    if (method === 'SUBSCRIBE')
      state =
        kind >= REQUEST
          ? state === 'unknown'
            ? 'early'
            : state
          : kind >= 300
            ? 'failed'
            : kind >= 200
              ? 'established'
              : state;
    else if (kind >= REQUEST) state = notified(headerValue(trace.message(index), 'subscription-state') ?? '') ?? state;
  }
  return state;
}

function notified(value: string): State | undefined {
  if (/^terminated/i.test(value)) return 'terminated';
  if (/^pending/i.test(value)) return 'early';
  return /^active/i.test(value) ? 'established' : undefined;
}
