import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { isRequest, pointTo, sentMessages } from '../flow/sequence.ts';
import { isNotification } from '../flow/subscriptions.ts';
import { contentType, hasBody, header, headerValue } from '../sip/message.ts';
import { contentTypeFacts, eventFacts } from '../sip/registry.ts';
import { listValues, parseParams } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const eventBodyType: CallRule = {
  id: 'event-body-type',
  group: 'bodies',
  scope: 'call',
  title:
    'The body of a NOTIFY or PUBLISH is of a type that neither its event package nor the Accept of the SUBSCRIBE names.',
  spec: 'RFC 6665 §4.2.2; RFC 6665 §5.4.5',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 SUBSCRIBE
    Event: presence
    Accept: application/pidf+xml, text/plain

    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: presence
    Subscription-State: active;expires=60
    Content-Type: text/plain

    at home
  `,
  bad: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 NOTIFY
    Event: dialog
    Subscription-State: active;expires=60
    Content-Type: application/pidf+xml
                  ^^^^^^^^^^^^^^^^^^^^ The event “dialog” is told of in application/dialog-info+xml, not in “application/pidf+xml”: the subscriber may not understand it.

    <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:bob@example.org"/>
  `,
  needs: ['NOTIFY|BENOTIFY|PUBLISH', 'content-type'],
  check(call, report) {
    const subscribes = new Map<string, FlowMessage>();
    for (const message of sentMessages(call)) {
      if (!isRequest(message)) continue;
      if (message.method === 'SUBSCRIBE') subscribes.set(message.fromTag, message);
      if (!isNotification(message) && message.method !== 'PUBLISH') continue;
      const name = (headerValue(message.message, 'event') ?? '').split(';', 1)[0]!.trim();
      const type = contentType(message.message);
      const wanted = type ? wantedTypes(name) : null;
      if (!wanted || wanted.some((one) => covers(one, type))) continue;
      const subscribe = subscribes.get(message.toTag);
      const at = subscribe && acceptedTypes(subscribe).some((one) => covers(one, type)) ? null : typeAt(message);
      if (!at) continue;
      const event = quote(name);
      const text = `The event ${event} is told of in ${listed(wanted)}, not in ${quote(type)}: the subscriber may not understand it.`;
      report(
        message,
        at,
        text,
        subscribe ? [pointTo(subscribe, 'The SUBSCRIBE, whose Accept does not name it either.')] : [],
      );
    }
  },
};

/** Where the type of a body stands that can be judged: not a type of a vendor, one that holds others, or one that points elsewhere. */
function typeAt({ message }: FlowMessage): Span | null {
  const field = header(message, 'content-type');
  const at = field && hasBody(message) ? parseParams(message.text, field.value.from, field.value.to)[0] : undefined;
  const type = at ? slice(message.text, at).trim().toLowerCase() : '';
  if (!at || !/^[\w.+-]+\/[\w.+-]+$/.test(type)) return null;
  const isOpen = /^multipart\/|^message\/external-body$|\/(?:vnd|x|prs)[.-]|msrtc|microsoft/.test(type);
  const facts = contentTypeFacts(type);
  return isOpen || !facts || facts.origin !== 'standard' ? null : at;
}

/** The types that a package names; null where none are known, or another rule judges them. */
function wantedTypes(event: string): readonly string[] | null {
  const facts = eventFacts(event);
  if (!facts || facts.name === 'refer') return null; // sipfrag-status-line
  const templates = event.split('.').slice(1);
  if (templates.includes('winfo')) return eventFacts('winfo')?.bodies ?? null;
  return templates.length === 0 || facts.name === event ? (facts.bodies ?? null) : null;
}

function acceptedTypes({ message }: FlowMessage): string[] {
  return listValues(message, 'accept').map((value) => slice(message.text, value).split(';')[0]!.trim().toLowerCase());
}

/** Whether a type, perhaps with a wildcard, covers another one. */
function covers(range: string, type: string): boolean {
  if (range === '*/*' || range.toLowerCase() === type) return true;
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1));
}

function listed(types: readonly string[]): string {
  return types.length > 3 ? `${types.slice(0, 3).join(', ')} and some others` : types.join(' or ');
}
