import { acceptances } from '../flow/invites.ts';
import { reliableResponses } from '../flow/reliable.ts';
import { headOf, pointTo } from '../flow/sequence.ts';
import { header } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const reliablePrackMissing: CallRule = {
  id: '100rel-prack-missing',
  group: 'transactions',
  scope: 'call',
  title: 'A reliable provisional response got no PRACK, although the caller went on.',
  spec: 'RFC 3262 §4',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Supported: 100rel

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Require: 100rel
    RSeq: 1

    PRACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 PRACK
    RAck: 1 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Supported: 100rel

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Require: 100rel
    RSeq: 1
          ^ No PRACK with “RAck: 1 1 INVITE” acknowledges this 183: it is sent again, and the callee may refuse the call.

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK
  `,
  needs: ['rseq'],
  check(call, report) {
    const accepted = new Map(
      acceptances(call).map((one) => [`${one.response.cseq?.number} ${one.response.toTag}`, one]),
    );
    for (const { response, number, prack } of reliableResponses(call)) {
      const end = accepted.get(`${response.cseq?.number} ${response.toTag}`);
      if (prack || !end?.ack) continue;
      const text = `No PRACK with “RAck: ${number} ${response.cseq?.number} INVITE” acknowledges this ${response.status}: it is sent again, and the callee may refuse the call.`;
      const at = header(response.message, 'rseq')?.value ?? headOf(response);
      report(response, at, text, [pointTo(end.ack, 'The caller acknowledges the final response only.')]);
    }
  },
};
