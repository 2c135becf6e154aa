import { slice } from '../../base/text.ts';
import { headerValue, unfold } from '../../sip/message.ts';
import { vias } from '../../sip/values.ts';
import { REQUEST } from '../../trace/columns.ts';
import type { Messages } from '../../trace/text.ts';
import type { Flow } from '../flow.ts';
import {
  eventPackage,
  expiresAtOnce,
  type SessionKind,
  type SessionState,
  sessionKind,
  sessionState,
} from './kinds.ts';
import { reasonText, statedReasons } from './reasons.ts';
import { type Milestones, milestones, type Timing, timing } from './timing.ts';

/** How a session ended: by which message (zero-based), sent by which party (its number in `Parties`), and why as the messages say. */
export interface Ending {
  readonly index: number;
  readonly by: number;
  readonly why: readonly string[];
}

/** A dialog told in short. */
export interface Session extends Timing {
  readonly kind: SessionKind;
  readonly state: SessionState;
  /** The event package of a subscription, or null. */
  readonly event: string | null;
  /** The status that decided on the request that opens it; null where there is none. */
  readonly finalStatus: number | null;
  /** How many hops the opening request had taken where the trace saw it last: its Via headers. Null where the trace does not show it. */
  readonly hops: number | null;
  readonly retransmissions: number;
  readonly ending: Ending | null;
}

/** So many copies of an opening request are looked at for their hops. */
const MOST_HOPS = 70;

/**
 * Tells a dialog in short. Only the messages that begin and end it are parsed.
 * @param indices its messages, zero-based, in trace order
 * @param conference whether the focus or an MCU takes part
 */
export function readSession(trace: Messages, flow: Flow, indices: readonly number[], conference: boolean): Session {
  const kind = sessionKind(trace, indices, conference);
  const method = openingMethod(trace, kind, indices);
  const stones = milestones(trace, flow, method, indices);
  const decided = stones.accepted >= 0 ? stones.accepted : stones.failed;
  return {
    kind,
    state: sessionState(trace, kind, indices),
    event: kind === 'subscription' ? eventPackage(trace, indices) : null,
    finalStatus: decided < 0 ? null : trace.columns.kind[decided]!,
    ...timing(trace, stones),
    hops: hopsOf(trace, method, indices),
    retransmissions: indices.filter((index) => flow.transactions.retransmissionOf[index]).length,
    ending: endingOf(trace, kind, stones, indices),
  };
}

function openingMethod(trace: Messages, kind: SessionKind, indices: readonly number[]): string {
  if (kind === 'registration') return 'REGISTER';
  if (kind !== 'subscription') return 'INVITE';
  return indices.some((index) => trace.method(index) === 'SUBSCRIBE') ? 'SUBSCRIBE' : 'REFER';
}

/** The most Via headers that a copy of the first opening request bears: each hop that passes it on adds one (RFC 3261 §16.6). */
function hopsOf(trace: Messages, method: string, indices: readonly number[]): number | null {
  const { kind, toTag, cseq } = trace.columns;
  const requests = indices.filter(
    (index) => kind[index]! >= REQUEST && trace.method(index) === method && !toTag[index],
  );
  const first = requests[0];
  if (first === undefined) return null;
  const copies = requests.filter((index) => cseq[index] === cseq[first]).slice(0, MOST_HOPS);
  return Math.max(...copies.map((index) => vias(trace.message(index)).length));
}

function endingOf(
  trace: Messages,
  kind: SessionKind,
  { accepted, failed, bye }: Milestones,
  indices: readonly number[],
): Ending | null {
  if (kind === 'subscription' || kind === 'registration') return lastEnding(trace, kind, failed, accepted, indices);
  if (bye >= 0) return ending(trace, bye, [...reasons(trace, bye), ...crossing(trace, bye, indices)]);
  if (failed < 0 || accepted >= 0) return null;
  const cancel = cancelOf(trace, failed, indices);
  if (cancel < 0) return ending(trace, failed, [statusLine(trace, failed), ...reasons(trace, failed)]);
  return ending(trace, cancel, ['cancelled', ...reasons(trace, cancel)]);
}

/** Why the other side, whose BYE crossed the first one, ended it (RFC 5407 §3.2.1). */
function crossing(trace: Messages, bye: number, indices: readonly number[]): string[] {
  const { sender } = trace.columns;
  const other = indices.find(
    (index) =>
      isRequest(trace, index) && trace.method(index) === 'BYE' && sender[index] === trace.columns.receiver[bye],
  );
  return other === undefined
    ? []
    : reasons(trace, other).map((why) => `${why}, in the BYE of the other side (message ${other + 1})`);
}

/** The CANCEL that made a 487 of an INVITE (RFC 3261 §9.2); -1 where there is none. */
function cancelOf(trace: Messages, failed: number, indices: readonly number[]): number {
  if (trace.columns.kind[failed] !== 487) return -1;
  return indices.find((index) => index < failed && isRequest(trace, index) && trace.method(index) === 'CANCEL') ?? -1;
}

/** A subscription ends by a notification that says so, or by its subscriber; a registration by its owner. */
function lastEnding(
  trace: Messages,
  kind: SessionKind,
  failed: number,
  accepted: number,
  indices: readonly number[],
): Ending | null {
  for (let at = indices.length - 1; at >= 0; at--) {
    const index = indices[at]!;
    if (!isRequest(trace, index)) continue;
    const method = trace.method(index);
    if (method === 'NOTIFY' || method === 'BENOTIFY') {
      const state = headerValue(trace.message(index), 'subscription-state') ?? '';
      if (!/^terminated\b/i.test(state)) continue;
      const reason = /;\s*reason\s*=\s*([^;\s]+)/i.exec(state)?.[1];
      return ending(trace, index, [...(reason ? [`reason ${reason}`] : []), ...reasons(trace, index)]);
    }
    if (method === (kind === 'registration' ? 'REGISTER' : 'SUBSCRIBE') && expiresAtOnce(trace, index))
      return ending(trace, index, ['Expires: 0']);
  }
  return failed >= 0 && accepted < 0
    ? ending(trace, failed, [statusLine(trace, failed), ...reasons(trace, failed)])
    : null;
}

function isRequest({ columns }: Messages, index: number): boolean {
  return columns.kind[index]! >= REQUEST;
}

function ending({ columns }: Messages, index: number, why: readonly string[]): Ending {
  return { index, by: columns.sender[index]!, why };
}

function reasons(trace: Messages, index: number): string[] {
  return statedReasons(trace.message(index)).map(reasonText);
}

/** `486 Busy Here`; '' for a request. */
function statusLine(trace: Messages, index: number): string {
  const message = trace.message(index);
  if (message.kind !== 'response') return '';
  return unfold(`${message.status} ${slice(message.text, message.at.reason)}`).trim();
}
