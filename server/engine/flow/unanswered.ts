import { methodFacts } from '../sip/registry.ts';
import { type Call, directionKey, type FlowMessage } from './call.ts';
import { isRequest } from './sequence.ts';

/** Timers B and F: 64 times T1 (RFC 3261 §17.1). */
const GIVEN_UP_AFTER = 32_000;
/** So many messages must follow in the trace before an absence can be seen, and in the call where no times tell it. */
const MESSAGES_AFTER = 10;

/** The requests that got no final response although the call went on: traces are cut, so that at their end nothing is missing. */
export function unanswered(call: Call): FlowMessage[] {
  const answered = new Set<FlowMessage>();
  for (const { status, respondsTo } of call.messages) {
    if (status >= 200 && respondsTo) answered.add(respondsTo.retransmissionOf ?? respondsTo);
  }
  const went = goesOn(call);
  return call.messages.filter((request) => expectsFinal(request) && !answered.has(request) && went(request));
}

/** Tells of a message whether its receiver is seen in the trace long after it, so that what has not come will not come. */
export function goesOn(call: Call): (message: FlowMessage) => boolean {
  const lastOfPeer = lastMessages(call);
  return (message) => wentOn(call, message, lastOfPeer(message));
}

/**
 * Tells of a message whether what has to follow it will not come any more: the side that waits has begun anew with a request of
 * this method, or the trace goes on for long enough.
 */
export function isOver(call: Call, method: string): (message: FlowMessage) => boolean {
  const lastOfSide = new Map<string, FlowMessage>();
  for (const message of call.messages) {
    if (isRequest(message) && message.method === method) lastOfSide.set(message.fromTag, message);
  }
  return (message) => {
    const next = lastOfSide.get(message.fromTag);
    const renewed =
      next !== undefined && next.order > message.order && (next.cseq?.number ?? 0) > (message.cseq?.number ?? 0);
    return renewed || isQuietAfter(call, message);
  };
}

/** Whether the trace goes on for more than 32 seconds, or the call for many messages. */
function isQuietAfter(call: Call, message: FlowMessage): boolean {
  if (call.behind(message) < MESSAGES_AFTER) return false;
  if (message.time !== null && call.until !== null && call.until - message.time >= GIVEN_UP_AFTER) return true;
  return call.messages.length - 1 - message.order >= MESSAGES_AFTER;
}

/** A ringing INVITE may stay open for minutes. */
function expectsFinal(request: FlowMessage): boolean {
  if (!isRequest(request) || request.retransmissionOf) return false;
  if (methodFacts(request.method)?.answered !== true) return false;
  return request.method !== 'INVITE' || request.responses.length === 0;
}

/** Whether the peer is seen in the trace long after the request. */
function wentOn(call: Call, request: FlowMessage, peer: FlowMessage | null): boolean {
  if (!peer || peer.order <= request.order) return false;
  if (call.behind(request) < MESSAGES_AFTER) return false;
  if (peer.time !== null && request.time !== null && peer.time - request.time >= GIVEN_UP_AFTER) return true;
  return call.messages.length - 1 - request.order >= MESSAGES_AFTER;
}

/** For a request, the last message of the call that the other side sent. */
export function lastMessages(call: Call): (request: FlowMessage) => FlowMessage | null {
  const last = call.messages.at(-1);
  const side = last && directionKey(last);
  let other: FlowMessage | null = null;
  for (const message of call.messages) if (directionKey(message) !== side) other = message;
  return (request) => (directionKey(request) === side ? other : (last ?? null));
}
