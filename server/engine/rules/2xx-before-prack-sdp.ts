import type { FlowMessage } from '../flow/call.ts';
import { acceptances } from '../flow/invites.ts';
import { reliableResponses } from '../flow/reliable.ts';
import { headOf, named, pointTo } from '../flow/sequence.ts';
import { contentType } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const successBeforePrackSdp: CallRule = {
  id: '2xx-before-prack-sdp',
  group: 'transactions',
  scope: 'call',
  title: 'An INVITE is accepted before the session description in a reliable provisional response was acknowledged.',
  spec: 'RFC 3262 §3; RFC 3262 §5',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
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
    Content-Type: application/sdp

    v=0

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
    Content-Type: application/sdp

    v=0

    SIP/2.0 200 OK
            ^^^ Sent before the 183 with a session description (message 2) was acknowledged with message 4: the two sides may not agree yet on what they send.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    PRACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 PRACK
    RAck: 1 1 INVITE
  `,
  needs: ['PRACK', 'rseq'],
  check(call, report) {
    const accepted = new Map(acceptances(call).map(({ response }) => [keyOf(response), response]));
    for (const { response, prack } of reliableResponses(call)) {
      const success = accepted.get(keyOf(response));
      if (!prack || !success || contentType(response.message) !== 'application/sdp') continue;
      if (success.order < response.order || success.order > prack.order) continue;
      const text = `Sent before the ${response.status} with a session description (${named(response)}) was acknowledged with ${named(prack)}: the two sides may not agree yet on what they send.`;
      report(success, headOf(success), text, [
        pointTo(response, 'It has a session description.'),
        pointTo(prack, 'The PRACK.'),
      ]);
    }
  },
};

function keyOf({ cseq, toTag }: FlowMessage): string {
  return `${cseq?.number} ${toTag}`;
}
