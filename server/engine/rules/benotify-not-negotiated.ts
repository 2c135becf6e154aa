import type { FlowMessage } from '../flow/call.ts';
import { headOf, isRequest, named, pointTo, sentMessages } from '../flow/sequence.ts';
import { hasOption } from '../sip/values.ts';

const OFFERS = ['supported', 'require', 'proxy-require'];

import type { CallRule } from './rule.ts';

export const benotifyNotNegotiated: CallRule = {
  id: 'benotify-not-negotiated',
  group: 'subscriptions',
  scope: 'call',
  title: 'A BENOTIFY is sent to a subscriber that did not ask for notifications of this kind.',
  spec: 'MS-SIP §4.4',
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
    Supported: ms-benotify
    Proxy-Require: ms-benotify

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BENOTIFY
    Event: presence
    Subscription-State: active;expires=3600

    BENOTIFY sip:carol@192.0.2.7 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK9
    From: <sip:bob@example.org>;tag=x
    To: <sip:carol@example.org>;tag=c
    Call-ID: 2@example.org
    CSeq: 7 BENOTIFY
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

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    ^^^^^^^^ The SUBSCRIBE (message 1) does not have ms-benotify in Supported: its sender may not know BENOTIFY and miss this notification.
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BENOTIFY
    Event: presence
    Subscription-State: active;expires=3600
  `,
  needs: ['BENOTIFY', 'SUBSCRIBE'],
  check(call, report) {
    const asked = new Map<string, FlowMessage>();
    const negotiated = new Set<string>();
    for (const message of sentMessages(call)) {
      if (!isRequest(message)) continue;
      if (message.method === 'SUBSCRIBE') {
        asked.set(message.fromTag, message);
        if (OFFERS.some((id) => hasOption(message.message, id, 'ms-benotify'))) negotiated.add(message.fromTag);
      }
      const subscribe = message.method === 'BENOTIFY' ? asked.get(message.toTag) : undefined;
      if (!subscribe || call.partial || negotiated.has(message.toTag)) continue;
      const text = `The SUBSCRIBE (${named(subscribe)}) does not have ms-benotify in Supported: its sender may not know BENOTIFY and miss this notification.`;
      report(message, headOf(message), text, [pointTo(subscribe, 'The SUBSCRIBE.')]);
    }
  },
};
