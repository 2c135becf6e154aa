import { quote } from '../base/quote.ts';
import { RESPONSE_CODES, readCccp } from '../flow/cccp.ts';
import type { DocumentRule } from './rule.ts';

export const cccpCodeValue: DocumentRule = {
  id: 'cccp-code-value',
  group: 'conferences',
  scope: 'document',
  title: 'The code of a CCCP response is none of those that are known.',
  spec: 'MS-CONFPRO §2.2.3',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7" code="pending"
      from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org"/>
  `,
  bad: `
    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7" code="ok"
                                                                                     ^^ code must be success, failure or pending, not “ok”.
      from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org"/>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    const code = cccp?.kind === 'response' ? cccp.code : null;
    if (code?.value && !RESPONSE_CODES.includes(code.value))
      report(code.at, `code must be success, failure or pending, not ${quote(code.value)}.`);
  },
};
