import { CCCP, readCccp } from '../flow/cccp.ts';
import { attribute, child } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const cccpEndorseResponse: DocumentRule = {
  id: 'cccp-endorse-response',
  group: 'conferences',
  scope: 'document',
  title: 'The answer to endorseUser does not say of which conference, or whether the user was accepted.',
  spec: 'MS-CONFBAS §2.2.3.6',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7" code="success"
      from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org">
      <endorseUser result="success">
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
      </endorseUser>
    </response>
  `,
  bad: `
    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7" code="success"
      from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org">
      <endorseUser>
       ^^^^^^^^^^^ result is missing: it says whether the user was accepted.
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
      </endorseUser>
    </response>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    if (cccp?.kind !== 'response' || cccp.code?.value !== 'success') return;
    for (const { name, element } of cccp.commands) {
      if (name !== 'endorseUser') continue;
      if (!attribute(element, 'result'))
        report(element.nameAt, 'result is missing: it says whether the user was accepted.');
      if (!child(element, 'conferenceKeys', CCCP))
        report(element.nameAt, 'conferenceKeys is missing: the answer repeats the conference.');
    }
  },
};
