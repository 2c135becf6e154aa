import { cseqSteps, named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

/** The focus and MCUs of Office Communications Server end a dialog with a number just below 2^31. */
const OFFICE_SERVER_BYE = 2_147_483_600;

export const dialogCseqGap: CallRule = {
  id: 'dialog-cseq-gap',
  group: 'dialogs',
  scope: 'call',
  title: 'CSeq numbers are skipped in a dialog: a request may be missing in the trace.',
  spec: 'RFC 3261 §12.2.1.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    INVITE sip:focus@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:focus@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:focus@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:focus@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    INFO sip:focus@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:focus@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INFO

    INFO sip:alice@192.0.2.1 SIP/2.0
    From: <sip:focus@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 INFO

    BYE sip:alice@192.0.2.1 SIP/2.0
    From: <sip:focus@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2147483645 BYE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    INFO sip:bob@192.0.2.9 SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 9 INFO
          ^ CSeq goes from 2 (message 1) to 9 on this side: 6 requests are not in the trace, or were never sent; what they did is not seen.
  `,
  check(call, report) {
    if (call.partial) return;
    for (const { request, number, last, lastNumber } of cseqSteps(call)) {
      if (number <= lastNumber + 1 || !request.toTag || request.method === 'BENOTIFY') continue;
      if (!request.cseq || !last.cseq || (request.method === 'BYE' && number >= OFFICE_SERVER_BYE)) continue;
      const missing = number - lastNumber - 1;
      const text = `CSeq goes from ${lastNumber} (${named(last)}) to ${number} on this side: ${
        missing === 1 ? '1 request is not in the trace, or was' : `${missing} requests are not in the trace, or were`
      } never sent; what they did is not seen.`;
      const related = [{ in: last, at: last.cseq.at.number, text: 'The request before it of this side.' }];
      report(request, request.cseq.at.number, text, related);
    }
  },
};
