import { CONFERENCE_INFO, placed } from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { childrenOf } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const confinfoSidebarVersion: DocumentRule = {
  id: 'confinfo-sidebar-version',
  group: 'conferences',
  scope: 'document',
  title: 'A sidebar inside a conference state has a version, which has a meaning on the whole only.',
  spec: 'RFC 4575 §4.3; RFC 4575 §6',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="partial" version="2">
      <sidebars-by-val><entry entity="sip:side@example.org"><users/></entry></sidebars-by-val>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="partial" version="2">
      <sidebars-by-val><entry entity="sip:side@example.org" version="1"><users/></entry></sidebars-by-val>
                                                                     ^ The version of a sidebar has no meaning: that of conference-info counts for all of it.
    </conference-info>
  `,
  check(document, report) {
    const info = readConferenceInfo(document);
    if (!info) return;
    const lists = childrenOf(info.element, 'sidebars-by-val', CONFERENCE_INFO);
    for (const entry of lists.flatMap((list) => childrenOf(list, 'entry', CONFERENCE_INFO))) {
      const version = placed(document, entry, 'version');
      if (version)
        report(version.at, 'The version of a sidebar has no meaning: that of conference-info counts for all of it.');
    }
  },
};
