import { lacks } from '../sip/presence.ts';
import type { MessageRule } from './rule.ts';

/** 380 describes its alternatives in the body. */
const REDIRECTS = [300, 301, 302, 305];

export const contactMissing3xx: MessageRule = {
  id: 'contact-missing-3xx',
  group: 'header-presence',
  scope: 'message',
  title: 'A redirection has no Contact to go to.',
  spec: 'RFC 3261 §8.1.3.4; RFC 3261 §21.3',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SIP/2.0 380 Alternative Service
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <urn:service:sos>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Type: application/3gpp-ims+xml
    Content-Length: 0
  `,
  bad: `
    SIP/2.0 302 Moved Temporarily
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 302 has no Contact that says where to go instead.
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind === 'response' && REDIRECTS.includes(message.status) && lacks(message, 'contact')) {
      report(message.startLine, `${message.status} has no Contact that says where to go instead.`);
    }
  },
};
