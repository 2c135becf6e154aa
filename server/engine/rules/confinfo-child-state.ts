import { CONFERENCE_INFO, placed } from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { attribute, walk, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

/** Elements that may bear a state (RFC 4575 §6); for all of them none means full. */
const EMPTY_WHEN_DELETED = ['users', 'user', 'endpoint', 'sidebars-by-val'];
const URI_LISTS = ['conf-uris', 'service-uris', 'uris', 'associated-aors', 'sidebars-by-ref'];
const WITH_STATE = new Set(['conference-info', 'entry', ...EMPTY_WHEN_DELETED, ...URI_LISTS]);

export const confinfoChildState: DocumentRule = {
  id: 'confinfo-child-state',
  group: 'conferences',
  scope: 'document',
  title: 'A part of a conference state is partial or deleted inside a full one, or something deleted has content.',
  spec: 'RFC 4575 §4.4',
  severity: { strict: 'info', trace: 'info', ms: 'info', doc: 'info' },
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
        <user entity="sip:bob@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
        <user entity="sip:dave@example.org" state="partial"><endpoint entity="{1}" state="deleted"/></user>
        <user entity="sip:erin@example.org"><endpoint entity="{2}"/></user>
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
      state="full" version="11">
      <users state="partial">
                    ^^^^^^^ users is partial inside conference-info, which is full: all parts of a full element must be full.
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
        <user entity="sip:dave@example.org" state="deleted"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
                                                   ^^^^^^^ user is deleted, so what it contains is ignored.
      </users>
    </conference-info>
  `,
  check(document, report) {
    if (!readConferenceInfo(document)) return;
    for (const element of walk(document)) {
      const stated = isChanging(document, element) ? placed(document, element, 'state') : null;
      if (stated?.value !== 'partial' && stated?.value !== 'deleted') continue;
      const full = fullParent(document, element);
      if (full) {
        const why = placed(document, full, 'state') ? 'which is full' : 'which has no state and so is full';
        const text = `${element.local} is ${stated.value} inside ${full.local}, ${why}: all parts of a full element must be full.`;
        report(stated.at, text, { related: [{ at: full.nameAt, text: 'The full element.' }] });
      } else if (isIdle(element, stated.value)) {
        report(stated.at, `${element.local} is deleted, so what it contains is ignored.`);
      }
    }
  },
};

function bearsState({ namespace, local }: XmlElement): boolean {
  return namespace === CONFERENCE_INFO && WITH_STATE.has(local);
}

/** Long rosters are full throughout: then there is nothing to compare. */
function isChanging({ text }: XmlDocument, element: XmlElement): boolean {
  const found = bearsState(element) ? attribute(element, 'state') : undefined;
  return found !== undefined && !text.startsWith('full"', found.value.from);
}

/** Whether it is deleted and has content that it need not have. */
function isIdle({ local, children }: XmlElement, state: string): boolean {
  return state === 'deleted' && children.length > 0 && EMPTY_WHEN_DELETED.includes(local);
}

/** The nearest element around it that can have a state, if it is full: its parent, or the one around a description. */
function fullParent(document: XmlDocument, { parent }: XmlElement): XmlElement | null {
  const around = parent && !WITH_STATE.has(parent.local) ? parent.parent : parent;
  if (!around || !bearsState(around)) return null;
  return (placed(document, around, 'state')?.value || 'full') === 'full' ? around : null;
}
