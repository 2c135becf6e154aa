import { lacks } from '../sip/presence.ts';
import type { MessageRule } from './rule.ts';

const ACCEPTS = ['accept', 'accept-encoding', 'accept-language'];

export const acceptMissing415: MessageRule = {
  id: 'accept-missing-415',
  group: 'header-presence',
  scope: 'message',
  title: '415 has no Accept, Accept-Encoding or Accept-Language.',
  spec: 'RFC 3261 §21.4.13',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 415 Unsupported Media Type
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Accept-Encoding:
  `,
  bad: `
    SIP/2.0 415 Unsupported Media Type
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 415 has no Accept, Accept-Encoding or Accept-Language that says what body would do.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind !== 'response' || message.status !== 415 || !ACCEPTS.every((id) => lacks(message, id))) return;
    report(message.startLine, '415 has no Accept, Accept-Encoding or Accept-Language that says what body would do.');
  },
};
