import type { Flow } from '../flow/flow.ts';
import { REQUEST } from '../trace/columns.ts';
import type { TextTrace } from '../trace/text.ts';

/** The client of a dialog sends the request that opens it, the server gets it last. */
export type Role = 'uac' | 'uas';

/** A message as one side of a dialog sees it. */
export interface Turn {
  /** Zero-based number of the message. */
  readonly index: number;
  readonly isSent: boolean;
}

/** What one side of a dialog (its number from 1 on) sends and gets, in the order of the trace; null where the trace shows no request of it. Retransmissions are left to sipp. */
export function turnsOf(trace: TextTrace, flow: Flow, dialog: number, role: Role): Turn[] | null {
  const { sender, receiver, kind } = trace.columns;
  const all = Array.from({ length: trace.count }, (_, index) => index).filter(
    (index) => flow.dialogs.of[index] === dialog,
  );
  const first = all.find((index) => kind[index]! >= REQUEST);
  if (first === undefined) return null;
  const party = role === 'uac' ? sender[first]! : lastReceiver(trace, all, first);
  return all
    .filter((index) => !flow.transactions.retransmissionOf[index])
    .filter((index) => (sender[index] === party) !== (receiver[index] === party))
    .map((index) => ({ index, isSent: sender[index] === party }));
}

/** Whoever gets the opening request and does not pass it on. */
function lastReceiver(trace: TextTrace, all: readonly number[], first: number): number {
  const { sender, receiver, kind, cseq } = trace.columns;
  let at = receiver[first]!;
  const hops = all.filter(
    (index) => kind[index]! >= REQUEST && kind[index] === kind[first] && cseq[index] === cseq[first],
  );
  for (const index of hops) if (sender[index] === at) at = receiver[index]!;
  return at;
}
