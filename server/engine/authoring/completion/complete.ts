import { type Span, slice } from '../../base/text.ts';
import { contentType } from '../../sip/message.ts';
import { methodFacts } from '../../sip/registry.ts';
import { parseXml } from '../../xml/xml.ts';
import { type Completion, messageAt, type Source, type XmlPlace, xmlAt } from '../source.ts';
import { attributes } from './attributes.ts';
import { closing } from './closing.ts';
import { elements } from './elements.ts';
import { headerNames } from './headerNames.ts';
import { headerValues } from './headerValues.ts';
import { identifiers } from './identifiers.ts';
import { namespaces } from './namespaces.ts';
import type { SipAsk, SipCompleter, XmlCompleter } from './offer.ts';
import { parameters } from './parameters.ts';
import { sipCursor, startCursor } from './sipCursor.ts';
import { startLines } from './startLines.ts';
import { uris } from './uris.ts';
import { values } from './values.ts';
import { isOurs } from './vocabulary.ts';
import { xmlCursor } from './xmlCursor.ts';

/** What may be written at a place. */
export interface Completions {
  readonly items: readonly Completion[];
  /** There is more, and another letter brings other items. */
  readonly incomplete: boolean;
}

/** Everything that is offered in XML. A new kind is a file in this folder and a line here. */
const XML_COMPLETERS: readonly XmlCompleter[] = [closing, elements, attributes, values, identifiers, namespaces];

/** Everything that is offered in the head of a message. */
const SIP_COMPLETERS: readonly SipCompleter[] = [startLines, headerNames, headerValues, parameters, uris];

/**
 * What may be written at an offset of a document so that its checks accept it. Works on a document that is broken there. Nothing
 * where the text is not as it was sent, so that it cannot be edited, and in XML of other vocabularies.
 */
export function complete(source: Source, offset: number): Completions {
  const xml = xmlPlace(source, offset);
  const items = xml ? (xml.editable ? inXml(source, xml) : []) : inSip(source, offset);
  return limited(source, offset, items);
}

/** Whether what may be written at an offset is told by schemas, so that they must be loaded first. */
export function asksSchemas(source: Source, offset: number): boolean {
  return xmlPlace(source, offset) !== null;
}

function inXml(source: Source, place: XmlPlace): Completion[] {
  const { document } = place;
  const cursor = isOurs(source, place) ? xmlCursor(document, place.offset) : null;
  return cursor ? XML_COMPLETERS.flatMap((completer) => completer({ source, place, cursor })) : [];
}

function inSip(source: Source, offset: number): Completion[] {
  const ask = sipAsk(source, offset);
  return ask ? SIP_COMPLETERS.flatMap((completer) => completer(ask)) : [];
}

function sipAsk(source: Source, offset: number): SipAsk | null {
  if (source.kind === 'xml') return null;
  const place = messageAt(source, offset);
  if (!place) return beginningAt(source, offset);
  const { message, index, toSource } = place;
  const cursor = place.editable ? sipCursor(message, place.offset) : null;
  return cursor && { source, text: message.text, message, index, cursor, toSource };
}

/** A line outside of the messages that is empty, or may become the start line of one. */
function beginningAt(source: Source, offset: number): SipAsk | null {
  const { text, reading } = source;
  const line = lineAt(text, offset);
  const cursor = line && isBeginning(slice(text, line)) ? startCursor(text, line, offset) : null;
  const index = reading.trace.indexAt(offset);
  return cursor && { source, text, message: null, index, cursor, toSource: (span) => span };
}

/** A longer line is no beginning. */
const LONGEST_LINE = 1000;

function lineAt(text: string, offset: number): Span | null {
  const isBreak = (at: number) => text[at] === '\n' || text[at] === '\r';
  let from = offset;
  while (from > 0 && !isBreak(from - 1) && offset - from <= LONGEST_LINE) from--;
  let to = offset;
  while (to < text.length && !isBreak(to) && to - offset <= LONGEST_LINE) to++;
  return to - from > LONGEST_LINE ? null : { from, to };
}

function isBeginning(line: string): boolean {
  const [first = '', ...more] = line.trim().split(/\s+/);
  if (more.length === 0) return /^(?:[a-z]*|sip\/[\d.]*)$/i.test(first);
  return methodFacts(first) !== undefined || /^SIP\/2\.0$/i.test(first) || /^sips?:/i.test(more[0]!);
}

/** The XML document at an offset; one that is still empty, where the message's Content-Type announces it. */
function xmlPlace(source: Source, offset: number): XmlPlace | null {
  const found = xmlAt(source, offset);
  if (found) return found;
  const within = messageAt(source, offset);
  if (!within?.message.blankLine || within.offset < within.message.body.from) return null;
  if (!/[+/]xml$/.test(contentType(within.message))) return null;
  const { text, body } = within.message;
  if (slice(text, body).trim() !== '') return null;
  return { ...within, within, document: parseXml(text, body.from, body.to) };
}

/** More items than these are of no use to anybody. */
const MOST = 300;

function limited(source: Source, offset: number, items: readonly Completion[]): Completions {
  if (items.length <= MOST) return { items, incomplete: false };
  const wanted = items.filter(({ replace, filter, label }) => {
    const typed = source.text.slice(replace.from, offset).toLowerCase();
    return (filter ?? label).toLowerCase().includes(typed);
  });
  const key = ({ sort, label }: Completion) => sort ?? label;
  const first = wanted.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).slice(0, MOST);
  return { items: first, incomplete: true };
}
