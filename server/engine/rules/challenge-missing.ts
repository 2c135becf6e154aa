import { lacks } from '../sip/presence.ts';
import type { MessageRule } from './rule.ts';

const CHALLENGES: Readonly<Record<number, string>> = { 401: 'WWW-Authenticate', 407: 'Proxy-Authenticate' };

export const challengeMissing: MessageRule = {
  id: 'challenge-missing',
  group: 'header-presence',
  scope: 'message',
  title: '401 has no WWW-Authenticate, or 407 no Proxy-Authenticate.',
  spec: 'RFC 3261 §21.4.2; RFC 3261 §21.4.8; RFC 3261 §22',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    SIP/2.0 401 Unauthorized
    Via: SIP/2.0/TLS 10.56.64.122:2157;received=10.29.107.208;ms-received-port=2157
    From: <sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2
    To: <sip:alice@contoso.com>;tag=A9F6C3
    Call-ID: 72a1fb3c
    CSeq: 1 REGISTER
    Www-Authenticate: NTLM realm="SIP Communications Service", targetname="M17-OCG.topa.contoso.com"
  `,
  bad: `
    SIP/2.0 407 Proxy Authentication Required
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 407 has no Proxy-Authenticate, the challenge that the sender is to answer.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    WWW-Authenticate: Digest realm="example.org", nonce="1"
  `,
  reads: { outline: [] },
  check(message, report) {
    const challenge = message.kind === 'response' ? CHALLENGES[message.status] : undefined;
    if (message.kind !== 'response' || !challenge || !lacks(message, challenge.toLowerCase())) return;
    report(message.startLine, `${message.status} has no ${challenge}, the challenge that the sender is to answer.`);
  },
};
