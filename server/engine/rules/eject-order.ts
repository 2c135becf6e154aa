import type { ConferenceNotice, DocumentNotice, EjectionNotice } from '../flow/conference.ts';
import type { TraceReport } from './rule.ts';

/** So many messages after a success, a missing end is no cut of the trace any more. */
const MESSAGES_AFTER = 10;

import type { TraceRule } from './rule.ts';

export const ejectOrder: TraceRule = {
  id: 'eject-order',
  group: 'conferences',
  scope: 'trace',
  about: 'conference',
  title: 'A user was ejected, but nothing in the trace ends this user, or the end came before the request.',
  spec: 'MS-CONFIM §4.3.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:bob@example.org>;tag=b
    Call-ID: 5@example.org
    CSeq: 10 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
      </deleteUser>
    </response>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:bob@example.org>;tag=b
    Call-ID: 5@example.org
    CSeq: 11 BENOTIFY
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
    Call-ID: 5@example.org
    CSeq: 12 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="12">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 13 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="13">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 14 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="14">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
       ^^^^^^^^^^ Request 7 (message 1) succeeded, but no BYE, no terminated notification and no deleted state ends the user afterwards: whoever was removed may still be there.
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
      </deleteUser>
    </response>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 12 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="12">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 13 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="13">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 14 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="14">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 15 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="15">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 16 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="16">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 17 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="17">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 18 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="18">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 19 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="19">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 20 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="20">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 5@example.org
    CSeq: 21 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="21">
      <users state="partial">
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:bob@example.org>;tag=b
    Call-ID: 5@example.org
    CSeq: 22 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="22">
      <users state="partial">
        <user entity="sip:dave@example.org" state="deleted"/>
      </users>
    </conference-info>

    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 3 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="9" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:dave@example.org"/>
                                                                                                  ^^^^^^^^^^^^^^^^^^^^ This user was deleted before the request: see message 13.
      </deleteUser>
    </request>
  `,
  check({ conference }, report) {
    const history: History = { gone: new Map(), ended: new Map(), documents: new Map(), asked: new Map(), done: [] };
    for (const notice of conference) follow(notice, history, report);
    const last = conference.at(-1)?.index ?? 0;
    for (const { request, success } of history.done) {
      const end = history.ended.get(keyOf(request, request.user)) ?? -1;
      const isShown = (history.documents.get(success.conference) ?? -1) > success.index;
      if (end > request.index || !isShown || last - success.index < MESSAGES_AFTER) continue;
      const what = `Request ${request.requestId} (message ${request.index + 1}) succeeded`;
      const text = `${what}, but no BYE, no terminated notification and no deleted state ends the user afterwards: whoever was removed may still be there.`;
      report(success, text, [{ notice: request, text: 'The request.' }]);
    }
  },
};

interface History {
  /** The document that deleted a user who has not been listed since. */
  readonly gone: Map<string, DocumentNotice>;
  /** The last message that ended a user. */
  readonly ended: Map<string, number>;
  /** The last document of each conference: without one after the success nothing tells who is left. */
  readonly documents: Map<string, number>;
  readonly asked: Map<string, EjectionNotice>;
  readonly done: { request: EjectionNotice; success: EjectionNotice }[];
}

function keyOf({ conference }: ConferenceNotice, user: string): string {
  return `${conference} ${user}`;
}

function follow(notice: ConferenceNotice, history: History, report: TraceReport): void {
  if (notice.kind === 'document') followDocument(notice, history);
  else if (notice.kind === 'departure') {
    for (const user of notice.parties) history.ended.set(keyOf(notice, user), notice.index);
  } else if (notice.kind === 'ejection') {
    history.asked.set(keyOf(notice, notice.requestId), notice);
    const before = history.gone.get(keyOf(notice, notice.user));
    if (before)
      report(notice, `This user was deleted before the request: see message ${before.index + 1}.`, [
        { notice: before, text: 'The user is deleted.' },
      ]);
  } else {
    const request = history.asked.get(keyOf(notice, notice.requestId));
    if (request?.user) history.done.push({ request, success: notice });
  }
}

function followDocument(document: DocumentNotice, { gone, ended, documents }: History): void {
  documents.set(document.conference, document.index);
  if (!document.listed) gone.clear();
  for (const user of document.listed ?? []) gone.delete(keyOf(document, user));
  for (const user of document.deleted) {
    gone.set(keyOf(document, user), document);
    ended.set(keyOf(document, user), document.index);
  }
}
