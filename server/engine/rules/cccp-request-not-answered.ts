import { isCommand } from '../flow/cccpAnswers.ts';
import { headOf, pointTo } from '../flow/sequence.ts';
import { lastMessages, unanswered } from '../flow/unanswered.ts';
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

export const cccpRequestNotAnswered: CallRule = {
  id: 'cccp-request-not-answered',
  group: 'conferences',
  scope: 'call',
  title: 'An INFO with a CCCP request got no SIP response although the call went on.',
  spec: 'MS-CONFIM §4.3.1; MS-CONFBAS §3.5',
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
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    ^^^^ No SIP response to this INFO is in the trace: 202 says that the focus has taken the request, and without it the client tries again or gives up.
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteUser><userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/></deleteUser>
    </request>

${goesOn}
  `,
  needs: ['cccp'],
  check(call, report) {
    const text =
      'No SIP response to this INFO is in the trace: 202 says that the focus has taken the request, and without it the client tries again or gives up.';
    const lastOfPeer = lastMessages(call);
    for (const request of unanswered(call)) {
      const last = isCommand(request) ? lastOfPeer(request) : undefined;
      if (last !== undefined)
        report(request, headOf(request), text, last ? [pointTo(last, 'The focus is still there.')] : []);
    }
  },
};
