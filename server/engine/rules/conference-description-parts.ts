import { CONFINFO_EXTENSIONS, readCccp } from '../flow/cccp.ts';
import { descriptionsIn } from '../flow/descriptions.ts';
import type { XmlElement } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

/** Microsoft's parts of a description, in the order they are to be in. */
const ORDER = 'conference-id conference-key last-update last-activate is-active expiry-time'.split(' ');
/** What the server finds out by itself. */
const ANSWERS = ['last-activate', 'is-active'];

export const conferenceDescriptionParts: DocumentRule = {
  id: 'conference-description-parts',
  group: 'conferences',
  scope: 'document',
  title:
    'Microsoft’s parts of a conference description are out of order, or a request holds what only a response does.',
  spec: 'MS-CONFPRO §2.2.1.2',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      C3PVersion="1" requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <addConference>
        <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="">
          <conference-description>
            <subject>Weekly</subject>
            <msci:conference-id>SDFBSD12</msci:conference-id>
            <msci:expiry-time>2009-07-13T17:57:09Z</msci:expiry-time>
            <msci:admission-policy>openAuthenticated</msci:admission-policy>
          </conference-description>
        </conference-info>
      </addConference>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      C3PVersion="1" requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <addConference>
        <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="">
          <conference-description>
            <msci:expiry-time>2009-07-13T17:57:09Z</msci:expiry-time>
            <msci:conference-id>SDFBSD12</msci:conference-id>
             ^^^^^^^^^^^^^^^^^^ conference-id should stand before expiry-time.
            <msci:is-active>true</msci:is-active>
             ^^^^^^^^^^^^^^ is-active is what the server answers; a request need not say it.
          </conference-description>
        </conference-info>
      </addConference>
    </request>
  `,
  check(document, report) {
    const needless = readCccp(document)?.kind === 'request' ? ANSWERS : [];
    for (const { children } of descriptionsIn(document)) {
      let last: XmlElement | null = null;
      for (const { element, at } of children.flatMap(rank)) {
        if (needless.includes(element.local))
          report(element.nameAt, `${element.local} is what the server answers; a request need not say it.`);
        else if (last && at < ORDER.indexOf(last.local))
          report(element.nameAt, `${element.local} should stand before ${last.local}.`);
        else last = element;
      }
    }
  },
};

/** The place of an element in the order; nothing for one that has none. */
function rank(element: XmlElement): { element: XmlElement; at: number }[] {
  const at = element.namespace === CONFINFO_EXTENSIONS ? ORDER.indexOf(element.local) : -1;
  return at < 0 ? [] : [{ element, at }];
}
