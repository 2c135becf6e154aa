import { unraisedRetries } from '../flow/challenges.ts';
import { type CseqStep, cseqSteps, named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const dialogCseqNotIncreasing: CallRule = {
  id: 'dialog-cseq-not-increasing',
  group: 'dialogs',
  scope: 'call',
  title: 'A new request has no higher CSeq number than the one before it of the same side.',
  spec: 'RFC 3261 §12.2.1.1; RFC 3261 §12.2.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 5 INVITE

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.5;branch=z9hG4bK7
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1;received=192.0.2.1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 5 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 5 ACK

    INFO sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK3
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK4
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 6 BYE
  `,
  bad: `
    INFO sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 INFO

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
          ^ CSeq must be above 3, which this side used in message 1: the peer answers a lower number with 500.
  `,
  check(call, report) {
    const retried = new Set(unraisedRetries(call).map(({ retry }) => retry));
    for (const step of cseqSteps(call)) {
      // Of these other rules say so.
      if (step.request.method === 'REGISTER' || retried.has(step.request)) continue;
      if (!step.request.cseq || !step.last.cseq || step.number > step.lastNumber) continue;
      const related = [
        { in: step.last, at: step.last.cseq.at.number, text: `CSeq ${step.lastNumber} of the same side.` },
      ];
      report(step.request, step.request.cseq.at.number, problem(step), related);
    }
  },
};

function problem({ number, last, lastNumber }: CseqStep): string {
  const effect =
    number < lastNumber ? 'the peer answers a lower number with 500' : 'the peer may take it for a retransmission';
  return `CSeq must be above ${lastNumber}, which this side used in ${named(last)}: ${effect}.`;
}
