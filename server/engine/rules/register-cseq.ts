import type { FlowMessage } from '../flow/call.ts';
import { unraisedRetries } from '../flow/challenges.ts';
import { isRequest, named, sentMessages } from '../flow/sequence.ts';
import { identity } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const registerCseq: CallRule = {
  id: 'register-cseq',
  group: 'transactions',
  scope: 'call',
  title: 'A REGISTER has no higher CSeq number than the one before it with the same Call-ID.',
  spec: 'RFC 3261 §10.2',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 5 REGISTER

    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=z
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 6 REGISTER

    REGISTER sip:carol@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK3
    From: <sip:carol@example.org>;tag=c
    To: <sip:carol@example.org>
    Call-ID: 1@example.org
    CSeq: 1 REGISTER

    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK4
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: after-a-restart@example.org
    CSeq: 1 REGISTER
  `,
  bad: `
    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 5 REGISTER
    Contact: <sip:alice@192.0.2.1>

    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=z
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 5 REGISTER
          ^ CSeq must be above 5, which the REGISTER in message 1 has: the registrar may leave the binding as it was.
    Contact: <sip:alice@192.0.2.5>
  `,
  needs: ['REGISTER'],
  check(call, report) {
    const retried = new Set(unraisedRetries(call).map(({ retry }) => retry));
    const last = new Map<string, FlowMessage>();
    for (const request of sentMessages(call)) {
      if (request.method !== 'REGISTER' || !isRequest(request) || !request.cseq) continue;
      const party = identity(request.toUri);
      const before = last.get(party);
      if (!before?.cseq || request.cseq.number > before.cseq.number) last.set(party, request);
      else if (!retried.has(request)) {
        const text = `CSeq must be above ${before.cseq.number}, which the REGISTER in ${named(before)} has: the registrar may leave the binding as it was.`;
        report(request, request.cseq.at.number, text, [
          { in: before, at: before.cseq.at.number, text: 'The REGISTER before it.' },
        ]);
      }
    }
  },
};
