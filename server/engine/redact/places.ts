import { type Span, slice } from '../base/text.ts';
import { xmlBodies } from '../flow/bodies.ts';
import { type HeaderField, parseMessage, type SipMessage } from '../sip/message.ts';
import { bodyParts } from '../sip/multipart.ts';
import { type NameAddr, parseNameAddr, parseParams, parseVia, splitList } from '../sip/values.ts';
import { bodyPlaces, type QuietSpan } from './bodyPlaces.ts';
import { PUBLIC_PARAMS, paramPlaces, uriPlaces } from './uriPlaces.ts';
import { xmlPlaces } from './xmlPlaces.ts';

/** Headers whose values are addresses (RFC 3261 §20.10), with parameters of their own. */
const ADDRESSES = new Set(
  (
    'from to contact route record-route path service-route refer-to referred-by reply-to p-asserted-identity p-preferred-identity p-called-party-id ' +
    'p-associated-uri diversion history-info remote-party-id call-info alert-info error-info p-served-user'
  ).split(' '),
);
/** Headers of challenges and credentials (RFC 3261 §22). */
const CREDENTIALS = new Set(
  (
    'authorization proxy-authorization www-authenticate proxy-authenticate authentication-info proxy-authentication-info ' +
    'p-charging-vector p-access-network-info identity'
  ).split(' '),
);
/** Headers whose whole value names somebody or something. */
const NAMES = new Set(
  'call-id in-reply-to replaces target-dialog join subject organization session-id sip-etag sip-if-match x-cid call-id-original'.split(
    ' ',
  ),
);
/** A serial number, or the address of a network card without its colons, behind the name of a product. */
const SERIAL = /(?<![\p{L}\p{N}])(?:[\da-f]{12}|\d{8,})(?![\p{L}\p{N}])/giu;
/** A shorter number in a header of somebody's own is a count, a version, a status. */
const SHORTEST_NUMBER = 6;
/** The realm of all of Microsoft's servers (MS-SIPAE §3.2.1). */
const MS_REALM = /^realm\s*=\s*"SIP Communications Service"$/i;

/** The places of a message, in its text, that tell who somebody is or let somebody in: names, users, hosts, identifiers, credentials. */
export function privatePlaces(message: SipMessage): QuietSpan[] {
  const places: QuietSpan[] = [];
  headPlaces(message, places);
  for (const { type, body, encoded } of bodyParts(message)) {
    // What is encoded is not read: all of it may tell something.
    if (encoded) places.push({ ...body, quiet: true });
    // A message, or a piece of one (RFC 3420), with what it says of others.
    else if (/^message\/sip(?:frag)?$/.test(type)) headPlaces(parseMessage(message.text, body.from, body.to), places);
    else bodyPlaces(message.text, type, body, places);
  }
  for (const { document } of xmlBodies(message)) xmlPlaces(document, places);
  return places;
}

function headPlaces(message: SipMessage, places: QuietSpan[]): void {
  if (message.kind === 'request') uriPlaces(message.text, message.at.uri, places);
  for (const field of message.headers) headerPlaces(message.text, field, places);
}

function headerPlaces(text: string, { id, value }: HeaderField, places: QuietSpan[]): void {
  if (id === 'via') for (const part of splitList(text, value)) viaPlaces(text, part, places);
  else if (ADDRESSES.has(id))
    for (const part of splitList(text, value)) addressPlaces(text, parseNameAddr(text, part), places);
  else if (NAMES.has(id)) places.push(value);
  else if (CREDENTIALS.has(id)) credentialPlaces(text, value, places);
  else if (/^(?:ms-|x-|p-)/.test(id)) paramPlaces(text, parseParams(text, value.from, value.to).slice(1), places);
  if (/^x-/.test(id)) numberPlaces(text, value, /[\p{L}\p{N}_-]*\d[\p{L}\p{N}_-]*/gu, places);
  else if (id === 'user-agent' || id === 'server') numberPlaces(text, value, SERIAL, places);
}

function viaPlaces(text: string, part: Span, places: Span[]): void {
  const { host, params } = parseVia(text, part);
  places.push(host);
  paramPlaces(text, params, places);
}

function addressPlaces(text: string, { display, uri, params }: NameAddr, places: Span[]): void {
  if (display) places.push(display);
  uriPlaces(text, uri, places);
  paramPlaces(text, params, places);
}

/** All values behind the scheme, but for those that only tell how it is done. */
function credentialPlaces(text: string, { from, to }: Span, places: Span[]): void {
  const scheme = /^[\w-]+[ \t]+/.exec(text.slice(from, Math.min(to, from + 40)))?.[0].length ?? 0;
  const start = from + scheme;
  for (const part of splitList(text, { from: start, to })) {
    const whole = slice(text, part);
    const named = /^([\w-]+)\s*=(?!=*$)\s*/.exec(whole);
    if (!named) places.push(part);
    else if (!PUBLIC_PARAMS.has(named[1]!.toLowerCase()) && !MS_REALM.test(whole))
      places.push({ from: part.from + named[0].length, to: part.to });
  }
}

/** Words with digits in them that are long enough to tell one from another. */
function numberPlaces(text: string, value: Span, form: RegExp, places: QuietSpan[]): void {
  for (const { 0: word, index } of slice(text, value).matchAll(form))
    if (word.length >= SHORTEST_NUMBER)
      places.push({ from: value.from + index, to: value.from + index + word.length, quiet: true });
}
