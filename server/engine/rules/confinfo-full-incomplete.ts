import { CONFERENCE_INFO } from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { child } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const confinfoFullIncomplete: DocumentRule = {
  id: 'confinfo-full-incomplete',
  group: 'conferences',
  scope: 'document',
  title: 'A full conference state lacks the description of the conference or its users.',
  spec: 'RFC 4575 §5.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  alone: 'warning',
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="full" version="1">
      <conference-description><subject>Weekly</subject></conference-description>
      <users/>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" state="full" version="1">
     ^^^^^^^^^^^^^^^ A full conference state must tell all: conference-description is missing.
      <users/>
    </conference-info>
  `,
  check(document, report) {
    const info = document.problems.length ? null : readConferenceInfo(document);
    if (info?.state !== 'full' || info.stated?.value === '') return;
    const missing = ['conference-description', 'users'].filter((name) => !child(info.element, name, CONFERENCE_INFO));
    const verb = missing.length > 1 ? 'are' : 'is';
    if (missing.length)
      report(info.element.nameAt, `A full conference state must tell all: ${missing.join(' and ')} ${verb} missing.`);
  },
};
