import { type Span, span, trimmed } from '../base/text.ts';
import { addressesIn } from '../sip/addresses.ts';
import { paramsOf, valuesOf } from '../sip/grammar.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { parseUri } from '../sip/values.ts';
import { isPartyUri, unquotedSpan } from './identifiers.ts';
import { type MessagePlace, messageAt, type Source, type XmlPlace, xmlAt } from './source.ts';
import { elementAt } from './tags.ts';

/** Elements may be nested deeper than anybody presses a key: then the innermost are kept, and the outermost. */
const MOST_STEPS = 100;
const OUTER = 4;

/**
 * What may be selected around an offset, each step inside the next: a word, the value it is in, a parameter or an attribute, a header or
 * an element and those around it, the body, the message, the document.
 */
export function selectionAt(source: Source, offset: number): Span[] {
  const xml = xmlAt(source, offset);
  const message = xml ? xml.within : messageAt(source, offset);
  const text = xml?.document.text ?? message?.message.text ?? source.text;
  const place = xml ?? message;
  const inside = [
    ...words(text, place?.offset ?? offset),
    ...(xml ? inDocument(xml) : []),
    ...(message ? inMessage(message) : []),
  ];
  const around = message ? [source.reading.trace.span(message.index)] : [];
  const spans = inside.map((one) => (place ? place.toSource(one) : one));
  const chain = nested([...spans, ...around, span(0, source.text.length)], offset);
  return chain.length <= MOST_STEPS ? chain : [...chain.slice(0, MOST_STEPS - OUTER), ...chain.slice(-OUTER)];
}

/** The spans that hold the offset, from the smallest on, as far as each lies in the next. */
function nested(spans: readonly Span[], offset: number): Span[] {
  const holding = spans.filter(({ from, to }) => from <= offset && offset <= to && from < to);
  const chain: Span[] = [];
  for (const { from, to } of holding.sort((a, b) => a.to - a.from - (b.to - b.from))) {
    const last = chain.at(-1);
    if (!last || (from <= last.from && last.to <= to && to - from > last.to - last.from)) chain.push({ from, to });
  }
  return chain;
}

/** A word, and the same with what joins words in names and numbers. */
function words(text: string, offset: number): Span[] {
  return [/\w/, /[\w.+%~-]/].map((letter) => run(text, offset, letter));
}

function run(text: string, offset: number, letter: RegExp): Span {
  let from = offset;
  let to = offset;
  while (from > 0 && letter.test(text[from - 1]!)) from--;
  while (to < text.length && letter.test(text[to]!)) to++;
  return { from, to };
}

function inDocument(place: XmlPlace): Span[] {
  const { text } = place.document;
  const spans: Span[] = [trimmed(text, place.document.from, place.document.to)];
  for (let element = elementAt(place); element; element = element.parent) {
    const { openTag, closeTag, nameAt } = element;
    const name = closeTag ? span(closeTag.from + 2, closeTag.from + 2 + element.name.length) : nameAt;
    spans.push(span(element.from, element.to), openTag, nameAt, name);
    if (closeTag) spans.push(closeTag, span(openTag.to, closeTag.from), trimmed(text, openTag.to, closeTag.from));
    const one = element.attributes.find(({ from, to }) => from <= place.offset && place.offset <= to);
    if (one) spans.push(span(one.from, one.to), one.nameAt, one.value, ...inUri(text, one.value));
    for (const one of element.texts)
      spans.push(one, trimmed(text, one.from, one.to), ...inUri(text, trimmed(text, one.from, one.to)));
  }
  return spans;
}

function inMessage({ message, offset }: MessagePlace): Span[] {
  const { text, headers, startLine, body } = message;
  const spans: Span[] = [startLine, ...startLineParts(message), trimmed(text, body.from, body.to)];
  if (headers.length > 0) spans.push(span(headers[0]!.from, headers.at(-1)!.to));
  const field = headers.find(({ from, to }) => from <= offset && offset <= to);
  return field ? [...spans, ...inHeader(message, field)] : spans;
}

function startLineParts(message: SipMessage): Span[] {
  if (message.kind === 'unknown') return [];
  if (message.kind === 'response') return [message.at.version, message.at.status, message.at.reason];
  return [message.at.method, message.at.version, message.at.uri, ...inUri(message.text, message.at.uri)];
}

function inHeader(message: SipMessage, field: HeaderField): Span[] {
  const { text } = message;
  const addresses = addressesIn(message, field).map(({ address }) => address);
  const values = valuesOf(message, field);
  const params =
    addresses.length > 0 ? addresses.flatMap((one) => one.params) : values.flatMap((one) => paramsOf(text, one));
  return [
    field,
    field.name,
    field.value,
    ...values,
    ...addresses.flatMap(({ uri, display }) => [
      uri,
      ...inUri(text, uri),
      ...(display ? [display, unquotedSpan(text, display)] : []),
    ]),
    ...params.flatMap((one) => (one.value ? [one, one.value, unquotedSpan(text, one.value)] : [one])),
  ];
}

/** The user, the host, both together, the parameters of a URI and their values. */
function inUri(text: string, uri: Span): Span[] {
  if (!isPartyUri(text.slice(uri.from, Math.min(uri.to, uri.from + 2000)))) return [];
  const { user, host, port, params } = parseUri(text, uri);
  const address = span(uri.from, port?.to ?? host.to);
  return [
    host,
    address,
    ...(user ? [user, span(user.from, host.to)] : []),
    ...params.flatMap((one) => (one.value ? [one, one.value] : [one])),
  ];
}
