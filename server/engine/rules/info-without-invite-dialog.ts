import { readCccp } from '../flow/cccp.ts';
import { headOf, isRequest, pointTo, sentMessages } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const infoWithoutInviteDialog: CallRule = {
  id: 'info-without-invite-dialog',
  group: 'dialogs',
  scope: 'call',
  title: 'An INFO belongs to no dialog that an INVITE has made.',
  spec: 'RFC 6086 §4',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
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

    INFO sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INFO

    INFO sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK4
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=y
    Call-ID: began-before-the-trace@example.org
    CSeq: 7 INFO
  `,
  bad: `
    INFO sip:bob@example.org SIP/2.0
    ^^^^ An INFO belongs to the dialog of an INVITE, and this call has none: it is refused.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INFO
  `,
  needs: ['INFO'],
  check(call, report) {
    if (call.partial || call.messages.some(({ method }) => method === 'INVITE')) return;
    const opening = call.messages[0];
    for (const request of sentMessages(call)) {
      if (request.method !== 'INFO' || !isRequest(request)) continue;
      if (!request.toTag && request.xml && readCccp(request.xml)) continue; // another rule says so
      const text = 'An INFO belongs to the dialog of an INVITE, and this call has none: it is refused.';
      const related = opening && opening !== request ? [pointTo(opening, 'The call begins here.')] : [];
      report(request, headOf(request), text, related);
    }
  },
};
