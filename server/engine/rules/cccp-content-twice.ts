import { CONFERENCE_INFO, readCccp } from '../flow/cccp.ts';
import { childrenOf } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

/** What a command is about, once each (draft-levin-xcon-cccp-04 §7). */
const SUBJECTS = ['conference-info', 'user', 'user-roles', 'endpoint', 'media', 'dialog-id'];

export const cccpContentTwice: DocumentRule = {
  id: 'cccp-content-twice',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP command carries two users, endpoints, media or conferences, although it is about one.',
  spec: 'MS-CONFBAS §2.2.3.15; draft-levin-xcon-cccp-04 §7',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <modifyUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:bob@example.org"/>
      </modifyUser>
      <modifyUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </modifyUser>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <modifyUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:bob@example.org"/>
        <ci:user entity="sip:carol@example.org"/>
         ^^^^^^^ modifyUser is about one user; this is one too many.
      </modifyUser>
    </request>
  `,
  check(document, report) {
    for (const { name, element } of readCccp(document)?.commands ?? []) {
      // What a list of conferences looks like is not published.
      for (const subject of name === 'getConferences' ? [] : SUBJECTS) {
        const [first, second] = childrenOf(element, subject, CONFERENCE_INFO);
        if (first && second)
          report(second.nameAt, `${name} is about one ${subject}; this is one too many.`, {
            related: [{ at: first.nameAt, text: 'The first.' }],
          });
      }
    }
  },
};
