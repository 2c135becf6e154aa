import { cseqSteps, named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const benotifyCseqGap: CallRule = {
  id: 'benotify-cseq-gap',
  group: 'subscriptions',
  scope: 'call',
  title: 'A BENOTIFY skips CSeq numbers: a notification is missing in the trace.',
  spec: 'RFC 3261 §12.2.1.1; MS-SIP §3.5',
  severity: { strict: 'info', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    BENOTIFY sip:192.0.2.1:2157;transport=tls SIP/2.0
    From: <sip:focus@example.org>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 9 BENOTIFY

    SUBSCRIBE sip:focus@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:focus@example.org>;tag=f
    Call-ID: 1@example.org
    CSeq: 2 SUBSCRIBE

    BENOTIFY sip:192.0.2.1:2157;transport=tls SIP/2.0
    From: <sip:focus@example.org>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 10 BENOTIFY

    BENOTIFY sip:192.0.2.2:3346;transport=tls SIP/2.0
    From: <sip:focus@example.org>;tag=g
    To: <sip:bob@example.org>;tag=b
    Call-ID: 2@example.org
    CSeq: 5 BENOTIFY
  `,
  bad: `
    BENOTIFY sip:192.0.2.1:2157;transport=tls SIP/2.0
    From: <sip:focus@example.org>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 9 BENOTIFY

    BENOTIFY sip:192.0.2.1:2157;transport=tls SIP/2.0
    From: <sip:focus@example.org>;tag=f
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 11 BENOTIFY
          ^^ CSeq goes from 9 (message 1) to 11: 1 notification is missing in the trace, and the state that is shown may be an old one.
  `,
  needs: ['BENOTIFY'],
  check(call, report) {
    for (const { request, number, last, lastNumber } of cseqSteps(call)) {
      if (request.method !== 'BENOTIFY' || number <= lastNumber + 1 || !request.cseq || !last.cseq) continue;
      const missing = number - lastNumber - 1;
      const count = missing === 1 ? '1 notification is' : `${missing} notifications are`;
      const text = `CSeq goes from ${lastNumber} (${named(last)}) to ${number}: ${count} missing in the trace, and the state that is shown may be an old one.`;
      report(request, request.cseq.at.number, text, [
        { in: last, at: last.cseq.at.number, text: 'The last one seen.' },
      ]);
    }
  },
};
