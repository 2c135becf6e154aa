import { headOf, named, pointTo, sentMessages } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const responseToAck: CallRule = {
  id: 'response-to-ack',
  group: 'transactions',
  scope: 'call',
  title: 'An ACK is answered; nothing may answer it.',
  spec: 'RFC 3261 §17',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
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

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK
  `,
  bad: `
    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    SIP/2.0 200 OK
            ^^^ Answers the ACK (message 1), which is never answered: no transaction waits for it, and it is dropped.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK
  `,
  needs: ['ACK', 'response'],
  check(call, report) {
    for (const response of sentMessages(call)) {
      if (!response.status || response.cseq?.method !== 'ACK') continue;
      const ack = response.respondsTo;
      const which = ack ? `the ACK (${named(ack)})` : 'an ACK';
      const text = `Answers ${which}, which is never answered: no transaction waits for it, and it is dropped.`;
      report(response, headOf(response), text, ack ? [pointTo(ack, 'The ACK.')] : []);
    }
  },
};
