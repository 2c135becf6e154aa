import type { ConferenceUser } from '../flow/conferenceInfo.ts';
import { shortUri } from '../flow/entity.ts';
import { named } from '../flow/sequence.ts';
import { type StateDocument, subscriptions } from '../flow/stateDocuments.ts';
import type { CallReport, CallRule } from './rule.ts';

export const deletedUserStillListed: CallRule = {
  id: 'deleted-user-still-listed',
  group: 'conferences',
  scope: 'call',
  title: 'A user who was deleted is listed again without having joined anew.',
  spec: 'RFC 4575 §4.6',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
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
    CSeq: 11 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="12">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
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
      state="partial" version="13">
      <users state="partial">
        <user entity="sip:carol@example.org" state="partial"><endpoint entity="{C2}" state="deleted"/></user>
      </users>
    </conference-info>
  `,
  bad: `
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
      state="partial" version="12">
      <users state="partial">
        <user entity="sip:carol@example.org" state="partial"><roles><entry>attendee</entry></roles></user>
                      ^^^^^^^^^^^^^^^^^^^^^ carol@example.org was deleted in version 11 (message 1) and has no connected endpoint since, but version 12 lists this user: somebody who is gone is shown as a participant.
      </users>
    </conference-info>
  `,
  needs: ['conference-info'],
  check(call, report) {
    for (const documents of subscriptions(call)) {
      const versioned = documents.filter(({ info }) => info.version !== null && info.state !== 'deleted');
      const byVersion = versioned.sort((a, b) => (a.info.version ?? 0) - (b.info.version ?? 0));
      const gone = new Map<string, Deletion>();
      for (const document of byVersion) for (const user of document.info.users) follow(document, user, gone, report);
    }
  },
};

interface Deletion {
  readonly document: StateDocument;
  readonly user: ConferenceUser;
}

function follow(document: StateDocument, user: ConferenceUser, gone: Map<string, Deletion>, report: CallReport): void {
  const key = user.entity?.value;
  if (!key || !user.entity) return;
  const before = gone.get(key);
  if (user.state === 'deleted') gone.set(key, { document, user });
  else if (before && document.info.version !== before.document.info.version) {
    gone.delete(key);
    if (hasJoined(user)) return;
    const name = shortUri(key);
    const when = `in version ${before.document.info.version} (${named(before.document.message)})`;
    const text = `${name} was deleted ${when} and has no connected endpoint since, but version ${document.info.version} lists this user: somebody who is gone is shown as a participant.`;
    const at = before.user.stated?.at ?? before.user.element.nameAt;
    report(document.message, user.entity.at, text, [
      { in: before.document.message, at, text: `${name} is deleted here.` },
    ]);
  }
}

/** An endpoint without status is taken for one that is there. */
function hasJoined({ endpoints }: ConferenceUser): boolean {
  return endpoints.some(({ state, status }) => state !== 'deleted' && !/^disconnect(?:ed|ing)$/.test(status));
}
