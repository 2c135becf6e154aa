import { cancelFaults } from '../flow/cancels.ts';
import { pointTo } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const cancelMismatch: CallRule = {
  id: 'cancel-mismatch',
  group: 'transactions',
  scope: 'call',
  title: 'A CANCEL does not fit the INVITE that it should stop.',
  spec: 'RFC 3261 §9.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 3 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 INVITE

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 3 CANCEL

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 INVITE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 3 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 INVITE

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 4 CANCEL
          ^ The CSeq number must be that of the INVITE (message 1), 3: the server answers it with 481, and the call goes on ringing.
  `,
  needs: ['CANCEL'],
  check(call, report) {
    for (const { cancel, invite, fault } of cancelFaults(call)) {
      report(cancel, fault.at, fault.text, [
        pointTo(fault.because ?? invite, fault.because ? 'The answer.' : 'The INVITE.'),
      ]);
    }
  },
};
