import { acceptances } from '../flow/invites.ts';
import { branchAt, isUnique, named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const ack2xxBranchReused: CallRule = {
  id: 'ack-2xx-branch-reused',
  group: 'transactions',
  scope: 'call',
  title: 'The ACK to a 2xx has the branch of the INVITE, although it is a transaction of its own.',
  spec: 'RFC 3261 §13.2.2.4; RFC 3261 §17.1.1.3',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 488 Not Acceptable Here
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 ACK
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
                                      ^^^^^^^^ The ACK to a 2xx (message 2) needs a branch of its own; this is that of the INVITE (message 1), so that a proxy may take the ACK for a part of the INVITE transaction.
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK
  `,
  needs: ['ACK', '2xx'],
  check(call, report) {
    for (const { ack, invite, response } of acceptances(call)) {
      if (!ack || !isUnique(ack) || ack.branch !== invite.branch) continue;
      const text = `The ACK to a 2xx (${named(response)}) needs a branch of its own; this is that of the INVITE (${named(invite)}), so that a proxy may take the ACK for a part of the INVITE transaction.`;
      report(ack, branchAt(ack), text, [{ in: invite, at: branchAt(invite), text: 'The branch of the INVITE.' }]);
    }
  },
};
