import { quote } from '../base/quote.ts';
import { CONFERENCE_INFO, type Placed, placed } from '../flow/cccp.ts';
import { type Carried, cccpAnswers } from '../flow/cccpAnswers.ts';
import { named } from '../flow/sequence.ts';
import { childrenOf } from '../xml/xml.ts';
import type { CallRule } from './rule.ts';

export const cccpEndpointMismatch: CallRule = {
  id: 'cccp-endpoint-mismatch',
  group: 'conferences',
  scope: 'call',
  title: 'A CCCP response is about another endpoint than its request.',
  spec: 'MS-CONFBAS §2.2.3.18',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <deleteEndpoint>
        <endpointKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"
          userEntity="sip:carol@example.org" endpointEntity="{C263F024-15CC-4B33-971D-FCF9BE23BB0D}"/>
      </deleteEndpoint>
    </request>

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
      <deleteEndpoint>
        <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
        <ci:endpoint entity="{c263f024-15cc-4b33-971d-fcf9be23bb0d}"/>
      </deleteEndpoint>
    </response>
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 INFO
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
      <addUser>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:alice@example.org">
          <ci:endpoint entity="{C1}"><ci:joining-method>dialed-in</ci:joining-method></ci:endpoint>
        </ci:user>
      </addUser>
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
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
        <ci:user entity="sip:alice@example.org">
          <ci:endpoint entity="{C2}"><ci:joining-method>dialed-in</ci:joining-method></ci:endpoint>
                               ^^^^ The response is about the endpoint “{C2}”, but request 7 (message 1) named “{C1}”: the client may take the wrong one for gone.
        </ci:user>
      </addUser>
    </response>
  `,
  needs: ['cccp'],
  check(call, report) {
    for (const { response, request } of cccpAnswers(call)) {
      const [asked, ...others] = request ? endpointsOf(request) : [];
      if (!request || !asked || others.some((other) => !isSame(other, asked))) continue;
      const wrong = endpointsOf(response).find((one) => !isSame(one, asked));
      if (!wrong) continue;
      const its = `request ${request.cccp.requestId?.value ?? ''} (${named(request.message)}) named ${quote(asked.value)}`;
      report(
        response.message,
        wrong.at,
        `The response is about the endpoint ${quote(wrong.value)}, but ${its}: the client may take the wrong one for gone.`,
        [{ in: request.message, at: asked.at, text: 'The endpoint of the request.' }],
      );
    }
  },
};

/** Endpoints that the commands name, by keys, as such or as those of a user. */
function endpointsOf({ message: { xml }, cccp }: Carried): Placed[] {
  const found = cccp.commands.flatMap(({ element, endpoints }) => {
    const users = childrenOf(element, 'user', CONFERENCE_INFO);
    const inside = users.flatMap((user) => childrenOf(user, 'endpoint', CONFERENCE_INFO));
    return [...endpoints, ...inside.map((one) => xml && placed(xml, one, 'entity'))];
  });
  return found.filter((one) => one !== null).filter(({ value }) => value);
}

/** The digits of a GUID have no case. */
function isSame(a: Placed, b: Placed): boolean {
  return a.value.toLowerCase() === b.value.toLowerCase();
}
