import { quote } from '../base/quote.ts';
import { isMistyped } from '../flow/attributes.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import type { DocumentRule } from './rule.ts';

export const confinfoVersionMissing: DocumentRule = {
  id: 'confinfo-version-missing',
  group: 'conferences',
  scope: 'document',
  title: 'A conference state has no entity or no usable version.',
  spec: 'RFC 4575 §5.2; RFC 4575 §4.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
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
      state="partial" version="4294967295">
      <users state="partial">
        <user entity="sip:carol@example.org" state="deleted"/>
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
     ^^^^^^^^^^^^^^^ conference-info must have a version.
      state="partial">
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
      state="partial" version="4294967296">
                               ^^^^^^^^^^ version must be a whole number from 0 to 4294967295, not “4294967296”.
      <users state="partial">
        <user entity="sip:carol@example.org" state="deleted"/>
      </users>
    </conference-info>
  `,
  check(document, report) {
    const info = readConferenceInfo(document);
    if (!info) return;
    const { entity, versioned, version, element } = info;
    const missing = {
      entity: !entity && !isMistyped(element, 'entity'),
      version: !versioned && !isMistyped(element, 'version'),
    };
    const names = [missing.entity ? 'an entity' : '', missing.version ? 'a version' : ''].filter(Boolean).join(' and ');
    // Published notifications lack the version, or have an empty entity; the schema asks for an entity.
    if (names && !element.unfinished)
      report(element.nameAt, `conference-info must have ${names}.`, missing.entity ? {} : { most: 'warning' });
    if (entity?.value === '')
      report(entity.at, 'entity must be the URI of the conference, not empty.', { most: 'warning' });
    if (versioned && version === null)
      report(
        versioned.at,
        `version must be a whole number from 0 to 4294967295, not ${versioned.value ? quote(versioned.value) : 'empty'}.`,
      );
  },
};
