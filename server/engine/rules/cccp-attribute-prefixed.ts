import { prefixedAttributes } from '../flow/misnamed.ts';
import type { DocumentRule } from './rule.ts';

export const cccpAttributePrefixed: DocumentRule = {
  id: 'cccp-attribute-prefixed',
  group: 'conferences',
  scope: 'document',
  title: 'An attribute of CCCP or conference-info is written with a prefix, so that nobody reads it.',
  spec: 'draft-levin-xcon-cccp-04 §8; RFC 4575 §6',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info"
      xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <modifyConference>
        <ci:conference-info entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" state="partial">
          <msci:conference-view ci:state="partial"/>
        </ci:conference-info>
      </modifyConference>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <getConference>
        <conferenceKeys ci:confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
                        ^^^^^^^^^^^^^ \`ci:confEntity\` must be written without a prefix: \`confEntity\`.
      </getConference>
    </request>
  `,
  check(document, report) {
    for (const { attribute } of prefixedAttributes(document))
      report(attribute.nameAt, `\`${attribute.name}\` must be written without a prefix: \`${attribute.local}\`.`);
  },
};
