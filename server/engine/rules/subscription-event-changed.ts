import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { headOf, named } from '../flow/sequence.ts';
import { changedEvents } from '../flow/subscriptions.ts';
import { header, headerValue } from '../sip/message.ts';
import { replaced } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const subscriptionEventChanged: CallRule = {
  id: 'subscription-event-changed',
  group: 'subscriptions',
  scope: 'call',
  title: 'A notification has another event package or id than its subscription.',
  spec: 'RFC 6665 §8.2.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
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

    REFER sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 REFER

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 NOTIFY
    Event: refer;id=2
    Subscription-State: active;expires=3600

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn3
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 3 BENOTIFY
    Event: presence
    Subscription-State: active;expires=3600
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
    Event: Presence
           ^^^^^^^^ Event must be “presence”, as in the SUBSCRIBE (message 1), letter for letter: the subscriber finds no such subscription and answers 481.
    Subscription-State: active;expires=3600
  `,
  needs: ['SUBSCRIBE'],
  check(call, report) {
    for (const { notification, subscribe } of changedEvents(call)) {
      const at = header(notification.message, 'event')?.value ?? headOf(notification);
      const wanted = header(subscribe.message, 'event')?.value ?? headOf(subscribe);
      const text = `Event must be ${quote(slice(subscribe.message.text, wanted))}, as in the SUBSCRIBE (${named(subscribe)}), letter for letter: the subscriber finds no such subscription and answers 481.`;
      report(notification, at, text, [{ in: subscribe, at: wanted, text: 'Event of the SUBSCRIBE.' }]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const found = changedEvents(call()).find(({ notification }) => notification.index === flow().index);
    const wanted = found && headerValue(found.subscribe.message, 'event');
    return wanted ? replaced({ message, at }, wanted) : [];
  },
};
