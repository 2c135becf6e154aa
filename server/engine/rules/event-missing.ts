import { slice } from '../base/text.ts';
import { contentType, headerValue } from '../sip/message.ts';
import { lacks } from '../sip/presence.ts';
import { allEvents } from '../sip/registry.ts';
import { withHeader } from '../sip/repairs.ts';
import { listValues } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const METHODS = ['SUBSCRIBE', 'NOTIFY', 'BENOTIFY', 'PUBLISH'];

export const eventMissing: MessageRule = {
  id: 'event-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'SUBSCRIBE, NOTIFY, BENOTIFY or PUBLISH has no Event.',
  spec: 'RFC 6665 §8.2.1; RFC 3903 §11.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:bob@example.org>;tag=9fxced76sl
    To: <sip:alice@example.org>
    Call-ID: 3848276298220188511@example.org
    CSeq: 1 SUBSCRIBE
    o:registration
  `,
  bad: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SUBSCRIBE has no Event, which says what it is about.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:bob@example.org>;tag=9fxced76sl
    To: <sip:alice@example.org>
    Call-ID: 3848276298220188511@example.org
    CSeq: 1 SUBSCRIBE
    Allow-Events: presence
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind === 'request' && METHODS.includes(message.method) && lacks(message, 'event')) {
      report(message.startLine, `${message.method} has no Event, which says what it is about.`);
    }
  },
  fix: (reported) => {
    const { message } = reported;
    const known = reported.neighbours().map((other) => headerValue(other, 'event'));
    const event = known.find((one) => one) ?? eventOf(contentType(message));
    if (event) return withHeader(reported, 'Event', event);
    const allowed = listValues(message, 'allow-events').map((value) => slice(message.text, value));
    return allowed.flatMap((one) => withHeader(reported, 'Event', one, 'possible'));
  },
};

/** The only event package whose notifications have such a body. */
function eventOf(type: string): string | undefined {
  const found = type ? allEvents.filter(({ bodies }) => bodies?.includes(type)) : [];
  return found.length === 1 ? found[0]!.name : undefined;
}
