import { requestOnly } from '../sip/direction.ts';
import { isMicrosoftSignature } from '../sip/microsoft.ts';
import { headerFacts } from '../sip/registry.ts';
import { withoutHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const directionRequestOnly: MessageRule = {
  id: 'direction-request-only',
  group: 'header-presence',
  scope: 'message',
  title: 'A response has a header that belongs in requests.',
  spec: 'RFC 3261 §20',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    SIP/2.0 200 OK
    Via: SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bKAFA26818.12DEDCF4;branched=FALSE
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=3C150080
    To: <sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2
    Call-ID: cfc48d02676c47379c7083eb783ad2ab
    CSeq: 1 INFO
    User-Agent: UCCP/2.0.6362.0 OC/2.0.6362.0 (Microsoft Office Communicator)
    Proxy-Authorization: Kerberos qop="auth", realm="SIP Communications Service", opaque="4EBBA7AE", crand="062bc3b8"
    Authorization: TLS-DSK qop="auth", realm="SIP Communications Service", opaque="1D6BE0F9", crand="94b7d1a3"
    Content-Length: 0
  `,
  bad: `
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    Max-Forwards: 70
    ^^^^^^^^^^^^ Max-Forwards belongs in requests; in a response it has no meaning.
    CSeq: 1 INVITE
    Authorization: Digest username="bob", realm="example.org", nonce="1", uri="sip:example.org", response="2"
    ^^^^^^^^^^^^^ Authorization belongs in requests; in a response it has no meaning.
  `,
  reads: { each: [...requestOnly] },
  check(message, report) {
    if (message.kind !== 'response') return;
    const seen = new Set<string>();
    for (const field of message.headers) {
      if (!requestOnly.has(field.id) || seen.has(field.id)) continue;
      seen.add(field.id);
      if (field.id.endsWith('authorization') && isMicrosoftSignature(message, field)) continue;
      report(field.name, `${headerFacts(field.id)?.name} belongs in requests; in a response it has no meaning.`);
    }
  },
  fix: withoutHeader,
};
