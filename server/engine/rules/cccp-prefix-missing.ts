import { strayElements } from '../flow/misnamed.ts';
import { nameAt } from '../xml/names.ts';
import { CONFERENCE_INFO } from '../xml/schemas.ts';
import type { DocumentRule } from './rule.ts';

export const cccpPrefixMissing: DocumentRule = {
  id: 'cccp-prefix-missing',
  group: 'conferences',
  scope: 'document',
  title:
    'An element of conference-info stands in the namespace of CCCP, where it says nothing: its prefix was forgotten.',
  spec: 'RFC 4575 §6; draft-levin-xcon-cccp-04 §8',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <modifyUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:bob@example.org"><ci:roles><ci:entry>presenter</ci:entry></ci:roles></ci:user>
      </modifyUser>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <modifyUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:bob@example.org"><roles><entry>presenter</entry></roles></ci:user>
                                               ^^^^^ \`roles\` is in the namespace of CCCP here, where it is taken for an extension; \`ci:roles\` is meant.
      </modifyUser>
    </request>
  `,
  check(document, report) {
    for (const element of strayElements(document)) {
      const meant = nameAt(document, element, { namespace: CONFERENCE_INFO, local: element.local });
      const text = `\`${element.name}\` is in the namespace of CCCP here, where it is taken for an extension; \`${meant}\` is meant.`;
      report(element.nameAt, text);
    }
  },
};
