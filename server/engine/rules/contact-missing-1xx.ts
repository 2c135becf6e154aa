import { lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import { soundValue } from '../sip/soundValues.ts';
import { methodOf, tagOf } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const contactMissing1xx: MessageRule = {
  id: 'contact-missing-1xx',
  group: 'header-presence',
  scope: 'message',
  title: 'A provisional response that makes a dialog has no Contact.',
  spec: 'RFC 3261 §12.1.1',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    SIP/2.0 180 Ringing
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 314159 INVITE
    Server: TANDBERG/518 (TC6.0.1)
  `,
  bad: `
    SIP/2.0 180 Ringing
    ^^^^^^^^^^^^^^^^^^^ The To tag of this 180 makes a dialog, but it has no Contact, the target of requests in it.
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 314159 INVITE
  `,
  reads: { outline: ['cseq', 'to'] },
  check(message, report) {
    if (message.kind !== 'response' || message.status <= 100 || message.status >= 200) return;
    if (methodOf(message) !== 'INVITE' || !tagOf(message, 'to') || !lacks(message, 'contact')) return;
    const what = `The To tag of this ${message.status} makes a dialog`;
    report(message.startLine, `${what}, but it has no Contact, the target of requests in it.`);
  },
  fix: (reported) => withHeader(reported, 'Contact', soundValue(reported.message, 'Contact', [])),
};
