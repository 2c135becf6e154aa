import { quote } from '../base/quote.ts';
import type { FlowMessage } from '../flow/call.ts';
import { headOf, isRequest, pointTo, sentMessages } from '../flow/sequence.ts';
import { headerValue } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

/** Packages that servers send to devices without any subscription. */
const ALWAYS_UNSOLICITED = /^(?:check-sync|keep-?alive|resync|reboot|report|service-control)\b/i;

export const notifyWithoutSubscribe: CallRule = {
  id: 'notify-without-subscribe',
  group: 'subscriptions',
  scope: 'call',
  title: 'A NOTIFY comes without a SUBSCRIBE or REFER that asked for it.',
  spec: 'RFC 6665 §4.1.2; RFC 6665 §4.1.3',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: began-before-the-trace@example.org
    CSeq: 4 NOTIFY
    Event: presence

    SUBSCRIBE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=c
    To: <sip:bob@example.org>
    Call-ID: 2@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=d
    To: <sip:alice@example.org>;tag=c
    Call-ID: 2@example.org
    CSeq: 1 NOTIFY
    Event: presence

    NOTIFY sip:phone@192.0.2.4 SIP/2.0
    From: <sip:pbx@example.org>;tag=e
    To: <sip:phone@example.org>
    Call-ID: 3@example.org
    CSeq: 1 NOTIFY
    Event: check-sync
  `,
  bad: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    ^^^^^^ No SUBSCRIBE or REFER asked for this NOTIFY of the event package “presence”: nobody waits for it, and it is answered 481.
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: presence
  `,
  needs: ['NOTIFY'],
  check(call, report) {
    if (call.partial) return;
    const sent = sentMessages(call);
    if (sent.some(asksForNotify)) return;
    for (const notify of sent) {
      const event = /^[^;\s]*/.exec(headerValue(notify.message, 'event') ?? '')?.[0] ?? '';
      if (notify.method !== 'NOTIFY' || !isRequest(notify) || ALWAYS_UNSOLICITED.test(event)) continue;
      const what = event && ` of the event package ${quote(event)}`;
      const first = sent[0]!;
      const related = first === notify ? [] : [pointTo(first, 'The call begins here.')];
      report(
        notify,
        headOf(notify),
        `No SUBSCRIBE or REFER asked for this NOTIFY${what}: nobody waits for it, and it is answered 481.`,
        related,
      );
    }
  },
};

/** A response counts too: its request may have been lost to the trace. */
function asksForNotify({ method }: FlowMessage): boolean {
  return method === 'SUBSCRIBE' || method === 'REFER';
}
