import { quote } from '../base/quote.ts';
import type { Repair } from '../base/repair.ts';
import { type Span, slice } from '../base/text.ts';
import { fieldAt, removeHeader } from '../sip/edits.ts';
import { headers, headerValue, type SipMessage } from '../sip/message.ts';
import { repair, withHeaderSet, withoutValue } from '../sip/repairs.ts';
import { listValues } from '../sip/values.ts';
import type { MessageRule, Reported } from './rule.ts';

export const contactStarAlone: MessageRule = {
  id: 'contact-star-alone',
  group: 'header-count',
  scope: 'message',
  title: 'Contact: * stands elsewhere than alone in a REGISTER with Expires: 0.',
  spec: 'RFC 3261 §10.2.2; RFC 3261 §20.10',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    REGISTER sip:example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKnashds7
    From: <sip:bob@example.org>;tag=456248
    To: <sip:bob@example.org>
    Call-ID: 843817637684230
    CSeq: 1827 REGISTER
    m: *
    Expires: 0
  `,
  bad: `
    REGISTER sip:example.org SIP/2.0
    Contact: *, <sip:bob@192.0.2.4>
             ^ Contact: * removes all bindings and must be the only Contact.
    Expires: 0
  `,
  reads: { each: ['contact'] },
  check(message, report) {
    const contacts = listValues(message, 'contact');
    const star = contacts.find((value) => isStar(message, value));
    const fault = star && faultOf(message, contacts.length);
    if (star && fault) report({ from: star.from, to: star.from + 1 }, fault);
  },
  fix: mended,
};

function isStar(message: SipMessage, value: Span): boolean {
  return /^\*(\s*;|$)/.test(slice(message.text, value));
}

function faultOf(message: SipMessage, count: number): string | undefined {
  if (message.kind !== 'request' || message.method !== 'REGISTER')
    return 'Contact: * belongs in a REGISTER request only.';
  if (count > 1) return 'Contact: * removes all bindings and must be the only Contact.';
  const expires = headerValue(message, 'expires');
  if (expires === undefined) return 'Contact: * needs Expires: 0, but there is no Expires.';
  return /^0+$/.test(expires) ? undefined : `Contact: * needs Expires: 0, not ${quote(expires)}.`;
}

function mended(reported: Reported): readonly Repair[] {
  const { message, at } = reported;
  if (message.kind !== 'request' || message.method !== 'REGISTER') return withoutValue(reported);
  if (listValues(message, 'contact').length < 2) return withHeaderSet(reported, 'Expires', '0');
  const own = fieldAt(message, at.from)!;
  const others = headers(message, 'contact').filter((field) => field !== own);
  const edits = [...others.map((field) => removeHeader(message, field)), { ...own.value, text: '*' }];
  return [
    ...withoutValue(reported),
    ...repair(`Remove the other contacts than ${slice(message.text, at)}`, edits, 'possible'),
  ];
}
