import { headOf, pointTo, sentMessages } from '../flow/sequence.ts';
import { acceptedSubscriptions, isNotification } from '../flow/subscriptions.ts';
import { isOver } from '../flow/unanswered.ts';
import { hasBody } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const subscribeWithoutNotify: CallRule = {
  id: 'subscribe-without-notify',
  group: 'subscriptions',
  scope: 'call',
  title: 'A subscription was accepted, but no notification followed.',
  spec: 'RFC 6665 §4.2.1.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
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
    Expires: 3600

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Expires: 3600

    SUBSCRIBE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK5
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>
    Call-ID: 2@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence
    Expires: 60

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK5
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>;tag=d
    Call-ID: 2@example.org
    CSeq: 1 SUBSCRIBE
    Expires: 60
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
            ^^^ No NOTIFY follows this 200, although one is due at once: the subscriber does not learn the state.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Expires: 3600

    SUBSCRIBE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Event: presence
    Expires: 3600

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Expires: 3600
  `,
  needs: ['SUBSCRIBE'],
  check(call, report) {
    const over = isOver(call, 'SUBSCRIBE');
    const notified = new Set(
      sentMessages(call)
        .filter(isNotification)
        .map(({ toTag }) => toTag),
    );
    const told = new Set<string>();
    for (const { response, request } of acceptedSubscriptions(call)) {
      if (notified.has(request.fromTag) || told.has(request.fromTag) || !over(response)) continue;
      if (hasBody(response.message)) continue; // the first notification may come with the answer (ms-piggyback-first-notify)
      told.add(request.fromTag);
      const text = `No NOTIFY follows this ${response.status}, although one is due at once: the subscriber does not learn the state.`;
      report(response, headOf(response), text, [pointTo(request, 'The SUBSCRIBE.')]);
    }
  },
};
