import type { Call, FlowMessage } from '../flow/call.ts';
import { isRequest, named } from '../flow/sequence.ts';
import { subscriptions } from '../flow/stateDocuments.ts';
import type { CallRule } from './rule.ts';

export const confinfoFirstNotFull: CallRule = {
  id: 'confinfo-first-not-full',
  group: 'conferences',
  scope: 'call',
  title: 'The first conference state of a subscription is not full.',
  spec: 'RFC 4575 §4; RFC 4575 §3.2',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SUBSCRIBE sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Event: conference

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="full" version="1">
      <users state="full">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="2">
      <users state="partial">
        <user entity="sip:carol@example.org" state="deleted"/>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:bob@example.org>;tag=b
    Call-ID: 3@example.org
    CSeq: 7 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="13">
      <users state="partial">
        <user entity="sip:bob@example.org" state="deleted"/>
      </users>
    </conference-info>
  `,
  bad: `
    SUBSCRIBE sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Event: conference

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="1">
             ^^^^^^^ The first document of the subscription (message 1) must be full: there is nothing yet that a partial one could change.
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>
  `,
  needs: ['conference-info', 'SUBSCRIBE'],
  check(call, report) {
    const opened = initialSubscribes(call);
    for (const [first] of subscriptions(call)) {
      const subscribe = first && (opened.get(first.message.toTag) ?? opened.get(first.message.fromTag));
      if (!first || !subscribe || first.info.state === 'full' || !first.info.stated) continue;
      if (subscribe.order > first.message.order) continue;
      const text = `The first document of the subscription (${named(subscribe)}) must be full: there is nothing yet that a partial one could change.`;
      report(first.message, first.info.stated.at, text, [
        { in: subscribe, at: subscribe.message.startLine, text: 'The SUBSCRIBE.' },
      ]);
    }
  },
};

/** The SUBSCRIBE that opened a subscription, by the tag of its sender. */
function initialSubscribes(call: Call): Map<string, FlowMessage> {
  const subscribes = call.messages.filter((one) => one.method === 'SUBSCRIBE' && isRequest(one) && !one.toTag);
  return new Map(subscribes.map((subscribe) => [subscribe.fromTag, subscribe]));
}
