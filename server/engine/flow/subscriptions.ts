import { headerValue } from '../sip/message.ts';
import { paramValue, parseParams } from '../sip/values.ts';
import type { Call, FlowMessage } from './call.ts';
import { isRequest, sentMessages } from './sequence.ts';

/** Event package and id: the same subscription within a dialog (RFC 6665 §4.5.2). */
export function eventKey({ message }: FlowMessage): string {
  const value = headerValue(message, 'event') ?? '';
  const semicolon = value.indexOf(';');
  if (semicolon < 0) return value.trim();
  const id = paramValue(value, parseParams(value, semicolon, value.length), 'id') ?? '';
  return `${value.slice(0, semicolon).trim()} ${id}`.trim();
}

/** Whether it is a NOTIFY or, without an answer, a BENOTIFY (MS-SIP §3.5). */
export function isNotification(message: FlowMessage): boolean {
  return isRequest(message) && (message.method === 'NOTIFY' || message.method === 'BENOTIFY');
}

/** Whether a notification says that the subscription has ended. */
export function isTerminated({ message }: FlowMessage): boolean {
  return /^terminated\b/i.test(headerValue(message, 'subscription-state') ?? '');
}

/** The SUBSCRIBEs of a call that were accepted, with the 2xx. */
export function acceptedSubscriptions(call: Call): { readonly request: FlowMessage; readonly response: FlowMessage }[] {
  return sentMessages(call).flatMap((response) => {
    const { status, method, respondsTo: request } = response;
    return request && method === 'SUBSCRIBE' && status >= 200 && status < 300 ? [{ request, response }] : [];
  });
}

/** A notification with an Event that its receiver has not subscribed to, and the last SUBSCRIBE of the receiver. */
export interface ChangedEvent {
  readonly notification: FlowMessage;
  readonly subscribe: FlowMessage;
}

/** The notifications whose Event is that of no SUBSCRIBE or REFER of their receiver; none where the call begins before the trace. */
export function changedEvents(call: Call): ChangedEvent[] {
  const asked = new Map<string, { last: FlowMessage | null; keys: Set<string> }>();
  for (const message of call.partial ? [] : sentMessages(call)) {
    if (!isRequest(message) || (message.method !== 'SUBSCRIBE' && message.method !== 'REFER')) continue;
    const entry = asked.get(message.fromTag) ?? { last: null, keys: new Set<string>() };
    if (message.method === 'SUBSCRIBE') entry.last = message;
    entry.keys.add(message.method === 'REFER' ? 'refer' : eventKey(message));
    asked.set(message.fromTag, entry);
  }
  return sentMessages(call).flatMap((notification) => {
    const key = isNotification(notification) ? eventKey(notification) : '';
    const entry = key ? asked.get(notification.toTag) : undefined;
    if (!entry?.last || entry.keys.has('') || entry.keys.has(key)) return [];
    return key.startsWith('refer ') && entry.keys.has('refer') ? [] : [{ notification, subscribe: entry.last }];
  });
}
