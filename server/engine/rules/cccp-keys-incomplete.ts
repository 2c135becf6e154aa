import { isMistyped } from '../flow/attributes.ts';
import { CCCP, placed, readCccp } from '../flow/cccp.ts';
import type { XmlDocument, XmlElement } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

/** What each kind of keys must say to name one thing. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  conferenceKeys: ['confEntity'],
  userKeys: ['confEntity', 'userEntity'],
  endpointKeys: ['confEntity', 'userEntity', 'endpointEntity'],
  mediaKeys: ['confEntity', 'userEntity', 'endpointEntity', 'mediaId'],
};

export const cccpKeysIncomplete: DocumentRule = {
  id: 'cccp-keys-incomplete',
  group: 'conferences',
  scope: 'document',
  title: 'The keys of a CCCP command do not say what it is about.',
  spec: 'draft-levin-xcon-cccp-04 §8; MS-CONFBAS §2.2.3.15',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      C3PVersion="1" requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <getConference><conferenceKeys msci:conference-id="SDFBSD12"/></getConference>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/></deleteUser>
                   ^^^^^^^^ userKeys lacks userEntity: it does not say what the command is about.
    </request>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    if (cccp?.kind !== 'request') return;
    for (const { element } of cccp.commands) {
      for (const keys of element.children) {
        const missing = lacking(document, keys);
        if (missing.length)
          report(keys.nameAt, `${keys.local} lacks ${missing.join(', ')}: it does not say what the command is about.`);
      }
    }
  },
};

function lacking(document: XmlDocument, keys: XmlElement): readonly string[] {
  const isKeys = keys.namespace === CCCP && !keys.unfinished && Object.hasOwn(NEEDED, keys.local);
  const needed = isKeys ? NEEDED[keys.local]! : [];
  // A conference may be named by what extensions know of it.
  const named = keys.attributes.some(({ local }) => local === 'conference-id');
  if (named) return [];
  return needed.filter((name) => !placed(document, keys, name)?.value && !isMistyped(keys, name));
}
