import { block } from '../base/markdown.ts';
import { type Span, slice, trimmed } from '../base/text.ts';
import { type Explanation, explain, inUri } from '../sip/explain.ts';
import { elementModel } from '../xml/model.ts';
import { attributeText } from '../xml/tree.ts';
import { XMLNS, type XmlAttribute, type XmlElement } from '../xml/xml.ts';
import { failureStory } from './failures.ts';
import { isPartyUri } from './identifiers.ts';
import { type MessagePlace, messageAt, type Source, type XmlPlace, xmlAt } from './source.ts';
import { elementAt } from './tags.ts';
import { attributeMeaning, attributeModel, elementMeaning, namespaceMeaning, valueMeaning } from './xmlMeanings.ts';

/** What stands at an offset of a trace or a document, and what it means, for a hover; null where nothing is known of it. */
export function explanationAt(source: Source, offset: number): Explanation | null {
  const xml = xmlAt(source, offset);
  if (xml) return inSource(xml, explainXml(xml), offset);
  const message = messageAt(source, offset);
  return message && inSource(message, explainMessage(source, message), offset);
}

function explainMessage(source: Source, place: MessagePlace): Explanation | null {
  const found = explain(place.message, place.offset);
  return found && { ...found, markdown: block([found.markdown, failureStory(source, place)]) };
}

/** The explanation at its place in the source. What stands between the lines of a message that was put back into lines is nothing of it. */
function inSource(
  { toSource }: Pick<MessagePlace, 'toSource'>,
  found: Explanation | null,
  offset: number,
): Explanation | null {
  const at = found && toSource(found.at);
  return at && at.from <= offset && offset <= at.to ? { ...found, at } : null;
}

function explainXml(place: XmlPlace): Explanation | null {
  const element = around(place);
  if (!element) return null;
  const { closeTag, name } = element;
  const end = closeTag && { from: closeTag.from + 2, to: closeTag.from + 2 + name.length };
  const at = [element.nameAt, end].find((one) => one && holds(one, place.offset));
  if (at) return inName(place, element, at, () => elementMeaning(place.document, element));
  const attribute = element.attributes.find((one) => holds(one, place.offset));
  if (attribute) return inAttribute(place, element, attribute);
  return inText(place, element);
}

/** The innermost element with the character at the offset. */
function around(place: XmlPlace): XmlElement | null {
  let element = elementAt(place);
  while (element && !holds(element, place.offset)) element = element.parent;
  return element;
}

/** A name means what its last part means; its prefix, what it stands for. */
function inName(
  { document, offset }: XmlPlace,
  { namespace }: { readonly namespace: string },
  at: Span,
  meaning: () => string | null,
): Explanation | null {
  const colon = slice(document.text, at).indexOf(':');
  const prefix = { from: at.from, to: at.from + Math.max(0, colon) };
  if (!holds(prefix, offset)) return said({ from: colon < 0 ? at.from : prefix.to + 1, to: at.to }, meaning());
  return namespace === '' ? null : said(prefix, namespaceMeaning(slice(document.text, prefix), namespace));
}

function inAttribute(place: XmlPlace, element: XmlElement, one: XmlAttribute): Explanation | null {
  const { document, offset } = place;
  if (one.namespace === XMLNS)
    return said(one, namespaceMeaning(one.name === 'xmlns' ? '' : one.local, attributeText(document, one)));
  const meaning = attributeMeaning(document, element, one);
  if (holds(one.nameAt, offset)) return inName(place, one, one.nameAt, () => meaning);
  if (!holds(one.value, offset)) return null;
  const model = attributeModel(element, one)?.value;
  const value = model && valueMeaning(attributeText(document, one).trim(), model, one.name);
  return said(one.value, block([value || meaning || '', uriMeaning(place, one.value)]));
}

/** A text that a schema lists, or that is a URI of which something can be told. */
function inText(place: XmlPlace, element: XmlElement): Explanation | null {
  const { text } = place.document;
  const run = element.texts.find((one) => holds(one, place.offset));
  const at = run && trimmed(text, run.from, run.to);
  if (!at || !holds(at, place.offset)) return null;
  const model = elementModel(element)?.text;
  return said(at, (model && valueMeaning(slice(text, at), model, element.name)) || uriMeaning(place, at));
}

/** What the URI of a user, a conference or a server stands for, or its parameter at the place. */
function uriMeaning({ document: { text }, offset }: XmlPlace, at: Span): string {
  return isPartyUri(slice(text, at)) ? (inUri(text, at, offset)?.markdown ?? '') : '';
}

function said(at: Span, markdown: string | null): Explanation | null {
  return markdown ? { at: { from: at.from, to: at.to }, markdown } : null;
}

function holds({ from, to }: Span, offset: number): boolean {
  return from <= offset && offset < to;
}
