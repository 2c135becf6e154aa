import { headOf, named } from '../flow/sequence.ts';
import { repair } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const subscribe202: CallRule = {
  id: 'subscribe-202',
  group: 'subscriptions',
  scope: 'call',
  title: 'A SUBSCRIBE or NOTIFY is answered 202, which is no longer used; 200 is.',
  spec: 'RFC 6665 §8.3.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE

    SIP/2.0 202 Accepted
    From: <sip:alice@example.org>;tag=c
    To: <sip:focus@example.org>;tag=d
    Call-ID: 2@example.org
    CSeq: 2 INFO
  `,
  bad: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE

    SIP/2.0 202 Accepted
            ^^^ 202 to a SUBSCRIBE (message 1) is no longer used: 200 OK says the same.
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
  `,
  needs: ['202'],
  check(call, report) {
    for (const response of call.messages) {
      const { method, status, respondsTo: request } = response;
      if (status !== 202 || (method !== 'SUBSCRIBE' && method !== 'NOTIFY') || response.retransmissionOf) continue;
      const which = request ? ` (${named(request)})` : '';
      const related = request ? [{ in: request, at: headOf(request), text: 'The request.' }] : [];
      report(
        response,
        headOf(response),
        `202 to a ${method}${which} is no longer used: 200 OK says the same.`,
        related,
      );
    }
  },
  fix: ({ message }) =>
    message.kind === 'response'
      ? repair("Answer '200 OK'", [{ from: message.at.status.from, to: message.at.reason.to, text: '200 OK' }])
      : [],
};
