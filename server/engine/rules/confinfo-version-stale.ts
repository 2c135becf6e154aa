import { named } from '../flow/sequence.ts';
import { type StateDocument, subscriptions } from '../flow/stateDocuments.ts';
import type { CallRule } from './rule.ts';

export const confinfoVersionStale: CallRule = {
  id: 'confinfo-version-stale',
  group: 'conferences',
  scope: 'call',
  title: 'A conference state is not newer than the one before it and will be discarded.',
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
      state="full" version="10">
      <users state="full">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    SUBSCRIBE sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE
    Event: conference

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 11 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="full" version="10">
      <users state="full">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
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
      state="partial" version="9">
                               ^ Version 9 is not above 10 (message 1): the subscriber discards this document.
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
        if (last && isStale(document, last)) {
          const before = last.info.versioned;
          const text = `Version ${version} is not above ${before?.value} (${named(last.message)}): the subscriber discards this document.`;
          report(
            document.message,
            versioned.at,
            text,
            before ? [{ in: last.message, at: before.at, text: 'The newest version.' }] : [],
          );
        }
        if (!last || state !== 'partial' || version > (last.info.version ?? 0)) last = document;
      }
    }
  },
};

/** The full state may follow a partial one with its number; what the subscriber has refused is sent again. */
function isStale({ info }: StateDocument, { info: last, message }: StateDocument): boolean {
  const [version, before] = [info.version ?? 0, last.version ?? 0];
  if (version > before) return false;
  if (version < before) return true;
  const completes = info.state === 'full' && last.state === 'partial';
  return !completes && !message.responses.some(({ status }) => status >= 300);
}
