import { isMistyped } from '../flow/attributes.ts';
import { endpointElements, readConferenceInfo, userElements } from '../flow/conferenceInfo.ts';
import { attribute, type XmlElement } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const confinfoKeyMissing: DocumentRule = {
  id: 'confinfo-key-missing',
  group: 'conferences',
  scope: 'document',
  title: 'A user or endpoint of a conference state has no entity, so that an update cannot be told whom it is about.',
  spec: 'RFC 4575 §4.5; RFC 4575 §4.6',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="partial" version="2">
      <users state="partial">
        <user entity="sip:bob@example.org"><endpoint entity="{B0D}"><status>connected</status></endpoint></user>
      </users>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="partial" version="2">
      <users state="partial">
        <user entity="sip:bob@example.org"><endpoint><status>connected</status></endpoint></user>
                                            ^^^^^^^^ This endpoint has no entity: a subscriber cannot tell which one the update is about.
      </users>
    </conference-info>
  `,
  check(document, report) {
    const info = readConferenceInfo(document);
    if (!info || info.state === 'deleted') return;
    const [why, remark] = info.state === 'partial' ? UPDATE : FULL;
    const judge = (element: XmlElement) => {
      if (!element.unfinished && !hasEntity(element))
        report(element.nameAt, `This ${element.local} has no entity: ${why}.`, remark);
    };
    for (const user of userElements(info.element)) {
      judge(user);
      endpointElements(user).forEach(judge);
    }
  },
};

const UPDATE = ['a subscriber cannot tell which one the update is about', {}] as const;
const FULL = ['no update can change it afterwards', { most: 'hint' }] as const;

function hasEntity(element: XmlElement): boolean {
  const value = attribute(element, 'entity')?.value;
  return value ? value.to > value.from : isMistyped(element, 'entity');
}
