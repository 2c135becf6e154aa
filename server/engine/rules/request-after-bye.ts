import type { FlowMessage } from '../flow/call.ts';
import { dialogKey, headOf, isRequest, named, pointTo, sentMessages } from '../flow/sequence.ts';

/** Subscriptions may live on in the dialog (RFC 5057 §4), and a BYE of the other side may cross. */
const MAY_FOLLOW = new Set(['BYE', 'ACK', 'CANCEL', 'PRACK', 'NOTIFY', 'BENOTIFY', 'SUBSCRIBE', 'REFER']);

import type { CallRule } from './rule.ts';

export const requestAfterBye: CallRule = {
  id: 'request-after-bye',
  group: 'dialogs',
  scope: 'call',
  title: 'A request belongs to a dialog that a BYE has ended.',
  spec: 'RFC 3261 §15.1; RFC 5057',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
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

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK4
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY

    BYE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK5
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BYE

    INFO sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK6
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=x
    Call-ID: 1@example.org
    CSeq: 3 INFO
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

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    INFO sip:bob@192.0.2.9 SIP/2.0
    ^^^^ The BYE in message 4 ended this dialog, message 5 says so: a request in it is answered 481.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK4
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 INFO
  `,
  needs: ['BYE'],
  check(call, report) {
    const ended = new Map<string, FlowMessage>();
    for (const message of sentMessages(call)) {
      const key = dialogKey(message);
      if (message.status) {
        const ends = (message.status >= 200 && message.status < 300) || message.status === 481;
        if (message.method === 'BYE' && ends && key && message.respondsTo && !ended.has(key)) ended.set(key, message);
        continue;
      }
      const end = isRequest(message) ? ended.get(key) : undefined;
      if (!end?.respondsTo || MAY_FOLLOW.has(message.method) || isLate(message, end)) continue;
      const text = `The BYE in ${named(end.respondsTo)} ended this dialog, ${named(end)} says so: a request in it is answered 481.`;
      const related = [pointTo(end.respondsTo, 'The BYE.'), pointTo(end, 'Its answer.')];
      report(message, headOf(message), text, related);
    }
  },
};

/** Sent before the BYE by the same side, and delivered late. */
function isLate({ fromTag, cseq }: FlowMessage, end: FlowMessage): boolean {
  return fromTag === end.fromTag && (cseq?.number ?? 0) < (end.cseq?.number ?? 0);
}
