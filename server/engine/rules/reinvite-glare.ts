import type { Call, FlowMessage } from '../flow/call.ts';
import { finalOf } from '../flow/invites.ts';
import { dialogKey, headOf, isRequest, named, pointTo, sentMessages } from '../flow/sequence.ts';
import { hasBody } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const reinviteGlare: CallRule = {
  id: 'reinvite-glare',
  group: 'dialogs',
  scope: 'call',
  title: 'Both sides change the session at the same time, and one of the changes is accepted; 491 is due.',
  spec: 'RFC 3261 §14.1; RFC 3261 §14.2',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    INVITE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 491 Request Pending
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 491 Request Pending
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 INVITE

    INVITE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK4
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 3 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK4
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 3 INVITE
  `,
  bad: `
    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    INVITE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 200 OK
            ^^^ The INVITE in message 1 came while that of the other side (message 2) was open: 491 is due, or the two sides may not agree on the session.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 200 OK
            ^^^ The INVITE in message 2 came while that of the other side (message 1) was open: 491 is due, or the two sides may not agree on the session.
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INVITE
  `,
  needs: ['INVITE|UPDATE'],
  check(call, report) {
    for (const [first, second] of glares(call)) {
      for (const [own, other] of [[first, second] as const, [second, first] as const]) {
        const answer = finalOf(own);
        if (!answer || answer.status > 299) continue;
        const text = `The ${own.method} in ${named(own)} came while that of the other side (${named(other)}) was open: 491 is due, or the two sides may not agree on the session.`;
        report(answer, headOf(answer), text, [
          pointTo(own, 'The request.'),
          pointTo(other, 'The open request of the other side.'),
        ]);
      }
    }
  },
};

/** Pairs of requests that change a session, one of each side, the second sent before the first was answered. */
function glares(call: Call): [FlowMessage, FlowMessage][] {
  const open = new Map<string, FlowMessage>();
  const pairs: [FlowMessage, FlowMessage][] = [];
  for (const request of sentMessages(call)) {
    const key = isRequest(request) && changesSession(request) ? dialogKey(request) : '';
    if (!key) continue;
    const other = open.get(`${key} ${request.method} ${request.toTag}`);
    if (other && (finalOf(other)?.order ?? 0) > request.order) pairs.push([other, request]);
    open.set(`${key} ${request.method} ${request.fromTag}`, request);
  }
  return pairs;
}

/** An UPDATE without a body only keeps the session alive. */
function changesSession({ method, message }: FlowMessage): boolean {
  return method === 'INVITE' || (method === 'UPDATE' && hasBody(message));
}
