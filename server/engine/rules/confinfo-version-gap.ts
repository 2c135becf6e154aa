import { named } from '../flow/sequence.ts';
import { type StateDocument, subscriptions } from '../flow/stateDocuments.ts';
import type { CallRule } from './rule.ts';

export const confinfoVersionGap: CallRule = {
  id: 'confinfo-version-gap',
  group: 'conferences',
  scope: 'call',
  title: 'A partial conference state skips versions: a notification is missing.',
  spec: 'RFC 4575 §4.6; RFC 4575 §5.2',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 9 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:bob@example.org>;tag=b
    Call-ID: 2@example.org
    CSeq: 5 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 10 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="11">
      <users state="partial">
        <user entity="sip:carol@example.org" state="deleted"/>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 11 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="full" version="20">
      <users state="full">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
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
    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 9 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 10 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="12">
                               ^^ Version goes from 10 (message 1) to 12: 1 notification is missing, and only a new SUBSCRIBE brings the full state.
      <users state="partial">
        <user entity="sip:carol@example.org" state="deleted"/>
      </users>
    </conference-info>
  `,
  needs: ['conference-info'],
  check(call, report) {
    for (const documents of subscriptions(call)) {
      let last: StateDocument | null = null;
      for (const document of documents) {
        const { version, versioned, state } = document.info;
        if (version === null || !versioned) continue;
        const before: number = last?.info.version ?? version;
        if (last && state === 'partial' && version > before + 1) {
          const text = `Version goes from ${before} (${named(last.message)}) to ${version}: ${lost(version - before - 1)}`;
          const related = last.info.versioned && [
            { in: last.message, at: last.info.versioned.at, text: 'The last version seen.' },
          ];
          report(document.message, versioned.at, text, related ?? []);
        }
        if (state !== 'partial' || version >= before) last = document;
      }
    }
  },
};

function lost(count: number): string {
  const what = count === 1 ? '1 notification is missing' : `${count} notifications are missing`;
  return `${what}, and only a new SUBSCRIBE brings the full state.`;
}
