import { quote } from '../base/quote.ts';
import { CCCP, CONFERENCE_INFO, placed, readCccp } from '../flow/cccp.ts';
import { child } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const cccpMediaIdMismatch: DocumentRule = {
  id: 'cccp-media-id-mismatch',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP command about a medium carries another medium than its keys name.',
  spec: 'MS-CONFAV §2.2.1; MS-CONFAV §3.2.5.4',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <modifyEndpointMedia>
        <mediaKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:bob@example.org"
          endpointEntity="{B0D}" mediaId="2"/>
        <media xmlns="urn:ietf:params:xml:ns:conference-info" id="2"><type>audio</type></media>
      </modifyEndpointMedia>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <modifyEndpointMedia>
        <mediaKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:bob@example.org"
          endpointEntity="{B0D}" mediaId="2"/>
        <media xmlns="urn:ietf:params:xml:ns:conference-info" id="1"><type>audio</type></media>
                                                                  ^ The keys name medium “2”, not “1”.
      </modifyEndpointMedia>
    </request>
  `,
  check(document, report) {
    for (const { element } of readCccp(document)?.commands ?? []) {
      const keys = child(element, 'mediaKeys', CCCP);
      const media = child(element, 'media', CONFERENCE_INFO);
      const wanted = keys && placed(document, keys, 'mediaId');
      const found = media && placed(document, media, 'id');
      if (wanted?.value && found?.value && wanted.value !== found.value)
        report(found.at, `The keys name medium ${quote(wanted.value)}, not ${quote(found.value)}.`, {
          related: [{ at: wanted.at, text: 'The medium that the command is about.' }],
        });
    }
  },
};
