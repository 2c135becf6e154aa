import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { type Placed, readCccp } from '../flow/cccp.ts';
import { conferenceKey, organizerKey, sameEntity } from '../flow/entity.ts';
import type { SipMessage } from '../sip/message.ts';
import { address } from '../sip/values.ts';
import type { DocumentRule } from './rule.ts';

export const cccpRequestToMatchesSipTo: DocumentRule = {
  id: 'cccp-request-to-matches-sip-to',
  group: 'conferences',
  scope: 'document',
  title: 'from and to of a CCCP request are not From and To of the message that carries it.',
  spec: 'MS-CONFPRO §2.2.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:Alice@example.org>;tag=a;epid=1
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:alice@example.org" to="sip:alice@example.org;opaque=app:conf:focus:id:7E;gruu">
      <getConference><conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/></getConference>
    </request>

    SERVICE sip:alice@example.org;gruu;opaque=app:conf:focusfactory SIP/2.0
    From: <sip:assistant@example.org>;tag=a
    To: <sip:alice@example.org;gruu;opaque=app:conf:focusfactory>
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="8"
      from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focusfactory">
      <getAvailableMcuTypes/>
    </request>
  `,
  bad: `
    INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Content-Type: application/cccp+xml

    <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="7"
      from="sip:carol@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:8F">
            ^^^^^^^^^^^^^^^^^^^^^ from is not who sends the message: From is “sip:bob@example.org”.
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ to is not where the message goes: To is “sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E”.
      <getConference><conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:8F"/></getConference>
    </request>
  `,
  check(document, report, { carrier }) {
    const cccp = readCccp(document);
    if (cccp?.kind !== 'request' || carrier?.kind !== 'request') return;
    const { from, to } = cccp;
    const [sender, target] = [partyOf(carrier, 'from'), partyOf(carrier, 'to')];
    const requestUri = slice(carrier.text, carrier.at.uri);
    if (to?.value && target && !sameTarget(to.value, target.value) && !sameTarget(to.value, requestUri))
      report(to.at, `to is not where the message goes: To is ${quote(target.value)}.`, {
        related: [{ at: target.at, text: 'Where it goes.' }],
      });
    if (from?.value && sender && !sameEntity(from.value, sender.value) && !isForOrganizer(from.value, to))
      report(from.at, `from is not who sends the message: From is ${quote(sender.value)}.`, {
        related: [{ at: sender.at, text: 'Who sends it.' }],
      });
  },
};

/** Somebody who acts for the organizer, whose address the focus bears, sends in the organizer's name. */
function isForOrganizer(from: string, to: Placed | null): boolean {
  return to !== null && sameEntity(from, organizerKey(to.value));
}

/** The URI of From or To; null for one that hides who it is. */
function partyOf(carrier: SipMessage, side: 'from' | 'to'): Placed | null {
  const at = address(carrier, side)?.uri;
  const value = at ? slice(carrier.text, at) : '';
  return at && value && !/anonymous/i.test(value) ? { value, at } : null;
}

function sameTarget(a: string, b: string): boolean {
  return sameEntity(a, b) || conferenceKey(a) === conferenceKey(b);
}
