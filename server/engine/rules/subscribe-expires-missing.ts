import { headOf, isRequest, pointTo, sentMessages } from '../flow/sequence.ts';
import { lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const subscribeExpiresMissing: CallRule = {
  id: 'subscribe-expires-missing',
  group: 'subscriptions',
  scope: 'call',
  title: 'A SUBSCRIBE does not say for how long.',
  spec: 'RFC 6665 §4.1.2.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Max-Forwards: 70
    Event: presence
    Expires: 3600
  `,
  bad: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    ^^^^^^^^^ SUBSCRIBE should say with Expires for how long; without it the default of the event package holds.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Max-Forwards: 70
    Event: presence
  `,
  needs: ['SUBSCRIBE'],
  check(call, report) {
    for (const request of sentMessages(call)) {
      if (request.method !== 'SUBSCRIBE' || !isRequest(request) || !lacks(request.message, 'expires')) continue;
      const answer = request.responses.find(({ status }) => status >= 200 && status < 300);
      const text = 'SUBSCRIBE should say with Expires for how long; without it the default of the event package holds.';
      report(request, headOf(request), text, answer ? [pointTo(answer, 'The answer may tell the time.')] : []);
    }
  },
  fix: (reported) => withHeader(reported, 'Expires', '3600'),
};
