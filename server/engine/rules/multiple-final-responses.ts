import { afterFinal } from '../flow/outcomes.ts';
import { headOf, named, pointTo } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const multipleFinalResponses: CallRule = {
  id: 'multiple-final-responses',
  group: 'transactions',
  scope: 'call',
  title: 'One user agent gives two different final responses to one request.',
  spec: 'RFC 3261 §17.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=c
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 CANCEL

    SIP/2.0 481 Call Does Not Exist
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 CANCEL
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 486 Busy Here
            ^^^ The request was answered 200 (message 2) already: the first final response holds, and this one is dropped.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
  `,
  needs: ['response'],
  check(call, report) {
    for (const { final, later } of afterFinal(call)) {
      if (later.status < 200) continue;
      const text = `The request was answered ${final.status} (${named(final)}) already: the first final response holds, and this one is dropped.`;
      report(later, headOf(later), text, [pointTo(final, 'The first final response.')]);
    }
  },
};
