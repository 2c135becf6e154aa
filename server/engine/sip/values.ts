import { memo } from '../base/memo.ts';
import { isBlank, type Span, search, slice, trimmed } from '../base/text.ts';
import { header, headers, type SipMessage } from './message.ts';
import { closingQuote, eachOutside } from './outside.ts';
import { withheldIn } from './withheld.ts';

/** A parameter `;name=value`; `value` is as written, quotes included, and null for a flag. */
export interface Param extends Span {
  /** In lower case. */
  readonly name: string;
  readonly value: Span | null;
}

/** `"Display" <uri>;params` or a bare `uri;params` (RFC 3261 §20.10, §25.1). */
export interface NameAddr extends Span {
  readonly display: Span | null;
  readonly uri: Span;
  readonly bracketed: boolean;
  readonly params: readonly Param[];
}

/** A URI taken apart (RFC 3261 §19.1.1). Schemes other than sip and sips have their whole rest as `host`. */
export interface SipUri extends Span {
  readonly scheme: string;
  readonly user: Span | null;
  readonly password: Span | null;
  readonly host: Span;
  readonly port: Span | null;
  readonly params: readonly Param[];
  readonly headers: Span | null;
}

/** One Via value (RFC 3261 §20.42). `transport` is upper case; '' where the value cannot be read as a Via. */
export interface Via extends Span {
  readonly transport: string;
  readonly host: Span;
  readonly port: Span | null;
  readonly params: readonly Param[];
}

export interface CSeq {
  readonly number: number;
  readonly method: string;
  readonly at: { readonly number: Span; readonly method: Span };
}

/** Parts of a comma list, commas inside quotes, `<>` and comments not counted; empty parts are left out. */
export function splitList(text: string, list: Span): Span[] {
  return splitAt(text, list, 44);
}

function splitAt(text: string, whole: Span, separator: number): Span[] {
  const parts: Span[] = [];
  let start = whole.from;
  const push = (end: number) => {
    const part = trimmed(text, start, end);
    if (part.to > part.from) parts.push(part);
    start = end + 1;
  };
  // Most have nothing that could hide a separator.
  for (let at = whole.from; at < whole.to; at++) {
    const code = text.charCodeAt(at);
    if (code === separator) push(at);
    else if (code === 60 || code === 34 || code === 40) {
      eachOutside(text, { from: at, to: whole.to }, (place, sign) => {
        if (sign === separator) push(place);
      });
      break;
    }
  }
  push(whole.to);
  return parts;
}

/** Reads `;a=b;c` from `from`, which is at or before the first semicolon. Empty parameters are left out. */
export function parseParams(text: string, from: number, to: number): Param[] {
  return splitAt(text, { from, to }, 59).map((part) => readParam(text, part));
}

function readParam(text: string, part: Span): Param {
  const equals = search(text, 61, part.from, part.to);
  const { from, to } = part;
  if (equals === to) return { from, to, name: slice(text, part).toLowerCase(), value: null };
  const name = trimmed(text, from, equals);
  return { from, to, name: slice(text, name).toLowerCase(), value: trimmed(text, equals + 1, to) };
}

/** The parameter of that lower-case name. */
export function param(params: readonly Param[], name: string): Param | undefined {
  return params.find((entry) => entry.name === name);
}

/** A parameter's value without quotes; '' for a flag; undefined where it is absent. */
export function paramValue(text: string, params: readonly Param[], name: string): string | undefined {
  const found = param(params, name);
  if (!found) return undefined;
  return found.value ? unquote(slice(text, found.value)) : '';
}

/** A quoted string's content, escapes undone; anything else as it is. */
export function unquote(value: string): string {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1).replace(/\\(.)/gs, '$1')
    : value;
}

/** Reads one name-addr or addr-spec with its parameters. Never fails: without brackets all up to the first `;` is the URI. */
export function parseNameAddr(text: string, value: Span): NameAddr {
  const open = openBracket(text, value);
  if (open === value.to) return bareAddress(text, value);
  const close = closingBracket(text, open, value.to);
  const name = trimmed(text, value.from, open);
  return {
    from: value.from,
    to: value.to,
    display: name.to > name.from ? name : null,
    uri: trimmed(text, open + 1, close),
    bracketed: true,
    params: parseParams(text, Math.min(close + 1, value.to), value.to),
  };
}

/** The `>` for an opening bracket, or `to`; between the two, words in brackets may stand for what was taken out. */
function closingBracket(text: string, open: number, to: number): number {
  let close = search(text, 62, open, to);
  for (let inner = search(text, 60, open + 1, close); inner < close && close < to; ) {
    if (!withheldIn(text, { from: inner, to: close + 1 })) return close;
    const next = search(text, 62, close + 1, to);
    inner = search(text, 60, close + 1, next);
    close = next;
  }
  return close;
}

