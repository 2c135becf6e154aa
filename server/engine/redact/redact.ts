import { type Span, slice } from '../base/text.ts';
import { headerName } from '../sip/message.ts';
import type { TextTrace } from '../trace/text.ts';
import { parseXml, walk, type XmlDocument } from '../xml/xml.ts';
import { IPV4, IPV6, otherIpv4, otherIpv6 } from './addresses.ts';
import type { QuietSpan } from './bodyPlaces.ts';
import { type Cipher, cipherOf } from './cipher.ts';
import { asPlainTrace, isInDigits } from './digits.ts';
import { privatePlaces } from './places.ts';
import { uriPlaces } from './uriPlaces.ts';
import { COMMON_WORDS, GENERAL_WORDS } from './words.ts';
import { xmlPlaces } from './xmlPlaces.ts';

/** A word; references and escapes, which are none, take their characters first. */
const WORD = /&#?\w{1,8};|%[\da-f]{2}|[\p{L}\p{N}\p{M}]+/giu;
const URI = /\b(?:sips?|tel|im|pres|mailto|xmpp|h323):[^\s<>"'`,{}|\\^]+/gi;
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z][\w-]{0,62}(?:\.[\w-]{1,63})*|(?:\d{1,3}\.){3}\d{1,3})/gi;
const GUID = /(?<![\da-z])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-z])/gi;
const CERTIFICATE = /-----BEGIN [A-Z0-9 ]{1,40}-----([\w+/=\s\\]+)-----END/g;
/** The address of a network card; a token with its three parts (RFC 7519 §3); octets in Base64, if they are many. */
const CARD = /(?<![\da-f:.-])(?:[\da-f]{2}([:-]))(?:[\da-f]{2}\1){4}[\da-f]{2}(?![\da-f:.-])/gi;
const TOKEN = { beginning: /\beyJ[\w-]{8}/g, more: /[\w.-]{1,1000}/y };
const THREE_PARTS = /^[^.]+\.[^.]{4}[^.]*\./;
const BASE64 = { beginning: /(?<![\w+/=.-])[A-Za-z\d+/]{48}/g, more: /[A-Za-z\d+/]{1,1000}={0,2}/y };
/** Every branch since RFC 3261 begins so (§8.1.1.7). */
const COOKIE = /^z9hG4bK/i;
/** Headers whose values are words of the protocol: these are left alone outside of private places, also where somebody bears them as a name. */
const PROTOCOL = new Set(
  (
    'content-type content-disposition content-encoding accept accept-encoding allow supported require proxy-require unsupported event allow-events ' +
    'subscription-state session-expires cseq'
  ).split(' '),
);
/** A shorter word, or number, found in a private place is not looked for elsewhere: it means too many other things. */
const TELLING = 4;
const TELLING_NUMBER = 6;

/**
 * The same text, in which everything that tells who somebody is, or lets somebody in, is replaced: users, display names, numbers, hosts, addresses, tags, branches, Call-IDs,
 * GUIDs, credentials, certificates. Each replacement is as long as what it stands for, so that lengths and line breaks stay right, and depends on the key alone: what was equal in
 * this or another text stays equal. What is found in messages is replaced in what a log says around them too. Of messages that stand in digits it gives the plain trace.
 */
export function redactText(found: TextTrace, key: string): string {
  const trace = isInDigits(found) ? asPlainTrace(found) : found;
  const work = new Redaction(trace.text, key);
  for (let index = 0; index < trace.count; index++) {
    const message = trace.message(index);
    const view = trace.view(index);
    const home = trace.isTorn(index) || trace.isFlattened(index) ? view.toSource : null;
    for (const field of message.headers) {
      work.common(headerName(message, field));
      if (PROTOCOL.has(field.id)) work.common(slice(message.text, field.value));
    }
    for (const place of privatePlaces(message)) work.place(view.text, place, home);
  }
  if (trace.count === 0) documentPlaces(trace.text, work);
  work.everywhere();
  return work.text();
}

/** A document of XML by itself. */
function documentPlaces(text: string, work: Redaction): void {
  if (!/^\s*</.test(text)) return;
  const document: XmlDocument = parseXml(text);
  const places: Span[] = [];
  xmlPlaces(document, places);
  for (const element of walk(document)) work.common(element.local);
  for (const place of places) work.place(text, place, null);
}

/** What has become of a text so far. */
class Redaction {
  private readonly source: string;
  private readonly units: Uint16Array;
  /** What has been replaced, or is to stay. */
  private readonly done: Uint8Array;
  private readonly key: string;
  private readonly cipher: Cipher;
  /** Private words that are looked for everywhere, in lower case; and those that are not, since they are names of the protocol here. */
  private readonly telling = new Set<string>();
  private readonly ordinary = new Set<string>();

  constructor(source: string, key: string) {
    this.source = source;
    this.key = key;
    this.cipher = cipherOf(key);
    this.done = new Uint8Array(source.length);
    this.units = new Uint16Array(source.length);
    for (let at = 0; at < source.length; at++) this.units[at] = source.charCodeAt(at);
  }

