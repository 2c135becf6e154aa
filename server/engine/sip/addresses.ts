import { memo } from '../base/memo.ts';
import { slice } from '../base/text.ts';
import { holdsAddresses, valuesOf } from './grammar.ts';
import type { HeaderField, SipMessage } from './message.ts';
import { type NameAddr, parseNameAddr, parseUri, type SipUri } from './values.ts';

/** An address and the header that holds it. */
export interface HeaderAddress {
  readonly field: HeaderField;
  readonly address: NameAddr;
}

/** The addresses of each row that has any, in order. */
const byField: (message: SipMessage) => ReadonlyMap<HeaderField, readonly HeaderAddress[]> = memo(
  (message) =>
    new Map(message.headers.filter(holdsAddresses).map((field) => [field, readAddresses(message, field)] as const)),
);

/** A URI of a message, and the header that holds it; null for the Request-URI. */
export interface MessageUri {
  readonly field: HeaderField | null;
  readonly uri: SipUri;
}

/** Headers of a response whose URIs are as they were in its request (RFC 3261 §8.2.6.2). */
const REPEATED = ['from', 'to'];

/** All addresses of the headers that hold addresses (From, Route, P-Asserted-Identity, …), in order. */
export const addressesOf: (message: SipMessage) => readonly HeaderAddress[] = memo((message) =>
  [...byField(message).values()].flat(),
);

/** The addresses in one row; none where the header holds no addresses. */
export function addressesIn(message: SipMessage, field: HeaderField): readonly HeaderAddress[] {
  return byField(message).get(field) ?? [];
}

function readAddresses(message: SipMessage, field: HeaderField): HeaderAddress[] {
  return valuesOf(message, field).map((value) => ({ field, address: parseNameAddr(message.text, value) }));
}

/** The URIs of a message whose ends are sure, taken apart: an open `<` and a Request-URI with blanks or brackets are other faults. */
export const soundUris: (message: SipMessage) => readonly MessageUri[] = memo((message) => {
  const { text } = message;
  const isClosed = ({ uri, bracketed }: NameAddr) => !bracketed || /^\s*>/.test(text.slice(uri.to, uri.to + 20));
  const uris = addressesOf(message)
    .filter(({ address }) => isClosed(address))
    .map(({ field, address }) => ({ field, uri: parseUri(text, address.uri) }));
  const isPlain = message.kind === 'request' && !/[\s"<>]/.test(slice(text, message.at.uri));
  return isPlain ? [{ field: null, uri: parseUri(text, message.at.uri) }, ...uris] : uris;
});

/** `soundUris` without those that a response repeats of a request which was judged itself. */
export function newUris(message: SipMessage, { answers }: { readonly answers: boolean }): readonly MessageUri[] {
  const uris = soundUris(message);
  return answers ? uris.filter(({ field }) => !field || !REPEATED.includes(field.id)) : uris;
}

/** The sip and sips URIs of `newUris`: those whose parts have a meaning that is known. */
export function newSipUris(message: SipMessage, context: { readonly answers: boolean }): readonly MessageUri[] {
  return newUris(message, context).filter(({ uri }) => uri.scheme === 'sip' || uri.scheme === 'sips');
}
