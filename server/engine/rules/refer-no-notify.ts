import type { FlowMessage } from '../flow/call.ts';
import { headOf, pointTo, sentMessages } from '../flow/sequence.ts';
import { eventKey, isNotification } from '../flow/subscriptions.ts';
import { isOver } from '../flow/unanswered.ts';
import { headerValue } from '../sip/message.ts';
import { hasOption } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const referNoNotify: CallRule = {
  id: 'refer-no-notify',
  group: 'subscriptions',
  scope: 'call',
  title: 'A REFER was accepted, but no notification tells what came of it.',
  spec: 'RFC 3515 §2.4.4',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    REFER sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 REFER
    Refer-Sub: false

    SIP/2.0 202 Accepted
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 REFER

    REFER sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 REFER

    SIP/2.0 202 Accepted
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 REFER

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: refer;id=2
    Subscription-State: active;expires=60

    REFER sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK5
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 REFER
  `,
  bad: `
    REFER sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 REFER

    SIP/2.0 202 Accepted
            ^^^ No NOTIFY of the event “refer” follows this 202: the sender of the REFER does not learn whether the transfer succeeded.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 REFER

    REFER sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 REFER

    SIP/2.0 202 Accepted
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 REFER
  `,
  needs: ['REFER'],
  check(call, report) {
    const over = isOver(call, 'REFER');
    const notified = new Set<string>();
    for (const message of sentMessages(call)) {
      if (isNotification(message) && /^refer\b/i.test(eventKey(message))) notified.add(message.toTag);
    }
    for (const response of sentMessages(call)) {
      const { status, method, respondsTo: refer } = response;
      if (method !== 'REFER' || status < 200 || status > 299 || !refer || notified.has(refer.fromTag)) continue;
      if (wantsNone(refer) || wantsNone(response) || !over(response)) continue;
      const text = `No NOTIFY of the event “refer” follows this ${status}: the sender of the REFER does not learn whether the transfer succeeded.`;
      report(response, headOf(response), text, [pointTo(refer, 'The REFER.')]);
    }
  },
};

/** No subscription comes of it (RFC 4488 §4), or a server reports otherwise. */
function wantsNone({ message }: FlowMessage): boolean {
  if (/^false\b/i.test(headerValue(message, 'refer-sub')?.trim() ?? '')) return true;
  const tags = ['norefersub', 'ms-safe-transfer', 'nosub', 'explicitsub'];
  return tags.some((tag) => hasOption(message, 'require', tag) || hasOption(message, 'supported', tag));
}
