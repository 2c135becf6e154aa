import { misnumberedAcks } from '../flow/invites.ts';
import { named } from '../flow/sequence.ts';
import { replaced } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const ackCseq: CallRule = {
  id: 'ack-cseq',
  group: 'transactions',
  scope: 'call',
  title: 'An ACK has another CSeq number than the INVITE whose answer it acknowledges.',
  spec: 'RFC 3261 §13.2.2.4; RFC 3261 §17.1.1.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 7 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 7 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 7 ACK

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK3
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>;tag=d
    Call-ID: 1@example.org
    CSeq: 9 ACK
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 7 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 7 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 8 ACK
          ^ The ACK must have the number of its INVITE (message 1), 7: with another one it acknowledges nothing, and the answer is sent again and again.
  `,
  needs: ['ACK', 'INVITE'],
  check(call, report) {
    for (const { ack, invite } of misnumberedAcks(call)) {
      if (!ack.cseq || !invite.cseq) continue;
      const text = `The ACK must have the number of its INVITE (${named(invite)}), ${invite.cseq.number}: with another one it acknowledges nothing, and the answer is sent again and again.`;
      report(ack, ack.cseq.at.number, text, [{ in: invite, at: invite.cseq.at.number, text: 'CSeq of the INVITE.' }]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const pair = misnumberedAcks(call()).find(({ ack }) => ack.index === flow().index);
    return pair?.invite.cseq ? replaced({ message, at }, `${pair.invite.cseq.number}`) : [];
  },
};
