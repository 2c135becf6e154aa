import { type Span, slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { isRequest, named, sentMessages } from '../flow/sequence.ts';
import { eventKey, isNotification } from '../flow/subscriptions.ts';
import { paramsOf } from '../sip/grammar.ts';
import { header } from '../sip/message.ts';
import { param } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const subscriptionExpiresLonger: CallRule = {
  id: 'subscription-expires-longer',
  group: 'subscriptions',
  scope: 'call',
  title: 'A subscription is given for longer than was asked.',
  spec: 'RFC 6665 §4.2.1.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence
    Expires: 3600

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Expires: 1800

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: presence
    Subscription-State: active;expires=1799
  `,
  bad: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence
    Expires: 60

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Expires: 3600
             ^^^^ The SUBSCRIBE (message 1) asks for 60 seconds; a notifier may only shorten that: the subscriber expects it to end then.
  `,
  needs: ['SUBSCRIBE'],
  check(call, report) {
    const asked = new Map<string, FlowMessage>();
    const told = new Set<FlowMessage>();
    for (const message of sentMessages(call)) {
      const isSubscribe = message.method === 'SUBSCRIBE' && isRequest(message);
      if (isSubscribe) asked.set(`${message.fromTag} ${eventKey(message)}`, message);
      const success = message.status >= 200 && message.status < 300 && message.method === 'SUBSCRIBE';
      const subscribe = success ? message.respondsTo : asked.get(`${message.toTag} ${eventKey(message)}`);
      const given = success ? expiresAt(message) : isNotification(message) ? stateExpiresAt(message) : null;
      const wanted = subscribe && given ? expiresAt(subscribe) : null;
      if (!subscribe || !given || !wanted || told.has(subscribe)) continue;
      if (secondsAt(message, given) <= secondsAt(subscribe, wanted)) continue;
      told.add(subscribe);
      const text = `The SUBSCRIBE (${named(subscribe)}) asks for ${secondsAt(subscribe, wanted)} seconds; a notifier may only shorten that: the subscriber expects it to end then.`;
      report(message, given, text, [{ in: subscribe, at: wanted, text: 'What was asked.' }]);
    }
  },
};

function expiresAt({ message }: FlowMessage): Span | null {
  const value = header(message, 'expires')?.value;
  return value && /^\d+$/.test(slice(message.text, value)) ? value : null;
}

function stateExpiresAt({ message }: FlowMessage): Span | null {
  const field = header(message, 'subscription-state');
  const value = field && param(paramsOf(message.text, field.value), 'expires')?.value;
  return value && /^\d+$/.test(slice(message.text, value)) ? value : null;
}

function secondsAt({ message }: FlowMessage, at: Span): number {
  return Number(slice(message.text, at));
}
