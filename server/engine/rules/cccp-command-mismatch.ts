import type { CccpCommand } from '../flow/cccp.ts';
import { cccpAnswers } from '../flow/cccpAnswers.ts';
import { named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const cccpCommandMismatch: CallRule = {
  id: 'cccp-command-mismatch',
  group: 'conferences',
  scope: 'call',
  title: 'A CCCP response carries another command than its request.',
  spec: 'MS-CONFPRO §2.2.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
    </request>

    SIP/2.0 202 Accepted
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="failure" reason="serverBusy">
    </response>

    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 3 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="8" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
      </deleteUser>
      <ping/>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="8" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </deleteUser>
      <ping/>
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
      <addUser>
       ^^^^^^^ The response must carry the command of request 7 (message 1), deleteUser, not addUser: the client cannot tell what became of it.
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </addUser>
    </response>
  `,
  needs: ['cccp'],
  check(call, report) {
    for (const { response, request } of cccpAnswers(call)) {
      const asked = request?.cccp.commands ?? [];
      const wrong = wrongCommand(response.cccp.commands, asked);
      if (!request || !wrong) continue;
      const id = request.cccp.requestId?.value ?? '';
      const names = asked.map(({ name }) => name).join(', ');
      const text = `The response must carry the command of request ${id} (${named(request.message)}), ${names}, not ${wrong.name}: the client cannot tell what became of it.`;
      const at = asked[0]?.element.nameAt ?? request.cccp.root.nameAt;
      report(response.message, wrong.element.nameAt, text, [
        { in: request.message, at, text: 'The command that was asked for.' },
      ]);
    }
  },
};

/** The first command out of order; where commands were left out, the first that was not asked for. */
function wrongCommand(given: readonly CccpCommand[], asked: readonly CccpCommand[]): CccpCommand | undefined {
  if (!asked.length) return undefined;
  if (given.length === asked.length) return given.find(({ name }, at) => name !== asked[at]!.name);
  const names = new Set(asked.map(({ name }) => name));
  return given.find(({ name }) => !names.has(name));
}
