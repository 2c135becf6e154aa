import { quote } from '../base/quote.ts';
import type { Repair } from '../base/repair.ts';
import { slice } from '../base/text.ts';
import { type Placed, readCccp } from '../flow/cccp.ts';
import { type Carried, cccpAnswers } from '../flow/cccpAnswers.ts';
import { sameEntity } from '../flow/entity.ts';
import { named } from '../flow/sequence.ts';
import { repair } from '../sip/repairs.ts';
import type { CallReport, CallRule, Reported } from './rule.ts';

export const cccpFromToSwap: CallRule = {
  id: 'cccp-from-to-swap',
  group: 'conferences',
  scope: 'call',
  title: 'from and to of a CCCP response are not to and from of its request.',
  spec: 'MS-CONFPRO §2.2.3',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'warning' },
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
      requestId="7" from="sip:alice@EXAMPLE.ORG;opaque=app:conf:focus:id:7E;gruu"
      to="sip:alice@example.org;opaque=user:epid:d7NL6;gruu" code="success">
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
      requestId="7" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" from="sip:alice@example.org" code="success">
                                                                                      ^^^^^^^^^^^^^^^^^^^^^ from and to are not swapped: from must be to of the request (message 1), to must be its from; else it is a response for somebody else.
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </deleteUser>
    </response>
  `,
  needs: ['cccp'],
  check(call, report) {
    for (const { response, request } of cccpAnswers(call)) {
      if (!request) continue;
      const { from, to } = response.cccp;
      const wrongFrom = differs(from, request.cccp.to);
      const wrongTo = differs(to, request.cccp.from);
      if (wrongFrom && wrongTo && !differs(from, request.cccp.from) && !differs(to, request.cccp.to))
        notSwapped(response, request, report);
      else {
        if (wrongFrom) mismatch(response, request, 'from', report);
        if (wrongTo) mismatch(response, request, 'to', report);
      }
    }
  },
  fix: swapped,
};

/** Absent values are another rule's. */
function differs(a: Placed | null, b: Placed | null): boolean {
  return Boolean(a?.value && b?.value && !sameEntity(a.value, b.value));
}

function notSwapped(response: Carried, request: Carried, report: CallReport): void {
  const at = response.cccp.from?.at ?? response.cccp.root.nameAt;
  const where = `(${named(request.message)})`;
  const text = `from and to are not swapped: from must be to of the request ${where}, to must be its from; else it is a response for somebody else.`;
  report(response.message, at, text, [{ in: request.message, at: request.cccp.root.nameAt, text: 'The request.' }]);
}

function mismatch(response: Carried, request: Carried, side: 'from' | 'to', report: CallReport): void {
  const other = side === 'from' ? 'to' : 'from';
  const found = response.cccp[side];
  const wanted = request.cccp[other];
  if (!found || !wanted) return;
  const text = `${side} must be ${other} of the request (${named(request.message)}): ${quote(wanted.value)}; else it is a response for somebody else.`;
  report(response.message, found.at, text, [{ in: request.message, at: wanted.at, text: `${other} of the request.` }]);
}

/** The two values exchanged, where neither is that of the request; where one is wrong alone, another fix copies it. */
function swapped({ message, at, text, flow }: Reported): readonly Repair[] {
  const { xml } = flow();
  const { from, to } = (xml && readCccp(xml)) ?? {};
  if (!from || !to || from.at.from !== at.from || !text.includes('swapped')) return [];
  const edits = [
    { ...from.at, text: slice(message.text, to.at) },
    { ...to.at, text: slice(message.text, from.at) },
  ];
  return repair('Swap from and to', edits);
}
