import { headOf, named, pointTo, sentMessages } from '../flow/sequence.ts';
import { repair } from '../sip/repairs.ts';

/** What an element answers that does not know the method. */
const UNKNOWN_METHOD = new Set([405, 501]);

import type { CallRule } from './rule.ts';

export const responseToBenotify: CallRule = {
  id: 'response-to-benotify',
  group: 'transactions',
  scope: 'call',
  title: 'A BENOTIFY is answered; its sender expects no answer.',
  spec: 'MS-SIP §3.5; MS-SIP §4.4',
  severity: { strict: 'warning', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 4 BENOTIFY

    SIP/2.0 501 Not Implemented
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 4 BENOTIFY

    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 5 BENOTIFY
  `,
  bad: `
    BENOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 4 BENOTIFY

    SIP/2.0 200 OK
            ^^^ Answers the BENOTIFY in message 1: it is a notification without an answer, and its sender drops this one.
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 4 BENOTIFY
  `,
  needs: ['BENOTIFY', 'response'],
  check(call, report) {
    for (const response of sentMessages(call)) {
      if (!response.status || response.cseq?.method !== 'BENOTIFY' || UNKNOWN_METHOD.has(response.status)) continue;
      const request = response.respondsTo;
      const which = request ? `the BENOTIFY in ${named(request)}` : 'a BENOTIFY';
      const text = `Answers ${which}: it is a notification without an answer, and its sender drops this one.`;
      report(response, headOf(response), text, request ? [pointTo(request, 'The BENOTIFY.')] : []);
    }
  },
  fix: ({ message }) => repair('Remove the response', [{ from: message.from, to: message.to, text: '' }], 'possible'),
};
