import { quote } from '../base/quote.ts';
import { CCCP, type CccpCommand, CONFERENCE_INFO, type Placed, placed, placedText, readCccp } from '../flow/cccp.ts';
import type { XmlDocument } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const cccpEntityNotUri: DocumentRule = {
  id: 'cccp-entity-not-uri',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP document names a conference or user by something that is no URI.',
  spec: 'MS-CONFPRO §2.2.2; draft-levin-xcon-cccp-04 §8; MS-CONFBAS §2.2.3.5',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <setLobbyAccess>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <userEntity>sip:dave@example.org</userEntity>
        <access>granted</access>
      </setLobbyAccess>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="carol@example.org"/>
                                                                                                  ^^^^^^^^^^^^^^^^^ A URI is expected here, not “carol@example.org”; is “sip:carol@example.org” meant?
      </deleteUser>
    </request>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    if (!cccp) return;
    const named = [cccp.from, cccp.to, ...cccp.commands.flatMap((command) => namesIn(document, command))];
    for (const one of named) {
      if (!one?.value || /^[a-z][\w+.-]*:./i.test(one.value)) continue;
      const meant = /^[^\s@]+@[^\s@]+$/.test(one.value) ? `; is ${quote(`sip:${one.value}`)} meant?` : '.';
      report(one.at, `A URI is expected here, not ${quote(one.value)}${meant}`);
    }
  },
};

/** Whom a command names by its keys, as users it carries, or as text. */
function namesIn(document: XmlDocument, { element }: CccpCommand): (Placed | null)[] {
  return element.children.flatMap((one) => {
    if (one.namespace === CONFERENCE_INFO && one.local === 'user') return placed(document, one, 'entity');
    if (one.namespace !== CCCP) return [];
    if (one.local === 'userEntity' || one.local === 'endorsee') return placedText(document, one);
    return one.local.endsWith('Keys') ? ['confEntity', 'userEntity'].map((name) => placed(document, one, name)) : [];
  });
}
