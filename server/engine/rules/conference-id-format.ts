import { quote } from '../base/quote.ts';
import { CCCP, CONFINFO_EXTENSIONS, type Placed, placed, placedText } from '../flow/cccp.ts';
import { descriptionsIn } from '../flow/descriptions.ts';
import { childrenOf, type XmlDocument } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const conferenceIdFormat: DocumentRule = {
  id: 'conference-id-format',
  group: 'conferences',
  scope: 'document',
  title: 'A conference-id is not made of 8 to 32 letters and digits.',
  spec: 'MS-CONFPRO §2.2.1.2',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      C3PVersion="1" requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <getConference><conferenceKeys msci:conference-id="7ECB5F9BFFB1F343B36775DBA09E8038"/></getConference>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      C3PVersion="1" requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <getConference><conferenceKeys msci:conference-id="team-7"/></getConference>
                                                         ^^^^^^ A conference-id should be 8 to 32 letters and digits, not “team-7”.
    </request>
  `,
  check(document, report) {
    for (const id of idsIn(document)) {
      if (!/^[A-Za-z0-9]{8,32}$/.test(id.value))
        report(id.at, `A conference-id should be 8 to 32 letters and digits, not ${quote(id.value)}.`);
    }
  },
};

/** In the description of a conference, and in the keys that ask for one. */
function idsIn(document: XmlDocument): Placed[] {
  const descriptions = descriptionsIn(document).flatMap((one) => childrenOf(one, 'conference-id', CONFINFO_EXTENSIONS));
  const commands = document.root?.namespace === CCCP ? document.root.children : [];
  const keys = commands.flatMap((command) => childrenOf(command, 'conferenceKeys', CCCP));
  const found = [
    ...descriptions.map((one) => placedText(document, one)),
    ...keys.map((one) => placed(document, one, 'conference-id', CONFINFO_EXTENSIONS)),
  ];
  return found.filter((one) => one !== null);
}
