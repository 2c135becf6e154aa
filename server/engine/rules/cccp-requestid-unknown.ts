import { quote } from '../base/quote.ts';
import type { Call } from '../flow/call.ts';
import type { Placed } from '../flow/cccp.ts';
import { type Carried, cccpMessages } from '../flow/cccpAnswers.ts';
import { entityKey } from '../flow/entity.ts';
import { named } from '../flow/sequence.ts';
import type { CallReport, CallRule } from './rule.ts';

export const cccpRequestidUnknown: CallRule = {
  id: 'cccp-requestid-unknown',
  group: 'conferences',
  scope: 'call',
  title: 'A CCCP response has a requestId that no request before it has.',
  spec: 'MS-CONFPRO §2.2.3',
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
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </deleteUser>
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
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:dave@example.org"/>
      </deleteUser>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="6" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </deleteUser>
    </response>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 3 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="8" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:dave@example.org"/>
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
      requestId="63022864" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
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
      requestId="63022865" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
                 ^^^^^^^^ No request before it has requestId “63022865”; message 1 asked with “63022864” and got no response: the client drops what it did not ask for.
      <deleteUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:carol@example.org"/>
      </deleteUser>
    </response>
  `,
  needs: ['cccp'],
  check(call, report) {
    const all = cccpMessages(call);
    const answered = new Set(all.map(({ cccp }) => (cccp.kind === 'response' ? cccp.requestId?.value : undefined)));
    const asked = new Set<string>();
    const waiting = new Map<string, Carried>();
    for (const carried of all) {
      const id = carried.cccp.requestId;
      if (!id?.value) continue;
      if (carried.cccp.kind === 'request') {
        asked.add(id.value);
        if (!answered.has(id.value)) waiting.set(subject(carried), carried);
      } else if (!asked.has(id.value)) unknown(carried, id, waiting.get(subject(carried)), call, report);
    }
  },
};

/** What a response has in common with its request besides the requestId. */
function subject({ cccp }: Carried): string {
  const focus = cccp.kind === 'request' ? cccp.to : cccp.from;
  return `${cccp.commands[0]?.name} ${entityKey(focus?.value ?? '')}`;
}

/** @param meant the request that got no response of its own and may be the one */
function unknown(response: Carried, id: Placed, meant: Carried | undefined, call: Call, report: CallReport): void {
  const text = `No request before it has requestId ${quote(id.value)}`;
  const wanted = meant?.cccp.requestId;
  if (meant && wanted) {
    const related = [{ in: meant.message, at: wanted.at, text: 'The request that waits for a response.' }];
    const its = `${named(meant.message)} asked with ${quote(wanted.value)} and got no response`;
    report(response.message, id.at, `${text}; ${its}: the client drops what it did not ask for.`, related);
  } else if (!call.partial) report(response.message, id.at, `${text}: the client drops what it did not ask for.`);
}
