import { REQUEST } from '../../trace/columns.ts';
import type { Messages } from '../../trace/text.ts';
import type { Flow } from '../flow.ts';
import { comesAgain } from './kinds.ts';

/** How long the parts of a session took, in milliseconds; null where it did not come so far, or the trace has no times. */
export interface Timing {
  /** From the first request until it was accepted, challenges and redirections included. */
  readonly setupTime: number | null;
  /** From the first INVITE until something else than 100 came back (RFC 6076 §4.3). */
  readonly postDialDelay: number | null;
  /** From the first ringing until the final response. */
  readonly ringTime: number | null;
  /** From the acceptance until BYE (RFC 6076 §4.5). */
  readonly talkTime: number | null;
}

/** The messages of a session by which it is told, zero-based; -1 where there is none. */
export interface Milestones {
  /** The first request that opens it. */
  readonly opening: number;
  /** The first response to it but 100, and the first 18x. */
  readonly progress: number;
  readonly ringing: number;
  /** The first 2xx to it, else the last failure. */
  readonly accepted: number;
  readonly failed: number;
  readonly bye: number;
}

/**
 * Finds the milestones of a dialog.
 * A dialog of a fork has its opening request in another.
 * @param method of the request that opens it: `INVITE`, `SUBSCRIBE`, `REGISTER`, `REFER`
 * @param indices its messages, zero-based, in trace order
 */
export function milestones(trace: Messages, flow: Flow, method: string, indices: readonly number[]): Milestones {
  const { kind } = trace.columns;
  const found = { opening: -1, progress: -1, ringing: -1, accepted: -1, failed: -1, bye: -1 };
  for (const index of indices) {
    const status = kind[index]!;
    const isOpening = trace.method(index) === method;
    if (status >= REQUEST) {
      if (isOpening && found.opening < 0) found.opening = index;
      if (trace.method(index) === 'BYE' && found.bye < 0) found.bye = index;
      continue;
    }
    if (!isOpening || found.accepted >= 0) continue;
    if (found.opening < 0) found.opening = flow.transactions.respondsTo[index]! - 1;
    if (status > 100 && !comesAgain(status) && found.progress < 0) found.progress = index;
    if (status >= 180 && status < 190 && found.ringing < 0) found.ringing = index;
    if (status >= 200 && status < 300) found.accepted = index;
    else if (status >= 300) found.failed = index;
  }
  return found;
}

/** The times between milestones; those of a clock that went back are none. */
export function timing(
  { columns }: Messages,
  { opening, progress, ringing, accepted, failed, bye }: Milestones,
): Timing {
  const between = (from: number, to: number) => {
    const [start, end] = [from < 0 ? null : columns.timeOf(from), to < 0 ? null : columns.timeOf(to)];
    return start === null || end === null || end < start ? null : Math.round((end - start) * 1000) / 1000;
  };
  return {
    setupTime: between(opening, accepted),
    postDialDelay: between(opening, progress),
    ringTime: between(ringing, accepted >= 0 ? accepted : failed),
    talkTime: between(accepted, bye),
  };
}
