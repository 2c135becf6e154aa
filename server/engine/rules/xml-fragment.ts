import { type Fragment, fragmentOf } from '../flow/fragments.ts';
import { contentTypeFacts } from '../sip/registry.ts';
import { CCCP } from '../xml/schemas.ts';
import { isUnbound } from '../xml/serialize.ts';
import type { XmlElement } from '../xml/xml.ts';
import type { DocumentRule } from './rule.ts';

export const xmlFragment: DocumentRule = {
  id: 'xml-fragment',
  group: 'bodies',
  scope: 'document',
  title:
    'A document is only a piece of CCCP or conference-info: specifications print it without namespace or envelope.',
  spec: 'MS-CONFBAS §2.2.2.2',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>
  `,
  bad: `
    <deleteUser>
     ^^^^^^^^^^ \`deleteUser\` is only a command, in no namespace; to be sent, it needs a \`request\` in \`urn:ietf:params:xml:ns:cccp\` around it.
      <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
    </deleteUser>
  `,
  check(document, report, { type }) {
    const { root } = document;
    const fragment = root && !isUnbound(root) ? fragmentOf(document) : null;
    // Where the Content-Type says what the root must be, another rule compares them.
    if (root && fragment && !contentTypeFacts(type ?? '')?.roots) report(root.nameAt, lack(root, fragment));
  },
};

function lack(root: XmlElement, { kind, namespace }: Fragment): string {
  const name = `\`${root.name}\``;
  if (kind === 'document') return `${name} is in no namespace; \`xmlns="${namespace}"\` is expected.`;
  const what = `${name} is only a ${kind}${root.namespace ? '' : ', in no namespace'}`;
  const whole = namespace === CCCP ? 'request' : 'conference-info';
  return `${what}; to be sent, it needs a \`${whole}\` in \`${namespace}\` around it.`;
}
