import { headerValue } from '../../sip/message.ts';
import { REQUEST } from '../../trace/columns.ts';
import type { Messages } from '../../trace/text.ts';

export type SessionKind = 'call' | 'subscription' | 'registration' | 'conference' | 'other';
export type SessionState = 'established' | 'early' | 'terminated' | 'failed' | 'unknown';

const CALL = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'PRACK', 'UPDATE', 'INFO'];
/** A REFER alone makes a subscription to its outcome (RFC 3515 §2.4.4). */
const SUBSCRIPTION = ['SUBSCRIBE', 'NOTIFY', 'BENOTIFY', 'REFER'];

/**
 * What a dialog is for, as its methods tell.
 * @param indices its messages, zero-based
 * @param conference whether the focus or an MCU takes part
 */
export function sessionKind(trace: Messages, indices: readonly number[], conference: boolean): SessionKind {
  const methods = new Set(indices.map((index) => trace.method(index)));
  if (CALL.some((method) => methods.has(method))) return conference ? 'conference' : 'call';
  if (SUBSCRIPTION.some((method) => methods.has(method))) return 'subscription';
  return methods.has('REGISTER') ? 'registration' : 'other';
}

/** How a dialog stands behind its last message. */
export function sessionState(trace: Messages, kind: SessionKind, indices: readonly number[]): SessionState {
  if (kind === 'subscription') return subscriptionState(trace, indices);
  return kind === 'registration' ? registrationState(trace, indices) : callState(trace, indices);
}

/** The event package of a subscription: `conference`, `presence`; `refer` of one that a REFER made (RFC 3515 §2.4.4). Null where none is named. */
export function eventPackage(trace: Messages, indices: readonly number[]): string | null {
  for (const index of indices) {
    if (trace.columns.kind[index]! < REQUEST) continue;
    const named = (headerValue(trace.message(index), 'event') ?? '').split(';')[0]!.trim().toLowerCase();
    if (named) return named;
  }
  return indices.some((index) => trace.method(index) === 'REFER') ? 'refer' : null;
}

/** Whether a message asks for the end of a registration or a subscription: it expires at once (RFC 3261 §10.2.2, RFC 6665 §4.1.2.3). */
export function expiresAtOnce(trace: Messages, index: number): boolean {
  const message = trace.message(index);
  const expires = headerValue(message, 'expires');
  const contact = /;\s*expires\s*=\s*(\d+)/i.exec(headerValue(message, 'contact') ?? '')?.[1];
  return /^0+$/.test((trace.method(index) === 'REGISTER' && contact) || (expires ?? '').trim());
}

/** A challenge and a redirection are no end: the request comes again (RFC 3261 §8.1.3.4, §8.1.3.5). */
export function comesAgain(status: number): boolean {
  return status === 401 || status === 407 || status === 422 || status === 423 || (status >= 300 && status < 400);
}

/** How a call stands: from its INVITE, its final responses and BYE (RFC 3261 §12, §13, §15). */
function callState(trace: Messages, indices: readonly number[]): SessionState {
  let state: SessionState = 'unknown';
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

function inviteState(kind: number, before: SessionState): SessionState {
  if (kind >= REQUEST) return before === 'established' ? before : 'early';
  if (kind >= 300) return before === 'established' ? before : 'failed';
  return kind >= 200 ? 'established' : before === 'established' ? before : 'early';
}

function subscriptionState(trace: Messages, indices: readonly number[]): SessionState {
  let state: SessionState = 'unknown';
  for (const index of indices) {
    const kind = trace.columns.kind[index]!;
    const method = trace.method(index);
    if (method === 'SUBSCRIBE' || method === 'REFER') state = answeredState(kind, state);
    else if (kind >= REQUEST) state = notified(headerValue(trace.message(index), 'subscription-state') ?? '') ?? state;
  }
  return state;
}

/** What a request, or a response to it, makes of what it asks for. */
function answeredState(kind: number, before: SessionState): SessionState {
  if (kind >= REQUEST) return before === 'unknown' || before === 'failed' ? 'early' : before;
  if (kind >= 300) return 'failed';
  return kind < 200 || before === 'terminated' ? before : 'established';
}

/** How a registration stands: the last request with a final response counts (RFC 3261 §10). */
function registrationState(trace: Messages, indices: readonly number[]): SessionState {
  let state: SessionState = 'unknown';
  let isLast = false;
  for (const index of indices) {
    const kind = trace.columns.kind[index]!;
    if (kind >= REQUEST) isLast = expiresAtOnce(trace, index);
    if (isLast && kind >= 200 && kind < 300) state = 'terminated';
    else state = answeredState(kind, state === 'terminated' ? 'unknown' : state);
  }
  return state;
}

function notified(value: string): SessionState | undefined {
  if (/^terminated/i.test(value)) return 'terminated';
  if (/^pending/i.test(value)) return 'early';
  return /^active/i.test(value) ? 'established' : undefined;
}
