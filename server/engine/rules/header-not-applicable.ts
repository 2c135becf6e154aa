import { slice } from '../base/text.ts';
import { codeIn, requestOnly, responseOnly } from '../sip/direction.ts';
import type { HeaderField, SipRequest, SipResponse } from '../sip/message.ts';
import { isMicrosoftSignature } from '../sip/microsoft.ts';
import { headerFacts } from '../sip/registry.ts';
import { withoutHeader } from '../sip/repairs.ts';
import { methodOf } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** Tell what the sender can do, or are added by proxies to any request: out of place at times, but never misleading. */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'allow',
  'allow-events',
  'record-route',
  'recv-info',
  'supported',
]);

export const headerNotApplicable: MessageRule = {
  id: 'header-not-applicable',
  group: 'header-presence',
  scope: 'message',
  title: 'A header has no meaning in this kind of message and is ignored.',
  spec: 'RFC 3261 §20; RFC 6086 §6.1; RFC 6665 §8.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    REGISTER sip:contoso.com SIP/2.0
    Via: SIP/2.0/TLS 10.56.64.122:2157
    Max-Forwards: 70
    From: <sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2
    To: <sip:alice@contoso.com>
    Call-ID: 72a1fb3c
    CSeq: 1 REGISTER
    Contact: <sip:10.56.64.122:2157;transport=tls>;proxy=replace
    User-Agent: UCCP/2.0.6362.0 OC/2.0.6362.0 (Microsoft Office Communicator)
    Supported: gruu-10, adhoclist, msrtc-event-categories
    ms-keep-alive: UAC;hop-hop=yes
    Event: registration
    Expires: 600
    Content-Length: 0
  `,
  bad: `
    BENOTIFY sip:10.29.107.208:2308;transport=tls;ms-received-cid=200;grid SIP/2.0
    Via: SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bKBF1B21E7.AE524FDD;branched=FALSE
    Authentication-Info: NTLM rspauth="01", srand="CFD01F89", snum="212", qop="auth"
    Max-Forwards: 70
    To: <sip:carol@contoso.com>;tag=d468b2a0c0;epid=dceed2edfb
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=99000080
    Call-ID: 87434074d1244e8d89881d1f8d243783
    CSeq: 3 BENOTIFY
    Event: conference
    subscription-state: terminated;expires=0;reason=ParticipantRemoved
    Expires: 0
    ^^^^^^^ Expires has no meaning in BENOTIFY and is ignored.
    Content-Length: 0
  `,
  reads: { outline: ['cseq', 'event', 'proxy-authorization'] },
  check(message, report) {
    if (message.kind === 'unknown') return;
    const seen = new Set<string>();
    for (const field of message.headers) {
      if (seen.has(field.id)) continue;
      seen.add(field.id);
      if (codeIn(message, field.id) !== '-' || HARMLESS.has(field.id) || isOthers(message, field.id)) continue;
      if (isMicrosoftPractice(message, field)) continue;
      report(field.name, `${headerFacts(field.id)?.name} has no meaning in ${kindOf(message)} and is ignored.`);
    }
  },
  fix: withoutHeader,
};

/** Left to the rules about direction, event-in-response and require-in-cancel-ack. */
function isOthers(message: SipRequest | SipResponse, id: string): boolean {
  if (message.kind === 'response') return requestOnly.has(id) || id === 'event' || id === 'subscription-state';
  const isAckOrCancel = message.method === 'ACK' || message.method === 'CANCEL';
  return responseOnly.has(id) || (isAckOrCancel && (id === 'require' || id === 'proxy-require'));
}

/** `Event: registration` subscribes while registering (MS-SIPREGE); each request is signed, CANCEL too (MS-SIPAE). */
function isMicrosoftPractice(message: SipRequest | SipResponse, field: HeaderField): boolean {
  if (field.id === 'proxy-authorization') return isMicrosoftSignature(message, field);
  return (
    field.id === 'event' &&
    methodOf(message) === 'REGISTER' &&
    /^registration\b/i.test(slice(message.text, field.value))
  );
}

function kindOf(message: SipRequest | SipResponse): string {
  return message.kind === 'request' ? message.method : `a ${message.status} response to ${methodOf(message)}`;
}
