import { headerValue } from '../sip/message.ts';
import { isSuccessOf, lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import { methodOf } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const expiresMissing2xx: MessageRule = {
  id: 'expires-missing-2xx',
  group: 'header-presence',
  scope: 'message',
  title: 'A 2xx response to SUBSCRIBE or PUBLISH has no Expires.',
  spec: 'RFC 6665 §4.2.1; RFC 3265 §7.1; RFC 3903 §6',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKnashds7
    From: <sip:bob@example.org>;tag=456248
    To: <sip:bob@example.org>;tag=2493k59kd
    Call-ID: 843817637684230
    CSeq: 1826 REGISTER
    Contact: <sip:bob@192.0.2.10>;expires=7200
  `,
  bad: `
    SIP/2.0 202 Accepted
    ^^^^^^^^^^^^^^^^^^^^ A 202 response to SUBSCRIBE has no Expires, which says how long it was granted for.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:bob@example.org>;tag=9fxced76sl
    To: <sip:alice@example.org>;tag=ffd2
    Call-ID: 3848276298220188511@example.org
    CSeq: 1 SUBSCRIBE
    Contact: <sip:alice@192.0.2.1>
  `,
  reads: { outline: ['cseq'] },
  check(message, report) {
    if (!isSuccessOf(message, ['SUBSCRIBE', 'PUBLISH']) || !lacks(message, 'expires')) return;
    const what = `A ${message.status} response to ${methodOf(message)}`;
    report(message.startLine, `${what} has no Expires, which says how long it was granted for.`);
  },
  fix: (reported) => {
    const asked = reported.neighbours().map((other) => headerValue(other, 'expires'));
    return withHeader(reported, 'Expires', asked.find((value) => value && /^\d+$/.test(value)) ?? '3600');
  },
};
