import { cccpMessages, isCommand } from '../flow/cccpAnswers.ts';
import { named } from '../flow/sequence.ts';
import { goesOn as goneOn } from '../flow/unanswered.ts';
import type { CallRule } from './rule.ts';

const goesOn = [11, 12, 13, 14, 15, 16]
  .map(
    (number) => `
    UPDATE sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: ${number} UPDATE

    SIP/2.0 200 OK
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: ${number} UPDATE
`,
  )
  .join('');

export const cccpNoFinalResponse: CallRule = {
  id: 'cccp-no-final-response',
  group: 'conferences',
  scope: 'call',
  title: 'A CCCP request was accepted, but the focus never said what became of it.',
  spec: 'MS-CONFPRO §2.2.3; MS-CONFIM §4.3.1',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
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

    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="pending">
      <deleteUser/>
    </response>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser/>
    </response>

${goesOn}
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 3 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="8" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
    </request>

    SIP/2.0 202 Accepted
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 3 INFO
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
                 ^ Request 7 was accepted (message 2), but no CCCP response to it follows: the client does not learn what became of it.
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
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

    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="pending">
      <deleteUser/>
    </response>

${goesOn}
  `,
  needs: ['cccp'],
  check(call, report) {
    const wentOn = goneOn(call);
    const all = cccpMessages(call);
    const finals = all.filter(({ cccp }) => cccp.kind === 'response' && cccp.code?.value !== 'pending');
    const answered = new Set(finals.map(({ cccp }) => cccp.requestId?.value));
    for (const { message, cccp } of all) {
      const id = cccp.requestId;
      const accepted = message.responses.find(({ status }) => status >= 200 && status < 300);
      if (!id?.value || !accepted || !isCommand(message) || answered.has(id.value) || !wentOn(message)) continue;
      const text = `Request ${id.value} was accepted (${named(accepted)}), but no CCCP response to it follows: the client does not learn what became of it.`;
      report(message, id.at, text, [
        { in: accepted, at: accepted.message.startLine, text: 'The request is accepted.' },
      ]);
    }
  },
};