  /** The words of a name of the protocol are left alone outside of private places. */
  common(name: string): void {
    for (const [word] of name.matchAll(WORD)) this.ordinary.add(word.toLowerCase());
  }

  /** Replaces what a place of a message's text says. @param home leads into the source where the message does not stand in it as it was sent */
  place(text: string, place: QuietSpan, home: ((span: Span) => Span) | null): void {
    const replace = (from: number, made: string) => {
      for (let at = 0; at < made.length; at++) {
        const here = { from: place.from + from + at, to: place.from + from + at + 1 };
        const { from: start, to } = home ? home(here) : here;
        // A character that is written otherwise in the source cannot be exchanged for another.
        if (to === start + 1 && this.source[start] === text[here.from]) this.put(start, made[at]!);
      }
    };
    this.parts(slice(text, place), replace, !place.quiet);
  }

  /** Replaces addresses, URIs, GUIDs and certificates wherever they stand, and the words that were found in messages. */
  everywhere(): void {
    const put = (at: number) => (from: number, made: string) => this.putAll(at + from, made);
    for (const found of this.source.matchAll(CERTIFICATE))
      this.parts(found[1]!, put(found.index + found[0].indexOf(found[1]!)));
    for (const { index, words } of runs(this.source, TOKEN)) if (THREE_PARTS.test(words)) this.parts(words, put(index));
    for (const form of [GUID, CARD])
      for (const found of this.source.matchAll(form)) this.parts(found[0], put(found.index));
    for (const { index, words } of runs(this.source, BASE64))
      if (/\d/.test(words) && /[a-z]/.test(words) && /[A-Z]/.test(words)) this.parts(words, put(index), false);
    for (const found of this.source.matchAll(URI)) {
      const places: Span[] = [];
      uriPlaces(found[0], { from: 0, to: found[0].length }, places);
      for (const place of places) this.parts(slice(found[0], place), put(found.index + place.from));
    }
    for (const found of this.source.matchAll(MAIL)) this.parts(found[0], put(found.index));
    for (const found of this.source.matchAll(IPV4)) this.putAll(found.index, otherIpv4(found[0], this.key));
    for (const found of this.source.matchAll(IPV6)) this.putAll(found.index, otherIpv6(found[0], this.cipher));
    for (const found of this.source.matchAll(WORD)) {
      const word = found[0].toLowerCase();
      if (!this.telling.has(word) || this.ordinary.has(word) || COMMON_WORDS.has(word)) continue;
      this.putAll(found.index, this.cipher(found[0]));
    }
  }

  text(): string {
    const parts: string[] = [];
    for (let at = 0; at < this.units.length; at += 8192)
      parts.push(String.fromCharCode(...this.units.subarray(at, at + 8192)));
    return parts.join('');
  }

  /** Tells what becomes of each address and each word of a private text, and remembers the words, unless they are no names. */
  private parts(text: string, tell: (from: number, made: string) => void, looksElsewhere = true): void {
    const addresses: Span[] = [];
    const address = (found: RegExpExecArray, made: string) => {
      addresses.push({ from: found.index, to: found.index + found[0].length });
      tell(found.index, made);
    };
    for (const found of text.matchAll(IPV4)) address(found, otherIpv4(found[0], this.key));
    for (const found of text.matchAll(IPV6)) address(found, otherIpv6(found[0], this.cipher));
    addresses.sort((one, other) => one.from - other.from);
    let next = 0;
    for (const found of text.matchAll(WORD)) {
      const [word] = found;
      const at = found.index;
      while (next < addresses.length && addresses[next]!.to <= at) next++;
      if (/^[&%]/.test(word) || (next < addresses.length && at >= addresses[next]!.from)) continue;
      const cookie = COOKIE.exec(word)?.[0].length ?? 0;
      const rest = word.slice(cookie);
      if (!rest || GENERAL_WORDS.has(rest.toLowerCase())) continue;
      if (looksElsewhere) this.remember(rest);
      tell(at + cookie, this.cipher(rest));
    }
  }

  private remember(word: string): void {
    const isTelling = /^\d+$/.test(word) ? word.length >= TELLING_NUMBER : word.length >= TELLING;
    if (isTelling) this.telling.add(word.toLowerCase());
  }

  private putAll(from: number, made: string): void {
    for (let at = 0; at < made.length; at++) this.put(from + at, made[at]!);
  }

  private put(at: number, char: string): void {
    if (this.done[at] === 1) return;
    this.done[at] = 1;
    this.units[at] = char.charCodeAt(0);
  }
}

/** Runs of some characters, however long they are: one expression for a run of megabytes has not the stack for it. */
function* runs(text: string, { beginning, more }: { readonly beginning: RegExp; readonly more: RegExp }) {
  let end = 0;
  for (const { 0: begun, index } of text.matchAll(beginning)) {
    if (index < end) continue;
    end = index + begun.length;
    for (more.lastIndex = end; more.test(text); ) end = more.lastIndex;
    yield { index, words: text.slice(index, end) };
  }
}
