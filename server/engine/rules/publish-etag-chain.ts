import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { isRequest, named, sentMessages } from '../flow/sequence.ts';
import { eventKey } from '../flow/subscriptions.ts';
import { header, headerValue } from '../sip/message.ts';
import { replaced } from '../sip/repairs.ts';
import { identity } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const publishEtagChain: CallRule = {
  id: 'publish-etag-chain',
  group: 'subscriptions',
  scope: 'call',
  title: 'A PUBLISH does not name the state by the tag that it was given last.',
  spec: 'RFC 3903 §4',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    PUBLISH sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 1 PUBLISH
    Event: presence

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>;tag=p
    Call-ID: 1@example.org
    CSeq: 1 PUBLISH
    SIP-ETag: a1

    PUBLISH sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 2 PUBLISH
    Event: presence
    SIP-If-Match: a1

    PUBLISH sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 3 PUBLISH
    Event: dialog
    SIP-If-Match: d7
  `,
  bad: `
    PUBLISH sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 1 PUBLISH
    Event: presence

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>;tag=p
    Call-ID: 1@example.org
    CSeq: 1 PUBLISH
    SIP-ETag: a1

    PUBLISH sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 2 PUBLISH
    Event: presence
    SIP-If-Match: z9
                  ^^ The last SIP-ETag of this state is “a1” (message 2): the server does not know another one and answers 412.
  `,
  needs: ['sip-etag', 'sip-if-match'],
  check(call, report) {
    const given = new Map<string, FlowMessage>();
    for (const message of sentMessages(call)) {
      if (message.method !== 'PUBLISH') continue;
      const key = stateOf(message.respondsTo ?? message);
      if (message.status >= 200 && message.status < 300 && header(message.message, 'sip-etag')) given.set(key, message);
      const matched = isRequest(message) ? header(message.message, 'sip-if-match') : undefined;
      const last = given.get(key);
      const tag = last && header(last.message, 'sip-etag');
      if (!matched || !last || !tag) continue;
      const wanted = slice(last.message.text, tag.value);
      if (slice(message.message.text, matched.value) === wanted) continue;
      const text = `The last SIP-ETag of this state is ${quote(wanted)} (${named(last)}): the server does not know another one and answers 412.`;
      report(message, matched.value, text, [{ in: last, at: tag.value, text: 'The tag that was given.' }]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const own = flow();
    const before = sentMessages(call()).filter(
      (one) => one.order < own.order && one.respondsTo && stateOf(one.respondsTo) === stateOf(own),
    );
    const tag = before.flatMap((one) => headerValue(one.message, 'sip-etag') ?? []).at(-1);
    return tag ? replaced({ message, at }, tag) : [];
  },
};

/** Whose state of which event package a PUBLISH is about. */
function stateOf(request: FlowMessage): string {
  return `${identity(request.toUri)} ${eventKey(request)}`;
}
