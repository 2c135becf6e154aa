import { header } from '../sip/message.ts';
import { headerFacts } from '../sip/registry.ts';
import { withoutHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const eventInResponse: MessageRule = {
  id: 'event-in-response',
  group: 'header-presence',
  scope: 'message',
  title: 'A response has Event or Subscription-State.',
  spec: 'RFC 6665 §8.2.1; RFC 6665 §8.2.3',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:bob@example.org>;tag=9fxced76sl
    To: <sip:alice@example.org>;tag=ffd2
    Call-ID: 3848276298220188511@example.org
    CSeq: 1 SUBSCRIBE
    Allow-Events: presence, presence.winfo
    Expires: 3600
    Contact: <sip:alice@192.0.2.1>
  `,
  bad: `
    SIP/2.0 202 Accepted
    CSeq: 1 SUBSCRIBE
    o: presence
    ^ Event belongs in requests; a response must not carry it.
    Expires: 3600
  `,
  reads: { outline: [] },
  check(message, report) {
    // A 2xx to SUBSCRIBE that is the first notification too (MS-SIP ms-piggyback-first-notify).
    if (message.kind !== 'response' || header(message, 'ms-piggyback-cseq')) return;
    const seen = new Set<string>();
    for (const field of message.headers) {
      if ((field.id !== 'event' && field.id !== 'subscription-state') || seen.has(field.id)) continue;
      seen.add(field.id);
      report(field.name, `${headerFacts(field.id)?.name} belongs in requests; a response must not carry it.`);
    }
  },
  fix: withoutHeader,
};
