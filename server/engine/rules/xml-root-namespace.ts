import { quote } from '../base/quote.ts';
import { contentTypeFacts } from '../sip/registry.ts';
import { isUnbound } from '../xml/serialize.ts';
import type { XmlElement } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const xmlRootNamespace: DocumentRule = {
  id: 'xml-root-namespace',
  group: 'bodies',
  scope: 'document',
  title: 'The root element of an XML body, or its namespace, is not that of the Content-Type.',
  spec: 'RFC 4575 §5; MS-CONFPRO §2.2.2; MS-CONFPRO §2.2.3',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    NOTIFY sip:bob@example.org SIP/2.0
    Content-Type: application/conference-info+xml

    <ci:conference-info xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="sip:room@example.org" version="1"/>
  `,
  bad: `
    NOTIFY sip:bob@example.org SIP/2.0
    Content-Type: application/conference-info+xml

    <conference-info entity="sip:room@example.org" version="1"/>
     ^^^^^^^^^^^^^^^ \`conference-info\` is in no namespace; \`xmlns="urn:ietf:params:xml:ns:conference-info"\` is expected.
  `,
  check({ root }, report, { type }) {
    const wrong = root && type !== null && !isUnbound(root) && wrongRoot(type, root);
    if (wrong) report(root.nameAt, wrong);
  },
};

function wrongRoot(type: string, root: XmlElement): string | undefined {
  const { namespace, roots } = contentTypeFacts(type) ?? {};
  if (!namespace || !roots) return undefined;
  if (!root.namespace) return `\`${root.name}\` is in no namespace; \`xmlns="${namespace}"\` is expected.`;
  if (root.namespace !== namespace) {
    return `The root element of ${type} is in the namespace ${quote(namespace)}, not in ${quote(root.namespace)}.`;
  }
  return roots.includes(root.local)
    ? undefined
    : `The root element of ${type} is ${roots.join(' or ')}, not ${quote(root.name)}.`;
}
