import { quote } from '../base/quote.ts';
import { CONFERENCE_INFO, type Placed, placed } from '../flow/cccp.ts';
import { type Carried, cccpAnswers } from '../flow/cccpAnswers.ts';
import { conferenceId } from '../flow/entity.ts';
import { named } from '../flow/sequence.ts';
import { childrenOf } from '../xml/xml.ts';
import type { CallRule } from './rule.ts';

export const cccpConfEntityChanged: CallRule = {
  id: 'cccp-conf-entity-changed',
  group: 'conferences',
  scope: 'call',
  title: 'A CCCP response is about another conference than its request.',
  spec: 'MS-CONFBAS §2.2.3.14; MS-CONFBAS §2.2.3.6',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    SERVICE sip:alice@example.org;gruu;opaque=app:conf:focusfactory SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focusfactory>
    Call-ID: 1@example.org
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <deleteConference>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
      </deleteConference>
    </request>

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focusfactory>;tag=f
    Call-ID: 1@example.org
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focusfactory" to="sip:alice@example.org" code="success">
      <deleteConference>
        <ci:conference-info entity="sip:alice@example.org;opaque=app:conf:focus:id:7e;gruu"/>
      </deleteConference>
    </response>
  `,
  bad: `
    SERVICE sip:alice@example.org;gruu;opaque=app:conf:focusfactory SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focusfactory>
    Call-ID: 1@example.org
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <deleteConference>
        <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
      </deleteConference>
    </request>

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focusfactory>;tag=f
    Call-ID: 1@example.org
    CSeq: 1 SERVICE
    Content-Type: application/cccp+xml

    <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" C3PVersion="1"
      requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focusfactory" to="sip:alice@example.org" code="success">
      <deleteConference>
        <ci:conference-info entity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:8F"/>
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The request (message 1) named another conference: “sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E”; the client may not know this response as its own.
      </deleteConference>
    </response>
  `,
  needs: ['cccp'],
  check(call, report) {
    for (const { response, request } of cccpAnswers(call)) {
      const asked = request && conferencesOf(request)[0];
      // Where the response comes from the focus itself, it is compared with that.
      if (!asked || conferenceId(response.cccp.from?.value ?? '') !== undefined) continue;
      const wrong = conferencesOf(response).find((one) => conferenceId(one.value) !== conferenceId(asked.value));
      if (!wrong) continue;
      const text = `The request (${named(request.message)}) named another conference: ${quote(asked.value)}; the client may not know this response as its own.`;
      report(response.message, wrong.at, text, [
        { in: request.message, at: asked.at, text: 'The conference that was meant.' },
      ]);
    }
  },
};

/** The conferences that the commands name, in their keys or as the state they carry; one that still has no name is none. */
function conferencesOf({ message: { xml }, cccp }: Carried): Placed[] {
  const named = cccp.commands.flatMap(({ element, confEntity }) => [
    confEntity,
    ...childrenOf(element, 'conference-info', CONFERENCE_INFO).map((one) => xml && placed(xml, one, 'entity')),
  ]);
  return named.filter((one) => one !== null).filter(({ value }) => conferenceId(value) !== undefined);
}
