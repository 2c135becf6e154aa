import { lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const maxForwardsMissing: MessageRule = {
  id: 'max-forwards-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'A request has no Max-Forwards.',
  spec: 'RFC 3261 §8.1.1.6',
  severity: { strict: 'error', trace: 'warning', ms: 'info', doc: 'info' },
  good: `
    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 314159 INVITE
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ OPTIONS has no Max-Forwards, the limit of hops; 70 is usual.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 63104 OPTIONS
    User-Agent: Asterisk PBX 1.6.2
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind === 'request' && lacks(message, 'max-forwards')) {
      report(message.startLine, `${message.method} has no Max-Forwards, the limit of hops; 70 is usual.`);
    }
  },
  fix: (reported) => withHeader(reported, 'Max-Forwards', '70', 'sure'),
};