/** The first `<` outside quotes, or `value.to`; a quote that is never closed hides nothing. */
function openBracket(text: string, value: Span): number {
  let mayQuote = true;
  for (let at = value.from; at < value.to; at++) {
    const code = text.charCodeAt(at);
    if (code === 60) return at;
    const end = code === 34 && mayQuote ? closingQuote(text, at, value.to) : 0;
    if (end < 0) mayQuote = false;
    if (end > 0) at = end - 1;
  }
  return value.to;
}

/** What stands before the scheme of a URI without brackets is a display name all the same. */
const BARE = /^(?:"(?:[^"\\]|\\.)*"\s*|[^"<>:]*\s)(?=(?:sips?|tel):)/i;

function bareAddress(text: string, value: Span): NameAddr {
  const quoted = text.charCodeAt(value.from) === 34 ? closingQuote(text, value.from, value.to) : -1;
  const end = search(text, 59, Math.max(value.from, quoted), value.to);
  const name = BARE.exec(text.slice(value.from, end))?.[0].length ?? 0;
  return {
    from: value.from,
    to: value.to,
    display: name > 0 ? trimmed(text, value.from, value.from + name) : null,
    uri: trimmed(text, value.from + name, end),
    bracketed: false,
    params: parseParams(text, end, value.to),
  };
}

/** Takes a URI apart. Never fails: what is missing is null or an empty span. */
export function parseUri(text: string, uri: Span): SipUri {
  const scheme = schemeOf(text, uri);
  const start = scheme ? search(text, 58, uri.from, uri.to) + 1 : uri.from;
  if (scheme !== 'sip' && scheme !== 'sips') return otherUri(text, uri, scheme, start);
  const userEnd = search(text, 64, start, uri.to);
  const hasUser = userEnd < uri.to;
  const colon = hasUser ? search(text, 58, start, userEnd) : userEnd;
  const question = search(text, 63, hasUser ? userEnd : start, uri.to);
  const hostFrom = hasUser ? userEnd + 1 : start;
  const paramsFrom = search(text, 59, hostFrom, question);
  const { host, port } = hostPort(text, hostFrom, paramsFrom);
  return {
    from: uri.from,
    to: uri.to,
    scheme,
    user: hasUser ? { from: start, to: colon } : null,
    password: colon < userEnd ? { from: colon + 1, to: userEnd } : null,
    host,
    port,
    params: parseParams(text, paramsFrom, question),
    headers: question < uri.to ? { from: question + 1, to: uri.to } : null,
  };
}

/** The scheme in lower case, or '' where there is none. */
function schemeOf(text: string, uri: Span): string {
  const colon = search(text, 58, uri.from, uri.to);
  const scheme = colon < uri.to ? text.slice(uri.from, colon).trim().toLowerCase() : '';
  return /^[a-z][a-z0-9+.-]*$/.test(scheme) ? scheme : '';
}

function otherUri(text: string, { from, to }: Span, scheme: string, start: number): SipUri {
  const end = search(text, 59, start, to);
  const host = { from: start, to: end };
  const params = parseParams(text, end, to);
  return { from, to, scheme, user: null, password: null, host, port: null, params, headers: null };
}

function hostPort(text: string, from: number, to: number): Pick<SipUri, 'host' | 'port'> {
  const afterBrackets = text.charCodeAt(from) === 91 ? search(text, 93, from, to) : from;
  const colon = search(text, 58, afterBrackets, to);
  return { host: trimmed(text, from, colon), port: colon < to ? trimmed(text, colon + 1, to) : null };
}

/** Reads one Via value; blanks around the slashes are legal (RFC 4475 §3.1.1.1). */
export function parseVia(text: string, value: Span): Via {
  const { transport, from } = protocolOf(text, value);
  const end = search(text, 59, from, value.to);
  const { host, port } = hostPort(text, from, end);
  return {
    from: value.from,
    to: value.to,
    transport,
    host,
    port,
    params: parseParams(text, end, value.to),
  };
}

/** The transport of a Via value in upper case, '' where it cannot be read as one; and where the host begins. */
function protocolOf(text: string, value: Span): { transport: string; from: number } {
  const usual = usualProtocol(text, value);
  if (usual) return usual;
  const found = /^SIP\s*\/\s*[\d.]+\s*\/\s*([^\s;,]+)\s+/i.exec(slice(text, value));
  return { transport: found ? found[1]!.toUpperCase() : '', from: value.from + (found ? found[0].length : 0) };
}

