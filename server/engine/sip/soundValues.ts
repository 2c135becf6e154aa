import { slice } from '../base/text.ts';
import { headerValue, type SipMessage } from './message.ts';
import { address, methodOf, parseUri, vias } from './values.ts';

/** Headers that `soundValue` knows a value of. */
export const SOUND = ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'CSeq', 'Contact'] as const;
export type SoundName = (typeof SOUND)[number];

/**
 * A value for a header that is not there, out of what the message itself and its neighbours say; made up as little as needed.
 * @param neighbours messages of the same dialog or transaction, the nearest first
 */
export function soundValue(message: SipMessage, name: SoundName, neighbours: readonly SipMessage[]): string {
  return VALUES[name](message, neighbours) ?? DEFAULTS[name](message);
}

/** Eight hexadecimal digits that follow from a text, for a tag, a branch or a Call-ID. */
export function token(seed: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
}

/** A token that belongs to this message. */
export function tokenOf(message: SipMessage, what: string): string {
  return token(what + message.text.slice(message.from, message.body.from));
}

/** A Via branch that belongs to this message (RFC 3261 §8.1.1.7). */
export function branchOf(message: SipMessage): string {
  return `z9hG4bK${tokenOf(message, 'branch')}`;
}

type Guess = (message: SipMessage, neighbours: readonly SipMessage[]) => string | undefined;

const VALUES: Readonly<Record<SoundName, Guess>> = {
  Via: (message, neighbours) => (message.kind === 'response' ? rowsOf(neighbours, 'via') : undefined),
  'Max-Forwards': () => undefined,
  From: (message, neighbours) => party(message, neighbours, 'from'),
  To: (message, neighbours) => tagged(message, party(message, neighbours, 'to')),
  'Call-ID': (_, neighbours) => rowsOf(neighbours, 'call-id'),
  CSeq: (message, neighbours) => (message.kind === 'response' ? rowsOf(neighbours, 'cseq') : undefined),
  Contact: () => undefined,
};

const DEFAULTS: Readonly<Record<SoundName, (message: SipMessage) => string>> = {
  Via: (message) => `SIP/2.0/${transportOf(message)} ${hostOf(message)};branch=${branchOf(message)}`,
  'Max-Forwards': () => '70',
  From: (message) => `<${senderOf(message)}>;tag=${tokenOf(message, 'from')}`,
  To: (message) => tagged(message, `<${receiverOf(message)}>`)!,
  'Call-ID': (message) => tokenOf(message, 'call') + tokenOf(message, 'id'),
  CSeq: (message) => `1 ${methodOf(message) || 'OPTIONS'}`,
  Contact: (message) => `<${message.kind === 'response' ? uriOf(message, 'to') : uriOf(message, 'from')}>`,
};

/** The value as the nearest neighbour that has it writes it. */
function rowsOf(neighbours: readonly SipMessage[], id: string): string | undefined {
  for (const neighbour of neighbours) {
    const value = headerValue(neighbour, id);
    if (value) return value;
  }
  return undefined;
}

/** A side of the dialog as a neighbour names it, whose other side is the one that is known. */
function party(message: SipMessage, neighbours: readonly SipMessage[], side: 'from' | 'to'): string | undefined {
  const other = side === 'from' ? 'to' : 'from';
  const known = bareUri(message, other);
  for (const neighbour of neighbours) {
    const along = !known || bareUri(neighbour, other) === known;
    if (!along && bareUri(neighbour, side) !== known) continue;
    const value = headerValue(neighbour, along ? side : other);
    if (value) return value;
  }
  return undefined;
}

/** A response names its side of the dialog (RFC 3261 §8.2.6.2). */
function tagged(message: SipMessage, to: string | undefined): string | undefined {
  if (to === undefined || message.kind !== 'response' || message.status <= 100 || /;\s*tag=/i.test(to)) return to;
  return `${to};tag=${tokenOf(message, 'to')}`;
}

function bareUri(message: SipMessage, id: string): string {
  const found = address(message, id);
  return found ? slice(message.text, found.uri) : '';
}

function senderOf(message: SipMessage): string {
  const told = ['contact', 'p-preferred-identity', 'p-asserted-identity'].map((id) => bareUri(message, id));
  if (message.kind === 'request' && message.method === 'REGISTER') told.unshift(bareUri(message, 'to'));
  const uri = told.find((one) => /^sips?:[^@]+@/i.test(one));
  return uri ? bare(uri) : 'sip:anonymous@anonymous.invalid';
}

function receiverOf(message: SipMessage): string {
  if (message.kind !== 'request') return 'sip:anonymous@anonymous.invalid';
  if (message.method === 'REGISTER' && bareUri(message, 'from')) return bareUri(message, 'from');
  return bare(slice(message.text, message.at.uri));
}

/** The URI of one side, as a later request would be sent to it. */
function uriOf(message: SipMessage, side: 'from' | 'to'): string {
  return bareUri(message, side) || 'sip:anonymous@anonymous.invalid';
}

/** A URI without what belongs to the way there only. */
function bare(uri: string): string {
  return uri.replace(/\?.*$/s, '').replace(/;(?:transport|lr|maddr|ttl|method)(?:=[^;]*)?(?=;|$)/gi, '');
}

function hostOf(message: SipMessage): string {
  const uri = address(message, 'contact')?.uri ?? address(message, 'from')?.uri;
  const host = uri && slice(message.text, parseUri(message.text, uri).host);
  return host || 'client.invalid';
}

function transportOf(message: SipMessage): string {
  const known = vias(message)[0]?.transport;
  if (known) return known;
  const uri = message.kind === 'request' ? slice(message.text, message.at.uri) : '';
  const asked = /;transport=(\w+)/i.exec(uri)?.[1]?.toUpperCase();
  return asked ?? (/^sips:/i.test(uri) ? 'TLS' : 'UDP');
}
