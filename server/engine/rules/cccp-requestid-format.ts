import { quote } from '../base/quote.ts';
import { readCccp } from '../flow/cccp.ts';
import type { DocumentRule } from './rule.ts';

export const cccpRequestidFormat: DocumentRule = {
  id: 'cccp-requestid-format',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP requestId is not a number.',
  spec: 'MS-CONFPRO §2.2.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="63022864"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>
  `,
  bad: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="abc"
                                                                           ^^^ requestId must be a number of digits only, not “abc”.
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    const id = cccp?.kind === 'request' ? cccp.requestId : null;
    if (id?.value && !/^\d+$/.test(id.value))
      report(id.at, `requestId must be a number of digits only, not ${quote(id.value)}.`);
  },
};
