import type { Span } from '../base/text.ts';
import type { HeaderField, SipMessage } from './message.ts';
import { eachOutside } from './outside.ts';
import { headerFacts } from './registry.ts';
import { type Param, parseParams, splitList } from './values.ts';

/** Values whose form nobody fixed, or that are prose: nothing can be said of their quotes, semicolons and letters. */
const FREE = new Set(['opaque', 'text', 'product-list', 'none']);
/** Grammars of one or several `"Display" <uri>;params`. */
export const ADDRESSES: ReadonlySet<string> = new Set(['name-addr', 'name-addr-list', 'contact-list-or-star']);
/** Values that may hold a double quote as an ordinary character (RFC 3261 §25.1, `word`). */
const WORDS = new Set(['call-id', 'call-id-list', 'callid-tags']);
/** Values whose parameters are parted by commas. */
const COMMA_PARAMS = new Set(['auth-challenge', 'auth-credentials', 'auth-info', 'auth-info-ms']);

/** The grammar of a header's value, as the registry names it; `opaque` for a header it does not know. */
export function grammarOf(field: HeaderField): string {
  return headerFacts(field.id)?.grammar ?? 'opaque';
}

/** Whether a specification fixes the form of the value, so that a stray quote or semicolon in it is a fault. */
export function isStructured(field: HeaderField): boolean {
  return !FREE.has(grammarOf(field));
}

/** Whether double quotes in the value have to come in pairs. */
export function hasQuotedStrings(field: HeaderField): boolean {
  return isStructured(field) && !WORDS.has(grammarOf(field));
}

/** Whether the value is one or several addresses with an optional display name. */
export function holdsAddresses(field: HeaderField): boolean {
  return ADDRESSES.has(grammarOf(field));
}

/** Whether URIs stand in `<>` in the value. */
export function holdsBrackets(field: HeaderField): boolean {
  return holdsAddresses(field) || grammarOf(field) === 'uri-info-list';
}

/** Whether the value may carry `;name=value` parameters of its own. */
export function holdsParams(field: HeaderField): boolean {
  return isStructured(field) && !COMMA_PARAMS.has(grammarOf(field));
}

/** The values of a header: the parts of its comma list, or the whole where it takes one value only. */
export function valuesOf(message: SipMessage, field: HeaderField): Span[] {
  if (field.value.from === field.value.to) return [];
  return headerFacts(field.id)?.cardinality === 'list' ? splitList(message.text, field.value) : [field.value];
}

/** The parameters of one value of a header, those inside `<>` not counted. */
export function paramsOf(text: string, value: Span): Param[] {
  let from = value.to;
  eachOutside(text, value, (at, code) => {
    if (code === 59) from = Math.min(from, at);
  });
  return parseParams(text, from, value.to);
}

/** Headers of the registry that the message carries: enough of them tell SIP from other text. */
export function knownHeaders(message: SipMessage): number {
  return new Set(message.headers.filter((field) => headerFacts(field.id)).map((field) => field.id)).size;
}
