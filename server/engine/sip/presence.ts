import { slice } from '../base/text.ts';
import { header, headerValue, type SipMessage, type SipResponse } from './message.ts';
import { methodOf, tagOf } from './values.ts';

/** The headers that every request and every response carries (RFC 3261 §8.1.1, §8.2.6.2). */
const ALWAYS = ['Via', 'From', 'To', 'Call-ID', 'CSeq'];

/** Events of which a server notifies devices that never subscribed, outside any dialog. */
const UNASKED = ['check-sync', 'keep-alive', 'message-summary', 'reboot-yealink', 'resync', 'sla'];

/** Those of Via, From, To, Call-ID and CSeq that the message does not have. */
export function missingAlways(message: SipMessage): string[] {
  return ALWAYS.filter((name) => !header(message, name.toLowerCase()));
}

/** Three or more of the five are absent, or a line tells of others (`...`): nothing follows from the gaps of an abridged text. */
export function isExcerpt(message: SipMessage): boolean {
  const tells = message.stray.some((line) => /^\s*(?:\.{3}|…)/.test(slice(message.text, line).slice(0, 100)));
  return tells || missingAlways(message).length >= 3;
}

/** Whether a whole message has no such header (lower-case full name); false for an excerpt, where its absence says nothing. */
export function lacks(message: SipMessage, id: string): boolean {
  return !header(message, id) && message.kind !== 'unknown' && !isExcerpt(message);
}

/** Whether it is a 2xx response to one of these methods. */
export function isSuccessOf(message: SipMessage, methods: readonly string[]): message is SipResponse {
  return message.kind === 'response' && Math.floor(message.status / 100) === 2 && methods.includes(methodOf(message));
}

/** A NOTIFY outside a dialog to a device that never subscribed: Event names one of the things done that way. */
export function isUnsolicited(message: SipMessage): boolean {
  if (message.kind !== 'request' || message.method !== 'NOTIFY' || tagOf(message, 'to')) return false;
  const event = (headerValue(message, 'event') ?? '').split(';')[0]!.trim().toLowerCase();
  return UNASKED.includes(event);
}