/** The same of `SIP/2.0/UDP` with one blank behind it, as nearly all write it; null for any other. */
function usualProtocol(text: string, value: Span): { transport: string; from: number } | null {
  if (!text.startsWith('SIP/2.0/', value.from)) return null;
  const from = value.from + 8;
  let at = from;
  while (at < value.to && isLetter(text.charCodeAt(at))) at++;
  const next = text.charCodeAt(at + 1);
  if (at === from || at + 1 >= value.to || text.charCodeAt(at) !== 32 || next <= 32 || next > 126) return null;
  return { transport: text.slice(from, at).toUpperCase(), from: at + 1 };
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** All values of a header that takes a comma list, over all its rows, in order. */
export function listValues(message: SipMessage, id: string): Span[] {
  return headers(message, id).flatMap((row) => splitList(message.text, row.value));
}

/** Whether a list of option tags such as Supported or Require holds that lower-case tag. */
export function hasOption(message: SipMessage, id: string, tag: string): boolean {
  return listValues(message, id).some((value) => slice(message.text, value).toLowerCase() === tag);
}

/** All Via values of a message, top first. */
export const vias: (message: SipMessage) => readonly Via[] = memo((message) =>
  listValues(message, 'via').map((value) => parseVia(message.text, value)),
);

/** The CSeq, or null where the header is absent or malformed (RFC 3261 §20.16). */
export const parseCSeq: (message: SipMessage) => CSeq | null = memo((message) => {
  const field = header(message, 'cseq');
  const found = field && /^(\d+)(\s+)(\S+)$/.exec(slice(message.text, field.value));
  if (!field || !found) return null;
  const method = field.value.from + found[1]!.length + found[2]!.length;
  return {
    number: Number(found[1]),
    method: found[3]!,
    at: {
      number: { from: field.value.from, to: field.value.from + found[1]!.length },
      method: { from: method, to: field.value.to },
    },
  };
});

/** The address of a header such as From, To, Contact or Refer-To (its first value), or null. */
export function address(message: SipMessage, id: string): NameAddr | null {
  const known = addresses(message);
  let found = known.get(id);
  if (found === undefined) {
    const field = header(message, id);
    found = field ? parseNameAddr(message.text, field.value) : null;
    known.set(id, found);
  }
  return found;
}

/** The addresses of a message that were asked for before, by header. */
const addresses = memo((_message: SipMessage) => new Map<string, NameAddr | null>());

/** The `tag` parameter of From or To, or undefined. */
export function tagOf(message: SipMessage, id: 'from' | 'to'): string | undefined {
  const found = address(message, id);
  return found ? paramValue(message.text, found.params, 'tag') : undefined;
}

/** The method a message is about: its own, or for a response its CSeq's. */
export function methodOf(message: SipMessage): string {
  return message.kind === 'request' ? message.method : (parseCSeq(message)?.method ?? '');
}

/**
 * What tells participants apart in a URI: `scheme:user@host` in lower case but for the user, with the opaque parameter. It is asked for
 * every new URI of a trace, so it takes no object apart.
 */
export function identity(uri: string): string {
  const text = uri.trim();
  const colon = text.indexOf(':');
  const scheme = text.slice(0, colon + 1).toLowerCase();
  const secure = scheme === 'sips:' || scheme === 'sip:';
  const at = secure ? text.indexOf('@', colon) : -1;
  const user = at < 0 ? '' : `${text.slice(colon + 1, at).split(':', 1)[0]}@`;
  const host = text.slice((at < 0 ? colon : at) + 1, hostEnd(text, (at < 0 ? colon : at) + 1)).toLowerCase();
  const opaque = opaqueOf(text, at < 0 ? colon : at);
  return `${secure ? 'sip:' : scheme}${user}${host}${opaque && `;opaque=${opaque}`}`;
}

function hostEnd(text: string, from: number): number {
  const bracket = text.charCodeAt(from) === 91 ? text.indexOf(']', from) : -1;
  for (let at = Math.max(from, bracket); at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 58 || code === 59 || code === 63) return at;
  }
  return text.length;
}

/** The opaque parameter in lower case, '' if there is none. */
function opaqueOf(text: string, from: number): string {
  const at = text.indexOf(';opaque=', from);
  if (at < 0) return /;opaque=([^;]*)/i.exec(text.slice(from))?.[1]?.toLowerCase() ?? '';
  const end = text.indexOf(';', at + 1);
  return text.slice(at + 8, end < 0 ? text.length : end).toLowerCase();
}

/** Whether two URIs name the same party: address of record and opaque compared, other parameters and order ignored. */
export function sameParty(a: string, b: string): boolean {
  return a === b || identity(a) === identity(b);
}

/** An authentication header's scheme and parameters (RFC 3261 §20.7, §20.44; MS-SIPAE §2.2). */
export function parseAuthentication(text: string, value: Span): { scheme: string; params: Param[] } {
  const scheme = authenticationScheme(text, value);
  const rest = { from: value.from + scheme.length, to: value.to };
  return { scheme, params: splitList(text, rest).map((part) => readParam(text, part)) };
}

/** The scheme alone, as it is written; '' where the value begins with a parameter. */
export function authenticationScheme(text: string, value: Span): string {
  let at = value.from;
  while (at < value.to && !isBlank(text.charCodeAt(at))) at++;
  const word = text.slice(value.from, at);
  return word.includes('=') ? '' : word;
}
