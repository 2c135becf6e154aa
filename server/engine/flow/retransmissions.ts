import { durationWords } from '../base/time.ts';
import { headerValue } from '../sip/message.ts';
import type { Call, FlowMessage } from './call.ts';
import { isRequest } from './sequence.ts';

/** Timers T1 and T2 (RFC 3261 §17.1.1.1), in milliseconds. */
const T1 = 500;
const T2 = 4000;
/** No timer is so short: what comes sooner was caught twice. */
const SHORTEST = 100;
/** Clocks and networks may make an interval so much shorter or longer. */
const TOLERANCE = 0.4;

/** What sends a message again when nothing comes back. */
interface Timer {
  /** `Timer A`. */
  readonly name: string;
  readonly spec: string;
  /** The interval does not grow beyond this. */
  readonly most: number;
  /** It runs over TCP as over UDP. */
  readonly always: boolean;
}

const TIMERS = {
  invite: { name: 'Timer A', spec: 'RFC 3261 §17.1.1.2', most: Number.POSITIVE_INFINITY, always: false },
  request: { name: 'Timer E', spec: 'RFC 3261 §17.1.2.2', most: T2, always: false },
  failure: { name: 'Timer G', spec: 'RFC 3261 §17.2.1', most: T2, always: false },
  acceptance: { name: 'the wait for ACK', spec: 'RFC 3261 §13.3.1.4', most: T2, always: true },
  reliable: { name: 'the wait for PRACK', spec: 'RFC 3262 §3', most: Number.POSITIVE_INFINITY, always: true },
} as const satisfies Record<string, Timer>;

/** A message that is there again, with the copies before it. */
export interface Repeat {
  readonly message: FlowMessage;
  readonly first: FlowMessage;
  /** The copy right before it, and how many there were: 1 for the first repeat. */
  readonly before: FlowMessage;
  readonly count: number;
}

/** The messages of a call that are there again, in order. */
export function repeats(call: Call): Repeat[] {
  const last = new Map<FlowMessage, { before: FlowMessage; count: number }>();
  return call.messages.flatMap((message) => {
    const first = message.retransmissionOf;
    if (!first) return [];
    const { before, count } = last.get(first) ?? { before: first, count: 0 };
    last.set(first, { before: message, count: count + 1 });
    return [{ message, first, before, count: count + 1 }];
  });
}

/**
 * What the time between a message and its copy before tells: whether a timer of RFC 3261 sent it again, and which. '' where the trace has no
 * times, or nothing can be told.
 */
export function repeatEvidence({ message, before, count }: Repeat): string {
  if (message.time === null || before.time === null || message.time < before.time) return '';
  const gap = message.time - before.time;
  const after = durationWords(gap);
  const timer = timerOf(message);
  if (!timer) return causedBy(message, after);
  const transport = message.vias[0]?.transport ?? '';
  if (!timer.always && transport && !transport.startsWith('UDP'))
    return `after ${after}; over ${transport} no timer sends again (${timer.spec})`;
  if (gap < SHORTEST) return `after ${after}, too soon for ${timer.name} (${timer.spec}): it was captured twice`;
  const expected = Math.min(T1 * 2 ** Math.min(count - 1, 20), timer.most);
  if (Math.abs(gap - expected) <= TOLERANCE * expected)
    return `after ${after}, as ${timer.name} has it (${timer.spec})`;
  return `after ${after}, where ${timer.name} has ${durationWords(expected)} (${timer.spec})`;
}

function timerOf(message: FlowMessage): Timer | null {
  const { method, status } = message;
  if (isRequest(message)) return method === 'ACK' ? null : method === 'INVITE' ? TIMERS.invite : TIMERS.request;
  if (method !== 'INVITE') return null;
  if (status >= 300) return TIMERS.failure;
  if (status >= 200) return TIMERS.acceptance;
  return headerValue(message.message, 'rseq') === undefined ? null : TIMERS.reliable;
}

/** What no timer sends again is sent because the other side sent again. */
function causedBy(message: FlowMessage, after: string): string {
  if (isRequest(message)) return `after ${after}; an ACK is sent for each copy of the response (RFC 3261 §13.2.2.4)`;
  return `after ${after}; a response is sent for each copy of the request (RFC 3261 §17.2)`;
}
