import { finalOf, inviteOfBranch } from '../flow/invites.ts';
import { headOf, named, pointTo, sentMessages } from '../flow/sequence.ts';
import { isOver } from '../flow/unanswered.ts';
import type { CallRule } from './rule.ts';

export const cancelNo487: CallRule = {
  id: 'cancel-no-487',
  group: 'transactions',
  scope: 'call',
  title: 'An INVITE was cancelled, but never got a final response.',
  spec: 'RFC 3261 §9.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 CANCEL

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 CANCEL

    SIP/2.0 487 Request Terminated
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 2 INVITE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    ^^^^^^ The CANCEL (message 3) was accepted with message 4, but this INVITE never got its 487: the caller cannot tell that the call has ended.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 CANCEL

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 CANCEL

    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
  `,
  needs: ['CANCEL'],
  check(call, report) {
    const over = isOver(call, 'INVITE');
    const inviteOf = inviteOfBranch(call);
    for (const response of sentMessages(call)) {
      const cancel = response.respondsTo;
      const invite = response.status === 200 && response.method === 'CANCEL' && cancel ? inviteOf(cancel) : null;
      if (!cancel || !invite || !over(response) || finalOf(invite)) continue;
      const text = `The CANCEL (${named(cancel)}) was accepted with ${named(response)}, but this INVITE never got its 487: the caller cannot tell that the call has ended.`;
      const related = [pointTo(cancel, 'The CANCEL.'), pointTo(response, 'Its acceptance.')];
      report(invite, headOf(invite), text, related);
    }
  },
};
