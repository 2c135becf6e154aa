import { plain } from '../base/quote.ts';
import type { Flow } from '../flow/flow.ts';
import { readSession } from '../flow/sessions/session.ts';
import { headerValue } from '../sip/message.ts';
import type { TextTrace } from '../trace/text.ts';
import type { LadderDialog } from './ladder.ts';
import type { Lanes } from './lanes.ts';

/** The messages of each dialog, zero-based, by its number from 0 on. */
export function dialogMembers(trace: TextTrace, flow: Flow): number[][] {
  const members: number[][] = Array.from({ length: flow.dialogs.count }, () => []);
  for (let index = 0; index < trace.count; index++) {
    const dialog = flow.dialogs.of[index]!;
    if (dialog > 0) members[dialog - 1]!.push(index);
  }
  return members;
}

/** The dialogs of a trace: who takes part, which messages, how each stands at the end, and how it went. */
export function readDialogs(trace: TextTrace, flow: Flow, lanes: Lanes): LadderDialog[] {
  return dialogMembers(trace, flow).map((indices, at) => readDialog(trace, flow, lanes, indices, at));
}

function readDialog(trace: TextTrace, flow: Flow, lanes: Lanes, indices: readonly number[], at: number): LadderDialog {
  const { sender, receiver } = trace.columns;
  const laneOf = (party: number) => lanes.lanes[lanes.of[party]!];
  const parties = new Set(indices.flatMap((index) => [sender[index]!, receiver[index]!]));
  const ends = [...parties].map((party) => laneOf(party)!);
  const withServer = ends.some(({ kind }) => kind === 'focus' || kind === 'mcu');
  const { ending, kind, state, ...rest } = readSession(trace, flow, indices, withServer);
  return {
    id: `d${at + 1}`,
    callId: headerValue(trace.message(indices[0]!), 'call-id') ?? '',
    kind,
    participants: ends.map(({ id }) => id),
    messages: indices.map((index) => index + 1),
    state,
    ...rest,
    endedBy: ending ? (laneOf(ending.by)?.id ?? null) : null,
    endedIn: ending ? ending.index + 1 : null,
    why: ending ? ending.why.map(plain) : [],
  };
}
