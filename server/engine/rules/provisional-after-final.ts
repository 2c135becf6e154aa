import { afterFinal } from '../flow/outcomes.ts';
import { headOf, named, pointTo } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const provisionalAfterFinal: CallRule = {
  id: 'provisional-after-final',
  group: 'transactions',
  scope: 'call',
  title: 'A provisional response follows the final one of the same user agent.',
  spec: 'RFC 3261 §17.2.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=c
    Call-ID: 1@example.org
    CSeq: 1 INVITE
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

    SIP/2.0 180 Ringing
            ^^^ 180 comes after the final response 200 (message 2): the transaction is over by then, or the network has changed their order.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
  `,
  needs: ['response'],
  check(call, report) {
    for (const { final, later } of afterFinal(call)) {
      if (later.status >= 200) continue;
      const text = `${later.status} comes after the final response ${final.status} (${named(final)}): the transaction is over by then, or the network has changed their order.`;
      report(later, headOf(later), text, [pointTo(final, 'The final response.')]);
    }
  },
};
