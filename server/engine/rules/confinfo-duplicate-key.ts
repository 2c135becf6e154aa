import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import { CONFERENCE_INFO, placedText } from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { attribute, child, childrenOf, walk, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import type { DocumentReport, DocumentRule } from './rule.ts';

interface Listed {
  readonly member: string;
  /** The attribute, or else the child, that tells members apart. */
  readonly key: string;
}

/** What is listed in what (RFC 4575 §4.5); the media that a conference offers are told apart by their label. */
const LISTS: Readonly<Record<string, Listed>> = {
  users: { member: 'user', key: 'entity' },
  user: { member: 'endpoint', key: 'entity' },
  endpoint: { member: 'media', key: 'id' },
  'available-media': { member: 'entry', key: 'label' },
  'sidebars-by-val': { member: 'entry', key: 'entity' },
  'sidebars-by-ref': { member: 'entry', key: 'uri' },
};

export const confinfoDuplicateKey: DocumentRule = {
  id: 'confinfo-duplicate-key',
  group: 'conferences',
  scope: 'document',
  title: 'Two users, endpoints, media or entries of a list in a conference state have the same key.',
  spec: 'RFC 4575 §4.5',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
        <user entity="sip:Carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
      state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full"><endpoint entity="{C2}"><status>connected</status></endpoint></user>
        <user entity="sip:carol@example.org" state="deleted"/>
                      ^^^^^^^^^^^^^^^^^^^^^ Another user of this list has the entity “sip:carol@example.org”: an update cannot tell them apart.
      </users>
      <sidebars-by-ref>
        <entry><uri>sip:side@example.org</uri></entry>
        <entry><uri>sip:side@example.org</uri></entry>
                    ^^^^^^^^^^^^^^^^^^^^ Another entry of this list has the uri “sip:side@example.org”: an update cannot tell them apart.
      </sidebars-by-ref>
    </conference-info>
  `,
  check(document, report) {
    if (!readConferenceInfo(document)) return;
    for (const list of walk(document)) {
      if (list.namespace === CONFERENCE_INFO && Object.hasOwn(LISTS, list.local)) duplicates(document, list, report);
    }
  },
};

function duplicates(document: XmlDocument, list: XmlElement, report: DocumentReport): void {
  const { member, key } = LISTS[list.local]!;
  const members = childrenOf(list, member, CONFERENCE_INFO);
  if (members.length < 2) return;
  const first = new Map<string, Span>();
  const name = member === 'media' ? 'medium' : member;
  for (const element of members) {
    const at = keyOf(document, element, key);
    const value = at ? slice(document.text, at) : '';
    if (!at || !value) continue;
    const other = first.get(value);
    if (!other) first.set(value, at);
    else {
      const text = `Another ${name} of this list has the ${key} ${quote(value)}: an update cannot tell them apart.`;
      report(at, text, { related: [{ at: other, text: `The first ${name}.` }] });
    }
  }
}

/** Where the key stands; keys are compared as they are written. */
function keyOf(document: XmlDocument, element: XmlElement, key: string): Span | undefined {
  const inside = key === 'uri' ? child(element, key, CONFERENCE_INFO) : undefined;
  return inside ? placedText(document, inside)?.at : attribute(element, key)?.value;
}
