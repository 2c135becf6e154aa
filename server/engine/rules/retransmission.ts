import { repeatEvidence, repeats } from '../flow/retransmissions.ts';
import { headOf, isRequest, named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const retransmission: CallRule = {
  id: 'retransmission',
  group: 'transactions',
  scope: 'call',
  title: 'The same request or response is there once more.',
  spec: 'RFC 3261 §17.1; RFC 3261 §17.2',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    BYE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.9
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
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

    INVITE sip:bob@example.org SIP/2.0
    ^^^^^^ The same request as message 1, sent or captured again; it is not checked twice.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
  `,
  needs: ['repeated'],
  check(call, report) {
    for (const repeat of repeats(call)) {
      const { message, first } = repeat;
      if (message.message.kind === 'unknown') continue;
      const kind = isRequest(message) ? 'request' : 'response';
      const evidence = repeatEvidence(repeat);
      const how = evidence ? `${evidence};` : 'sent or captured again;';
      const text = `The same ${kind} as ${named(first)}, ${how} it is not checked twice.`;
      report(message, headOf(message), text, [{ in: first, at: headOf(first), text: 'The first time.' }]);
    }
  },
};
