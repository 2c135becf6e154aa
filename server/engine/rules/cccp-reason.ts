import { readCccp } from '../flow/cccp.ts';
import { attribute } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const cccpReason: DocumentRule = {
  id: 'cccp-reason',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP response failed and does not say why, or gives a reason although it succeeded.',
  spec: 'draft-levin-xcon-cccp-04 §8; MS-CONFPRO §2.2.3',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7" code="failure"
      from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org">
      <deleteUser reason="userDoesntExist"/>
    </response>
  `,
  bad: `
    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7" code="success" reason="otherFailure"
                                                                                                      ^^^^^^^^^^^^ The response succeeded: a reason belongs to a failure.
      from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org">
      <deleteUser/>
    </response>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    if (cccp?.kind !== 'response' || !cccp.code) return;
    const reasons = [cccp, ...cccp.commands].flatMap(({ reason }) => reason ?? []);
    if (cccp.code.value === 'success') {
      for (const { at } of reasons) report(at, 'The response succeeded: a reason belongs to a failure.');
    } else if (cccp.code.value === 'failure' && !reasons.length && !cccp.commands.some(hasResult)) {
      report(cccp.code.at, 'The response does not say why it failed: reason is missing, on it or on its command.');
    }
  },
};

/** `endorseUser` says so in `result` (MS-CONFBAS §2.2.3.6). */
function hasResult({ element }: { element: Parameters<typeof attribute>[0] }): boolean {
  return attribute(element, 'result') !== undefined;
}
