import { quote } from '../base/quote.ts';
import { type Span, slice, span } from '../base/text.ts';
import { parseUri } from '../sip/values.ts';
import { type Identifier, type IdentifierKind, isPartyUri } from './identifiers.ts';

/** The parts of a name that a rename changes, as spans of its value. */
export interface NamePieces {
  /** `sip:alice@contoso.com` of a URI. */
  readonly address: Span | null;
  /** What a conference's URI has behind `:id:`; or the whole of a name that is no URI. */
  readonly id: Span | null;
}

const CONFERENCE_ID = /;opaque=app:conf:[\w-]+:id:/i;
/** RFC 3261 §25.1 without the marks that would end the URI in a header or a list. */
const SIP_ADDRESS = /^(?:sips?|im|pres):(?:[\w.!~*'()&=+$/-]|%[0-9a-f]{2})+@(?:[\w.-]+|\[[0-9a-f:.]+\])$/i;
const TEL_ADDRESS = /^tel:[+\w.()*#-]+$/i;
const BARE_ID = /^[\w.~-]+$/;

/** The parts of an identifier that a rename changes; null where it cannot be renamed. */
export function namePieces({ kind, value }: Identifier): NamePieces | null {
  const whole = span(0, value.length);
  if (kind === 'request') return { address: null, id: whole };
  if (kind !== 'party' && kind !== 'conference') return null;
  if (!isPartyUri(value)) return kind === 'conference' ? { address: null, id: whole } : null;
  const { scheme, user, host } = parseUri(value, whole);
  if (!user && scheme !== 'tel' && scheme !== 'im' && scheme !== 'pres') return null;
  return { address: span(0, host.to), id: conferenceId(value) };
}

function conferenceId(uri: string): Span | null {
  const before = CONFERENCE_ID.exec(uri);
  if (!before) return null;
  const from = before.index + before[0].length;
  const end = uri.indexOf(';', from);
  return span(from, end < 0 ? uri.length : end);
}

/** The name as it is shown: up to the last of its parts. */
export function nameIn(value: string, { address, id }: NamePieces): string {
  return value.slice(0, (id ?? address)!.to);
}

/** The name with the scheme of the one before, where it has none. */
export function withScheme(name: string, before: string): string {
  const scheme = /^(?:sips?|tel|im|pres):/i.exec(before)?.[0] ?? '';
  return scheme && !/^[a-z][a-z0-9.+-]*:/i.test(name) ? scheme + name : name;
}

/** Why a name cannot take the place of another, in a sentence; null where it can. */
export function refusalOf(kind: IdentifierKind, before: string, name: string): string | null {
  if (kind === 'request')
    return name === '' || /[\u0000-\u001f]/.test(name) ? 'A requestId of at least one character is expected.' : null;
  if (!isPartyUri(before))
    return BARE_ID.test(name) ? null : `${quote(name)} is no id of a conference: letters and digits are expected.`;
  if (kind === 'party') return isAddress(name) ? null : noAddress(name, 'a SIP address as sip:alice@contoso.com');
  const id = conferenceId(name);
  if (!id || !BARE_ID.test(slice(name, id)) || id.to < name.length || !isAddress(addressIn(name)))
    return noAddress(name, `the URI of a conference as ${before}`);
  return between(name).toLowerCase() === between(before).toLowerCase()
    ? null
    : `${between(before)} must stay between the organizer's address and the id of the conference.`;
}

function isAddress(name: string): boolean {
  return SIP_ADDRESS.test(name) || TEL_ADDRESS.test(name);
}

function noAddress(name: string, expected: string): string {
  return `${quote(name)} cannot be the name: ${expected} is expected, with other characters written as %XX.`;
}

function addressIn(uri: string): string {
  return uri.slice(0, parseUri(uri, span(0, uri.length)).host.to);
}

function between(uri: string): string {
  return uri.slice(addressIn(uri).length, conferenceId(uri)!.from);
}
