import { type Span, slice } from '../base/text.ts';
import { address, identity, param, parseUri } from '../sip/values.ts';
import type { Call, FlowMessage } from './call.ts';
import { isRequest } from './sequence.ts';

/** What a request of a dialog should be sent to, and is not. */
export interface Astray {
  readonly request: FlowMessage;
  readonly at: Span;
  /** The last message before with a Contact of the other side, and that Contact. */
  readonly known: FlowMessage;
  readonly contact: Span;
}

/** Requests and responses whose Contact is where the dialog goes on (RFC 3261 §12.2). */
const REFRESHING = new Set(['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY', 'REFER']);

/**
 * Requests, as they leave the user agent, that go to none of the Contacts that the other side has given in the dialog. URIs of
 * Microsoft's and GRUUs are resolved by servers, and a Request-URI with `lr` is that of a strict router: they are passed over.
 */
export function astray(call: Call): Astray[] {
  const contacts = new Map<string, { all: Set<string>; last: FlowMessage; at: Span }>();
  const found: Astray[] = [];
  for (const message of call.messages) {
    const side = message.status ? message.toTag : message.fromTag;
    const other = contacts.get(message.toTag);
    const uri = isRequest(message) && message.message.kind === 'request' ? message.message.at.uri : null;
    if (uri && other && isFresh(message) && !isResolved(message, uri)) {
      const isKnown = other.all.has('') || other.all.has(identity(slice(message.message.text, uri)));
      if (!isKnown) found.push({ request: message, at: uri, known: other.last, contact: other.at });
    }
    const contact = REFRESHING.has(message.method) && message.status < 300 ? address(message.message, 'contact') : null;
    if (!contact || !side) continue;
    const entry = contacts.get(side) ?? { all: new Set<string>(), last: message, at: contact.uri };
    entry.all.add(isResolved(message, contact.uri) ? '' : identity(slice(message.message.text, contact.uri)));
    contacts.set(side, { ...entry, last: message, at: contact.uri });
  }
  return found;
}

/** As its sender made it: no proxy has added its Via. A CANCEL, and the ACK to a failure, go where their INVITE went. */
function isFresh({ method, vias, retransmissionOf, toTag, fromTag }: FlowMessage): boolean {
  return (
    vias.length === 1 && !retransmissionOf && toTag !== '' && fromTag !== '' && method !== 'ACK' && method !== 'CANCEL'
  );
}

function isResolved({ message: { text } }: FlowMessage, uri: Span): boolean {
  const { params, host } = parseUri(text, uri);
  const named = ['lr', 'gr', 'gruu', 'opaque', 'ob', 'proxy', 'maddr', 'alias'].some((name) => param(params, name));
  return named || params.some(({ name }) => name.startsWith('ms-')) || slice(text, host).endsWith('.invalid');
}
