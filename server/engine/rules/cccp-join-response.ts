import { CCCP, CONFERENCE_INFO, readCccp } from '../flow/cccp.ts';
import { methodOf } from '../sip/values.ts';
import { child, childrenOf, type XmlElement } from '../xml/xml.ts';
import type { DocumentReport, DocumentRule } from './rule.ts';

export const cccpJoinResponse: DocumentRule = {
  id: 'cccp-join-response',
  group: 'conferences',
  scope: 'document',
  title: 'The answer to a user who joins does not say of which conference, who it is, or with which role.',
  spec: 'MS-CONFBAS §2.2.3.4',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    SIP/2.0 200 OK
    CSeq: 1 INVITE
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="1" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:bob@example.org" code="success">
      <addUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:bob@example.org"><ci:roles><ci:entry>attendee</ci:entry></ci:roles></ci:user>
      </addUser>
    </response>
  `,
  bad: `
    SIP/2.0 200 OK
    CSeq: 1 INVITE
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="1" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:bob@example.org" code="success">
      <addUser>
       ^^^^^^^ conferenceKeys is missing: the answer to a user who joins repeats the conference.
        <ci:user entity="sip:bob@example.org"/>
         ^^^^^^^ roles is missing: the answer to a user who joins says which role was granted.
      </addUser>
    </response>
  `,
  check(document, report, { carrier }) {
    const cccp = readCccp(document);
    if (cccp?.kind !== 'response' || cccp.code?.value !== 'success') return;
    if (carrier?.kind !== 'response' || methodOf(carrier) !== 'INVITE') return;
    for (const { name, element } of cccp.commands) if (name === 'addUser') checkJoin(element, report);
  },
};

function checkJoin(command: XmlElement, report: DocumentReport): void {
  const user = child(command, 'user', CONFERENCE_INFO);
  if (!child(command, 'conferenceKeys', CCCP))
    report(command.nameAt, 'conferenceKeys is missing: the answer to a user who joins repeats the conference.');
  if (!user) report(command.nameAt, 'ci:user is missing: the answer to a user who joins says who that is.');
  else if (!childrenOf(user, 'roles', CONFERENCE_INFO).length)
    report(user.nameAt, 'roles is missing: the answer to a user who joins says which role was granted.');
}
