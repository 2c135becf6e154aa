import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import type { DocumentRule } from './rule.ts';

export const confinfoPartialEmpty: DocumentRule = {
  id: 'confinfo-partial-empty',
  group: 'conferences',
  scope: 'document',
  title: 'A partial conference state holds nothing, so that it changes nothing.',
  spec: 'RFC 4575 §4.4; RFC 4575 §4.6',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="deleted" version="9"/>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="partial" version="9"/>
                                                                                                         ^^^^^^^ A partial conference state holds what has changed; here is nothing.
  `,
  check(document, report) {
    const info = document.problems.length ? null : readConferenceInfo(document);
    if (info?.state === 'partial' && info.stated && info.element.children.length === 0)
      report(info.stated.at, 'A partial conference state holds what has changed; here is nothing.');
  },
};
