import { headers } from '../sip/message.ts';
import { lacks } from '../sip/presence.ts';
import type { MessageRule } from './rule.ts';

export const referToMissing: MessageRule = {
  id: 'refer-to-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'REFER has not exactly one Refer-To.',
  spec: 'RFC 3515 §2.4.1; RFC 3515 §2.4.2',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'error' },
  good: `
    REFER sip:list@example.org SIP/2.0
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:list@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 REFER
    r: <cid:cn35t8jf02@example.org>
    Require: multiple-refer
  `,
  bad: `
    REFER sip:bob@192.0.2.4 SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFER has no Refer-To, which says whom to contact.
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=314159
    Call-ID: a84b4c76e66710
    CSeq: 1 REFER
    Referred-By: <sip:alice@example.org>
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind !== 'request' || message.method !== 'REFER') return;
    if (lacks(message, 'refer-to')) report(message.startLine, 'REFER has no Refer-To, which says whom to contact.');
    const second = headers(message, 'refer-to')[1];
    if (second) report(second.value, 'REFER takes one Refer-To; this is another.');
  },
};
