import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { astray } from '../flow/dialogTargets.ts';
import { named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const remoteTargetMismatch: CallRule = {
  id: 'remote-target-mismatch',
  group: 'dialogs',
  scope: 'call',
  title: 'A request in a dialog is not sent to a Contact of the other side.',
  spec: 'RFC 3261 §12.2.1.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Contact: <sip:bob@192.0.2.9>

    BYE sip:bob@192.0.2.9:5060 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Contact: <sip:bob@192.0.2.9>

    BYE sip:bob@192.0.2.77 SIP/2.0
        ^^^^^^^^^^^^^^^^^^ The Contact of the other side is “sip:bob@192.0.2.9” (message 2): a request that goes elsewhere may not reach it.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['contact'],
  check(call, report) {
    for (const { request, at, known, contact } of astray(call)) {
      const wanted = slice(known.message.text, contact);
      const text = `The Contact of the other side is ${quote(wanted)} (${named(known)}): a request that goes elsewhere may not reach it.`;
      report(request, at, text, [{ in: known, at: contact, text: 'Contact of the other side.' }]);
    }
  },
};
