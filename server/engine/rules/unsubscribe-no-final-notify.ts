import { headOf, pointTo, sentMessages } from '../flow/sequence.ts';
import { acceptedSubscriptions, isNotification, isTerminated } from '../flow/subscriptions.ts';
import { isOver } from '../flow/unanswered.ts';
import { hasBody, headerValue } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const unsubscribeNoFinalNotify: CallRule = {
  id: 'unsubscribe-no-final-notify',
  group: 'subscriptions',
  scope: 'call',
  title: 'A subscription was ended, but no last notification followed.',
  spec: 'RFC 6665 §4.4.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence
    Expires: 3600

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Expires: 3600

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: presence
    Subscription-State: active;expires=3600

    SUBSCRIBE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Event: presence
    Expires: 0

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Expires: 0

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 NOTIFY
    Event: presence
    Subscription-State: terminated;reason=timeout

    SUBSCRIBE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 SUBSCRIBE
    Event: presence
    Expires: 3600

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 SUBSCRIBE
    Expires: 3600
  `,
  bad: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence
    Expires: 3600

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Expires: 3600

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: presence
    Subscription-State: active;expires=3600

    SUBSCRIBE sip:bob@192.0.2.9 SIP/2.0
    ^^^^^^^^^ The subscription ends with this SUBSCRIBE, but no NOTIFY with the state “terminated” follows: the subscriber cannot tell when the last notification has come.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Event: presence
    Expires: 0

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Expires: 0

    SUBSCRIBE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 SUBSCRIBE
    Event: presence
    Expires: 3600

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 SUBSCRIBE
    Expires: 3600
  `,
  needs: ['SUBSCRIBE'],
  check(call, report) {
    const over = isOver(call, 'SUBSCRIBE');
    const ends = new Map<string, number>();
    for (const message of sentMessages(call)) {
      if (isNotification(message) && isTerminated(message)) ends.set(message.toTag, message.order);
    }
    for (const { response, request } of acceptedSubscriptions(call)) {
      const isEnd = headerValue(request.message, 'expires')?.trim() === '0';
      if (!isEnd || (ends.get(request.fromTag) ?? -1) > request.order || !over(response)) continue;
      if (hasBody(response.message)) continue; // the notification may come with the answer
      const text = `The subscription ends with this SUBSCRIBE, but no NOTIFY with the state “terminated” follows: the subscriber cannot tell when the last notification has come.`;
      report(request, headOf(request), text, [pointTo(response, 'The answer.')]);
    }
  },
};
