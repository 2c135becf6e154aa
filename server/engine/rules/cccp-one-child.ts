import { CCCP, type Cccp, readCccp } from '../flow/cccp.ts';
import { methodOf } from '../sip/values.ts';
import type { XmlElement } from '../xml/xml.ts';
import type { DocumentReport, DocumentRule } from './rule.ts';

export const cccpOneChild: DocumentRule = {
  id: 'cccp-one-child',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP document carries no command, or more than the one that SERVICE and INVITE may carry.',
  spec: 'MS-CONFPRO §2.2.2; MS-CONFPRO §2.2.3',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  alone: 'error',
  good: `
    SERVICE sip:alice@example.org;gruu;opaque=app:conf:focusfactory SIP/2.0
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="4"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <getConferencingCapabilities/>
    </request>

    SIP/2.0 200 OK
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="4" code="failure" reason="serverBusy"
      from="sip:alice@example.org;gruu;opaque=app:conf:focusfactory" to="sip:alice@example.org"/>

    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="5"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:dave@example.org"/>
      </deleteUser>
    </request>
  `,
  bad: `
    SERVICE sip:alice@example.org;gruu;opaque=app:conf:focusfactory SIP/2.0
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="4"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <getConferencingCapabilities/>
      <getAvailableMcuTypes/>
       ^^^^^^^^^^^^^^^^^^^^ SERVICE carries one command; getAvailableMcuTypes is one too many.
    </request>

    SIP/2.0 200 OK
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="4" code="success"
     ^^^^^^^^ The response carries no command: it must hold the one that succeeded.
      from="sip:alice@example.org;gruu;opaque=app:conf:focusfactory" to="sip:alice@example.org"/>

    INVITE sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    CSeq: 1 INVITE
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="5"
     ^^^^^^^ The request carries no command: it asks for nothing.
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
  `,
  check(document, report, { carrier }) {
    const cccp = document.problems.length ? null : readCccp(document);
    const method = carrier && methodOf(carrier);
    if (cccp && method !== 'INFO') judge(cccp, method, report);
  },
};

/** @param method of the carrier; a document of its own may be meant for INFO, which may carry several commands */
function judge({ kind, root, code }: Cccp, method: string | null, report: DocumentReport): void {
  const [first, second] = root.children.filter(isCommand);
  if (!first && kind === 'request') report(root.nameAt, 'The request carries no command: it asks for nothing.');
  if (!first && kind === 'response' && method && code?.value === 'success')
    report(root.nameAt, 'The response carries no command: it must hold the one that succeeded.');
  // A failure may be explained by an element of its own.
  if (second && method && code?.value !== 'failure')
    report(second.nameAt, `${method} carries one command; ${second.local} is one too many.`);
}

/** Not an extension; a command whose namespace was forgotten is one. */
function isCommand({ namespace }: XmlElement): boolean {
  return namespace === CCCP || namespace === '';
}
