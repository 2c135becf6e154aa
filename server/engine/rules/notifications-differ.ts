import type { DocumentNotice } from '../flow/conference.ts';
import type { TraceRule } from './rule.ts';

export const notificationsDiffer: TraceRule = {
  id: 'notifications-differ',
  group: 'conferences',
  scope: 'trace',
  about: 'conference',
  title: 'Two subscribers get a different conference state under the same version.',
  spec: 'RFC 4575 §5.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
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
        <user entity="sip:carol@example.org" state="full" ><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:bob@example.org>;tag=b
    Call-ID: 3@example.org
    CSeq: 6 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="full" version="10">
      <users state="full">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
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
    To: <sip:bob@example.org>;tag=b
    Call-ID: 2@example.org
    CSeq: 5 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
     ^^^^^^^^^^^^^^^ Version 10 (partial) differs from that in message 1, which another subscriber got of the same conference: the two see different states.
      state="partial" version="10">
      <users state="partial">
        <user entity="sip:dave@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>
  `,
  check({ conference }, report) {
    const first = new Map<string, DocumentNotice>();
    for (const notice of conference) {
      if (notice.kind !== 'document' || notice.version === null) continue;
      const key = `${notice.conference} ${notice.version} ${notice.state}`;
      const other = first.get(key);
      if (!other) first.set(key, notice);
      else if (other.callId !== notice.callId && other.fingerprint !== notice.fingerprint) {
        const which = `Version ${notice.version} (${notice.state})`;
        const whose = 'which another subscriber got of the same conference';
        report(
          notice,
          `${which} differs from that in message ${other.index + 1}, ${whose}: the two see different states.`,
          [{ notice: other, text: `Version ${notice.version} for another subscriber.` }],
        );
      }
    }
  },
};
