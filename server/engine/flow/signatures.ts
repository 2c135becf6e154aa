import type { Span } from '../base/text.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { isMicrosoftSignature } from '../sip/microsoft.ts';
import { param, paramValue, parseAuthentication } from '../sip/values.ts';

/** A message was signed, and the signature bears a number of its security association (MS-SIPAE §3.2.5). */
export interface SignatureNotice {
  readonly kind: 'signature';
  /** Zero-based number of the message. */
  readonly index: number;
  /** Where the number stands. */
  readonly at: Span;
  /** `cnum` is counted by the client, `snum` by the server. */
  readonly counter: Counter;
  readonly number: number;
  /** Names the association and the direction, the same in all messages that are counted together. */
  readonly association: string;
}

type Counter = 'cnum' | 'snum';

const COUNTERS: Readonly<Record<string, Counter>> = {
  authorization: 'cnum',
  'proxy-authorization': 'cnum',
  'authentication-info': 'snum',
  'proxy-authentication-info': 'snum',
};

/** The first numbered signature of a message, or null. */
export function signatureOf(index: number, message: SipMessage): SignatureNotice | null {
  for (const field of message.headers) {
    const counter = Object.hasOwn(COUNTERS, field.id) ? COUNTERS[field.id] : undefined;
    const found = counter && isMicrosoftSignature(message, field) ? readSignature(message, field, counter) : null;
    if (found) return { kind: 'signature', index, ...found };
  }
  return null;
}

function readSignature({ text }: SipMessage, { value }: HeaderField, counter: Counter) {
  const { scheme, params } = parseAuthentication(text, value);
  const at = param(params, counter)?.value;
  const written = paramValue(text, params, counter) ?? '';
  if (!at || !/^\d{1,10}$/.test(written)) return null;
  const names = ['realm', 'targetname', 'opaque'].map((name) => paramValue(text, params, name) ?? '');
  return { at, counter, number: Number(written), association: [counter, scheme, ...names].join(' ').toLowerCase() };
}
