import { shortUri } from '../flow/entity.ts';
import { named } from '../flow/sequence.ts';
import { type StateDocument, subscriptions } from '../flow/stateDocuments.ts';
import type { CallReport, CallRule } from './rule.ts';

export const deletedUserUnknown: CallRule = {
  id: 'deleted-user-unknown',
  group: 'conferences',
  scope: 'call',
  title: 'A user is deleted who was never listed.',
  spec: 'RFC 4575 §4.6',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 8 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="9">
      <users state="partial">
        <user entity="sip:carol@example.org" state="deleted"/>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 9 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="full" version="10">
      <users state="full">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
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
        <user entity="sip:dave@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
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
      state="partial" version="12">
      <users state="partial">
        <user entity="sip:dave@example.org" state="deleted"/>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 12 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="14">
      <users state="partial">
        <user entity="sip:erin@example.org" state="deleted"/>
      </users>
    </conference-info>
  `,
  bad: `
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
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
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
        <user entity="sip:dave@example.org" state="deleted"/>
                      ^^^^^^^^^^^^^^^^^^^^ dave@example.org is deleted, but neither the full state (message 1) nor a later one has listed this user: there is nobody to be taken off the roster.
      </users>
    </conference-info>
  `,
  needs: ['conference-info'],
  check(call, report) {
    for (const documents of subscriptions(call)) {
      let full: StateDocument | null = null;
      let version: number | null = null;
      let known = new Set<string>();
      for (const document of documents) {
        const { info } = document;
        if (info.state === 'full' && info.users.length) {
          full = document;
          known = new Set();
        } else if (version === null || info.version === null || info.version > version + 1) full = null; // something was missed
        version = info.version;
        if (full) unknownDeletions(document, full, known, report);
      }
    }
  },
};

function unknownDeletions(document: StateDocument, full: StateDocument, known: Set<string>, report: CallReport): void {
  for (const { entity, state } of document.info.users) {
    if (!entity?.value) continue;
    if (state === 'deleted' && !known.has(entity.value)) {
      const text = `${shortUri(entity.value)} is deleted, but neither the full state (${named(full.message)}) nor a later one has listed this user: there is nobody to be taken off the roster.`;
      report(document.message, entity.at, text, [
        { in: full.message, at: full.info.element.nameAt, text: 'The full state.' },
      ]);
    }
    known.add(entity.value);
  }
}
