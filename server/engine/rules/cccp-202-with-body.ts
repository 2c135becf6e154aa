import { isCommand } from '../flow/cccpAnswers.ts';
import { headOf, pointTo } from '../flow/sequence.ts';
import { hasBody } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const cccp202WithBody: CallRule = {
  id: 'cccp-202-with-body',
  group: 'conferences',
  scope: 'call',
  title: 'The 202 that accepts a CCCP request in an INFO has a body.',
  spec: 'MS-CONFIM §4.3.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
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
    Content-Length: 0
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
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
    </request>

    SIP/2.0 202 Accepted
            ^^^ 202 only says that the request was taken: what became of it belongs in an INFO of the focus, and clients look for it only there.
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success"><deleteUser/></response>
  `,
  needs: ['cccp', '202'],
  check(call, report) {
    const text =
      '202 only says that the request was taken: what became of it belongs in an INFO of the focus, and clients look for it only there.';
    for (const response of call.messages) {
      const { status, respondsTo, retransmissionOf, message } = response;
      if (status === 202 && !retransmissionOf && respondsTo && isCommand(respondsTo) && hasBody(message))
        report(response, headOf(response), text, [pointTo(respondsTo, 'The request.')]);
    }
  },
};
