import { CONFERENCE_INFO, CONFINFO_EXTENSIONS, placed } from '../flow/cccp.ts';
import { sameEntity, shortUri } from '../flow/entity.ts';
import { walk, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const endpointUriUserMismatch: DocumentRule = {
  id: 'endpoint-uri-user-mismatch',
  group: 'conferences',
  scope: 'document',
  title: 'The endpoint-uri of an endpoint names another user than the one it belongs to.',
  spec: 'MS-CONFBAS §2.2.3.15',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full">
          <endpoint entity="{C1}" msci:endpoint-uri="sip:carol@example.org;opaque=user:epid:d7NL6_mHNFSL3I1rbITi2gAA;gruu"/>
        </user>
        <user entity="sip:+14255550100@example.org;user=phone" state="full">
          <endpoint entity="{C2}" msci:endpoint-uri="tel:+14255550100"/>
        </user>
      </users>
    </conference-info>
  `,
  bad: `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
      entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" state="partial" version="10">
      <users state="partial">
        <user entity="sip:carol@example.org" state="full">
          <endpoint entity="{C1}" msci:endpoint-uri="sip:bob@example.org;opaque=user:epid:d7NL6_mHNFSL3I1rbITi2gAA;gruu"/>
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This endpoint belongs to carol@example.org, but its endpoint-uri names bob@example.org.
        </user>
      </users>
    </conference-info>
  `,
  check(document, report) {
    for (const element of walk(document)) {
      const uri = isEndpoint(element) ? placed(document, element, 'endpoint-uri', CONFINFO_EXTENSIONS) : null;
      const user = uri?.value ? userOf(document, element) : null;
      if (!uri || !user?.value || sameEntity(uri.value, user.value) || mayDiffer(uri.value) || mayDiffer(user.value))
        continue;
      const names = `but its endpoint-uri names ${shortUri(uri.value)}`;
      report(uri.at, `This endpoint belongs to ${shortUri(user.value)}, ${names}.`, {
        related: [{ at: user.at, text: 'The user.' }],
      });
    }
  },
};

function isEndpoint({ local, namespace }: XmlElement): boolean {
  return local === 'endpoint' && namespace === CONFERENCE_INFO;
}

function userOf(document: XmlDocument, { parent }: XmlElement) {
  const isUser = parent?.local === 'user' && parent.namespace === CONFERENCE_INFO;
  return isUser ? placed(document, parent, 'entity') : null;
}

/** A telephone, somebody who does not give a name, or something that is no user at all. */
function mayDiffer(uri: string): boolean {
  return /^(?!sips?:)|;user=phone\b|^sips?:\+?\d+@|anonym/i.test(uri);
}
