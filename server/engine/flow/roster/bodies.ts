import { headerValue } from '../../sip/message.ts';
import type { TextTrace } from '../../trace/text.ts';
import { parseXml, type XmlDocument } from '../../xml/xml.ts';
import { xmlBodies } from '../bodies.ts';

const CONFERENCE = /urn:ietf:params:xml:ns:(?:conference-info|cccp)\b/;
/** The namespace is declared in the first tag. */
const FIRST_TAG = 4096;

/**
 * The XML bodies of a message (zero-based) that may be about a conference. A body that is XML as it stands is parsed without its head,
 * and not kept: a long conference has very many, and each is asked for once.
 */
export function conferenceBodies(trace: TextTrace, index: number): XmlDocument[] {
  const { text, columns } = trace;
  const { from, to } = trace.span(index);
  const body = from + columns.bodyAt[index]!;
  if (!isAsSent(trace, index) || text[body] !== '<')
    return xmlBodies(trace.message(index)).map(({ document }) => document);
  return CONFERENCE.test(text.slice(body, Math.min(to, body + FIRST_TAG))) ? [parseXml(text, body, to)] : [];
}

/** Whether a message stands in the source as it was sent. */
function isAsSent(trace: TextTrace, index: number): boolean {
  return !trace.isFlattened(index) && !trace.isTorn(index);
}

const TERMINATED = /^Subscription-State[ \t]*:\s*terminated\b/im;

/** Whether a notification (zero-based) says that the subscription has ended; its head is not parsed where it need not be. */
export function saysTerminated(trace: TextTrace, index: number): boolean {
  if (!isAsSent(trace, index))
    return /^terminated\b/i.test(headerValue(trace.message(index), 'subscription-state') ?? '');
  const { from } = trace.span(index);
  return TERMINATED.test(trace.text.slice(from, from + trace.columns.bodyAt[index]!));
}

const EVENT = /^(?:Event|o)[ \t]*:\s*conference\b/im;

/** Whether a notification (zero-based) is of the event package of conferences. */
export function saysConference(trace: TextTrace, index: number): boolean {
  if (!isAsSent(trace, index)) return /^conference\b/i.test(headerValue(trace.message(index), 'event') ?? '');
  const { from } = trace.span(index);
  return EVENT.test(trace.text.slice(from, from + trace.columns.bodyAt[index]!));
}
