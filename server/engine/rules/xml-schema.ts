import { CCCP_NEEDS, type Cccp, RESPONSE_CODES, readCccp } from '../flow/cccp.ts';
import { readConferenceInfo } from '../flow/conferenceInfo.ts';
import { fragmentOf } from '../flow/fragments.ts';
import { prefixedAttributes, strayElements } from '../flow/misnamed.ts';
import { contentTypeFacts } from '../sip/registry.ts';
import { verdict } from '../xml/verdict.ts';
import type { XmlDocument, XmlProblem } from '../xml/xml.ts';
import type { DocumentContext, DocumentRule } from './rule.ts';

export const xmlSchema: DocumentRule = {
  id: 'xml-schema',
  group: 'bodies',
  scope: 'document',
  title: 'An XML document does not follow the schema of its vocabulary.',
  spec: 'RFC 4575 §6; draft-levin-xcon-cccp-04 §8',
  severity: { strict: 'error', trace: 'error', ms: 'warning', doc: 'info' },
  good: `
    BENOTIFY sip:bob@example.org SIP/2.0
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" version="1">
      <users>
        <user entity="sip:carol@example.org">
          <roles><entry>attendee</entry></roles>
          <endpoint entity="{C263F024-15CC-4B33-971D-FCF9BE23BB0D}"><status>connected</status></endpoint>
        </user>
      </users>
    </conference-info>
  `,
  bad: `
    BENOTIFY sip:bob@example.org SIP/2.0
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" version="7">
      <conference-state><user-count>one</user-count></conference-state>
                                    ^^^ Expected a whole number from 0 to 4294967295, found \`one\`.
      <users>
        <user entity="sip:carol@example.org">
          <endpoint entity="{C263F024-15CC-4B33-971D-FCF9BE23BB0D}"><joining-method>dialled-in</joining-method></endpoint>
                                                                                    ^^^^^^^^^^ Expected \`dialed-in\`, \`dialed-out\` or \`focus-owner\`, found \`dialled-in\`; did you mean \`dialed-in\`?
          <roles><entry>attendee</entry></roles>
           ^^^^^ \`roles\` must come before \`endpoint\`.
        </user>
      </users>
    </conference-info>
  `,
  check(document, report, context) {
    for (const problem of verdict(document) ?? []) {
      if (isNamedElsewhere(document, problem, context) || isConsequence(document, problem)) continue;
      report(problem, problem.message, problem.severity && { most: problem.severity });
    }
  },
};

/** What `xml-root-namespace`, `xml-fragment`, `cccp-attributes`, `cccp-code-value` and `confinfo-version-missing` say about the root. */
function isNamedElsewhere(document: XmlDocument, problem: XmlProblem, { type }: DocumentContext): boolean {
  const { root } = document;
  if (!root) return true;
  if (problem.fault === 'root')
    return contentTypeFacts(type ?? '')?.roots !== undefined || fragmentOf(document) !== null;
  if (problem.name === undefined || problem.to > root.openTag.to) return false;
  const cccp = readCccp(document);
  if (cccp) return isOfEnvelope(cccp, problem);
  const missing = problem.fault === 'missing-attribute' && problem.name === 'entity';
  const wrong = problem.fault === 'value' && problem.name === 'version';
  return (missing || wrong) && readConferenceInfo(document) !== null;
}

function isOfEnvelope({ kind, code }: Cccp, { fault, name }: XmlProblem): boolean {
  if (fault === 'missing-attribute') return CCCP_NEEDS[kind].some((needed) => needed === name);
  return fault === 'value' && name === 'code' && !RESPONSE_CODES.includes(code?.value ?? '');
}

/** What only comes of a forgotten prefix (`cccp-prefix-missing`) or of one too many (`cccp-attribute-prefixed`). */
function isConsequence(document: XmlDocument, { fault, from, name }: XmlProblem): boolean {
  if (fault === 'missing-attribute')
    return prefixedAttributes(document).some(
      ({ element, attribute }) => element.nameAt.from === from && attribute.local === name,
    );
  if (fault !== 'order-extension' && fault !== 'missing-element') return false;
  return strayElements(document).some(({ parent }) =>
    [parent, ...(parent?.children ?? [])].some((one) => one?.nameAt.from === from),
  );
}
