import { quote } from '../base/quote.ts';
import { isMistyped } from '../flow/attributes.ts';
import { CCCP_NEEDS, type Cccp, readCccp } from '../flow/cccp.ts';
import type { DocumentRule } from './rule.ts';

export const cccpAttributes: DocumentRule = {
  id: 'cccp-attributes',
  group: 'conferences',
  scope: 'document',
  title: 'A CCCP request or response lacks a mandatory attribute, or has a C3PVersion other than 1.',
  spec: 'MS-CONFPRO §2.2.2; MS-CONFPRO §2.2.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </deleteUser>
    </response>
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
     ^^^^^^^ The CCCP request lacks requestId and to.
      from="sip:alice@example.org">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="2"
                                                                                                                ^ C3PVersion must be 1, not “2”.
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </deleteUser>
    </response>
  `,
  check(document, report) {
    const cccp = readCccp(document);
    if (!cccp) return;
    const missing = cccp.root.unfinished ? [] : lacking(cccp);
    if (missing.length) report(cccp.root.nameAt, `The CCCP ${cccp.kind} lacks ${list(missing)}.`);
    const { version } = cccp;
    if (version && version.value !== '1')
      report(version.at, `C3PVersion must be 1, not ${version.value ? quote(version.value) : 'empty'}.`, {
        most: 'warning',
      });
  },
};

/** An empty value is as good as none; one under a mistyped name is a fault of that name. */
function lacking(cccp: Cccp): string[] {
  return CCCP_NEEDS[cccp.kind].filter((name) => !cccp[name]?.value && !isMistyped(cccp.root, name));
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
