import { headOf, named } from '../flow/sequence.ts';
import { isRemoval, notifiedAfterEnd } from '../flow/subscriptionEnds.ts';
import { header } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const notifyAfterTerminated: CallRule = {
  id: 'notify-after-terminated',
  group: 'subscriptions',
  scope: 'call',
  title: 'A notification follows the one that ended its subscription.',
  spec: 'RFC 6665 §4.1.3; RFC 6665 §4.4.1',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: refer;id=2
    Subscription-State: active;expires=60

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 NOTIFY
    Event: refer;id=2
    Subscription-State: terminated;reason=noresource

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 3 NOTIFY
    Event: refer;id=3
    Subscription-State: active;expires=60

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 4 NOTIFY
    Event: presence
    Subscription-State: terminated;reason=timeout

    SUBSCRIBE sip:bob@192.0.2.9 SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 5 SUBSCRIBE
    Event: presence

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 5 NOTIFY
    Event: presence
    Subscription-State: active;expires=60
  `,
  bad: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: presence
    Subscription-State: terminated;reason=timeout

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 NOTIFY
    Event: presence
    Subscription-State: active;expires=60
                        ^^^^^^^^^^^^^^^^^ This subscription had ended with message 1: no notification may follow without a new SUBSCRIBE, and it is answered 481.
  `,
  needs: ['subscription-state'],
  check(call, report) {
    for (const { message, end } of notifiedAfterEnd(call)) {
      // Of somebody who was removed from a conference another rule says so.
      if (isRemoval(end)) continue;
      const at = header(message.message, 'subscription-state')?.value ?? headOf(message);
      const text = `This subscription had ended with ${named(end)}: no notification may follow without a new SUBSCRIBE, and it is answered 481.`;
      report(message, at, text, [{ in: end, at: headOf(end), text: 'The end of the subscription.' }]);
    }
  },
};
