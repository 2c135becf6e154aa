import { quote } from '../base/quote.ts';
import type { IdentityNotice } from '../flow/identities.ts';
import type { TraceRule } from './rule.ts';

export const callIdCase: TraceRule = {
  id: 'call-id-case',
  group: 'dialogs',
  scope: 'trace',
  about: 'identities',
  title: 'Two messages have Call-IDs that differ in the case of letters only.',
  spec: 'RFC 3261 §8.1.1.4',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: aB@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: aB@example.org
    CSeq: 1 INVITE

    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK2
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>
    Call-ID: AB@example.org
    CSeq: 1 OPTIONS
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: aB@example.org
    CSeq: 1 INVITE

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: AB@example.org
             ^^^^^^^^^^^^^^ Message 1 has “aB@example.org”: letter case counts in a Call-ID, so that this is another call.
    CSeq: 2 BYE
  `,
  check({ identities }, report) {
    const first = new Map<string, IdentityNotice>();
    const told = new Set<string>();
    for (const notice of identities) {
      const key = notice.callId.toLowerCase();
      const before = first.get(key);
      if (!before) first.set(key, notice);
      else if (before.callId !== notice.callId && !told.has(notice.callId) && sharesTag(before, notice)) {
        told.add(notice.callId);
        const text = `Message ${before.index + 1} has ${quote(before.callId)}: letter case counts in a Call-ID, so that this is another call.`;
        report(notice, text, [{ notice: before, text: 'The Call-ID in other letters.' }]);
      }
    }
  },
};

function sharesTag(one: IdentityNotice, other: IdentityNotice): boolean {
  return one.fromTag !== '' && (one.fromTag === other.fromTag || one.fromTag === other.toTag);
}
