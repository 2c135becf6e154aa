import { isCommand } from '../flow/cccpAnswers.ts';
import { headOf, pointTo } from '../flow/sequence.ts';
import { lastMessages, unanswered } from '../flow/unanswered.ts';
import type { CallRule } from './rule.ts';

const dialog = (from: string, to: string) => `From: <sip:${from}@example.org>;tag=${from}
    To: <sip:${to}@example.org>;tag=${to}
    Call-ID: 1@example.org`;

const exchange = (number: number) => `

    INFO sip:alice@192.0.2.1 SIP/2.0
    ${dialog('bob', 'alice')}
    CSeq: ${number} INFO

    SIP/2.0 200 OK
    ${dialog('bob', 'alice')}
    CSeq: ${number} INFO`;

const goesOn = [1, 2, 3, 4, 5, 6].map(exchange).join('');

export const finalResponseMissing: CallRule = {
  id: 'final-response-missing',
  group: 'transactions',
  scope: 'call',
  title: 'A request got no final response although the call went on.',
  spec: 'RFC 3261 §17.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    INFO sip:bob@192.0.2.9 SIP/2.0
    ${dialog('alice', 'bob')}
    CSeq: 2 INFO

    BENOTIFY sip:bob@192.0.2.9 SIP/2.0
    ${dialog('alice', 'bob')}
    CSeq: 3 BENOTIFY

    SIP/2.0 202 Accepted
    ${dialog('alice', 'bob')}
    CSeq: 2 INFO${goesOn}

    INFO sip:bob@192.0.2.9 SIP/2.0
    ${dialog('alice', 'bob')}
    CSeq: 4 INFO
  `,
  bad: `
    INFO sip:bob@192.0.2.9 SIP/2.0
    ^^^^ No final response to this INFO is in the trace, although messages of both sides follow: its sender waits, and gives up after 32 seconds.
    ${dialog('alice', 'bob')}
    CSeq: 2 INFO${goesOn}
  `,
  check(call, report) {
    const lastOfPeer = lastMessages(call);
    for (const request of unanswered(call)) {
      const text = `No final response to this ${request.method} is in the trace, although messages of both sides follow: its sender waits, and gives up after 32 seconds.`;
      // Of a command in INFO another rule says so.
      if (isCommand(request)) continue;
      const last = lastOfPeer(request);
      report(request, headOf(request), text, last ? [pointTo(last, 'The other side is still there.')] : []);
    }
  },
};
