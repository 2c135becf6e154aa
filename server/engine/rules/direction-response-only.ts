import { codeIn, responseOnly } from '../sip/direction.ts';
import type { HeaderField, SipRequest } from '../sip/message.ts';
import { isMicrosoftSignature } from '../sip/microsoft.ts';
import { headerFacts } from '../sip/registry.ts';
import { withoutHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const directionResponseOnly: MessageRule = {
  id: 'direction-response-only',
  group: 'header-presence',
  scope: 'message',
  title: 'A request has a header that belongs in responses.',
  spec: 'RFC 3261 §20',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    NOTIFY sip:10.29.107.208:2308;transport=tls;ms-received-cid=200;grid SIP/2.0
    Via: SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bK84AB2CF9.FE5FB404;branched=FALSE
    Authentication-Info: NTLM rspauth="01", srand="7F2A719B", snum="213", opaque="5CA5FA8B", qop="auth"
    Max-Forwards: 70
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=0D440080
    To: <sip:carol@contoso.com>;tag=dfccec5fb4;epid=dceed2edfb
    Call-ID: 1e294f6aa2ff4fccaf796b2e7fb723be
    CSeq: 2 NOTIFY
    Event: conference
    Subscription-State: active;expires=3600
    Warning: 370 sip.contoso.com "Some members are left out"
    Content-Length: 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    CSeq: 1 INVITE
    Server: Asterisk PBX 1.6.2
    ^^^^^^ Server belongs in responses; in a request it has no meaning.
    WWW-Authenticate: Digest realm="example.org", nonce="1"
    ^^^^^^^^^^^^^^^^ WWW-Authenticate belongs in responses; in a request it has no meaning.
  `,
  reads: { each: [...responseOnly] },
  check(message, report) {
    if (message.kind !== 'request') return;
    const seen = new Set<string>();
    for (const field of message.headers) {
      if (!responseOnly.has(field.id) || seen.has(field.id)) continue;
      seen.add(field.id);
      if (isAllowed(message, field)) continue;
      report(field.name, `${headerFacts(field.id)?.name} belongs in responses; in a request it has no meaning.`);
    }
  },
  fix: withoutHeader,
};

/** Warning is optional in NOTIFY (RFC 3265 §7.1); Microsoft's servers sign their requests. */
function isAllowed(message: SipRequest, field: HeaderField): boolean {
  const code = codeIn(message, field.id);
  if (code !== undefined && code !== '-') return true;
  return field.id.startsWith('authentication') && isMicrosoftSignature(message, field);
}
