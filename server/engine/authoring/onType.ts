import { isBlank, type Span, slice, smallestEdit } from '../base/text.ts';
import { isOurs } from '../document.ts';
import { besidesName, preserves } from '../xml/layout.ts';
import { elementModel } from '../xml/model.ts';
import { gaps, pieces } from '../xml/sound.ts';
import type { XmlDocument, XmlElement } from '../xml/xml.ts';
import { type Source, type TextEdit, type XmlPlace, xmlAt } from './source.ts';
import { elementAt } from './tags.ts';

/** What is typed that changes how a line is indented. */
export type Trigger = '>' | '\n';

/**
 * How the line is indented on which something was just typed in XML of ours: a new line by the element it lies in, one with an end tag
 * alone like the line of its start tag. No text is changed, no header, and nothing in a document that is broken there.
 * @param offset behind what was typed
 */
export function typed(source: Source, offset: number, trigger: Trigger, unit: string): TextEdit[] {
  const blanks = lineStart(source.text, offset);
  if (trigger === '>' && !source.text.startsWith('</', blanks.to)) return [];
  const place = xmlAt(source, offset);
  if (!place?.editable || blanks.from <= place.document.from || !isOurs(place.document)) return [];
  const wanted = trigger === '>' ? ofEndTag(place, blanks) : ofNewLine(place, blanks.to, unit);
  const edit = wanted === null ? null : smallestEdit(source.text, blanks, wanted);
  return edit ? [edit] : [];
}

/** The blanks at the beginning of an offset's line. */
function lineStart(text: string, offset: number): Span {
  let from = offset;
  while (from > 0 && !/[\r\n]/.test(text[from - 1]!)) from--;
  let to = from;
  while (to < text.length && isBlank(text.charCodeAt(to)) && !/[\r\n]/.test(text[to]!)) to++;
  return { from, to };
}

function indentOf(text: string, offset: number): string {
  return slice(text, lineStart(text, offset));
}

function ofEndTag({ document, offset }: XmlPlace, blanks: Span): string | null {
  const element = elementAt({ document, offset: offset - 1 });
  if (element?.closeTag?.from !== blanks.to || element.closeTag.to !== offset) return null;
  return element.from < blanks.from && isLaidOut(document, element) ? indentOf(document.text, element.from) : null;
}

function ofNewLine({ document, offset }: XmlPlace, at: number, unit: string): string | null {
  const { text } = document;
  const element = around(document, offset);
  if (!element) return null;
  const { openTag, closeTag, unfinished } = element;
  const indent = indentOf(text, element.from);
  if (offset < openTag.to || unfinished) {
    const isInName = offset <= element.nameAt.to;
    const isInAttribute = element.attributes.some((one) => one.from < offset && offset < one.to);
    return isInName || isInAttribute ? null : indent + besidesName(text, element, unit);
  }
  if ((closeTag && offset > closeTag.from) || !isLaidOut(document, element)) return null;
  const gap = gaps(element).find(({ from, to }) => from <= offset && offset <= to);
  const isBetween =
    gap && pieces(text, gap).every((one) => one.kind === 'blank' || offset <= one.from || one.to <= offset);
  if (!isBetween) return null;
  return text.startsWith('</', at) ? indent : indent + unit;
}

/** The innermost element whose tags or content an offset lies in; beside its tags it lies outside. */
function around(document: XmlDocument, offset: number): XmlElement | null {
  let element = elementAt({ document, offset });
  while (element && (offset <= element.from || isBehind(document, element, offset))) element = element.parent;
  return element;
}

function isBehind({ text }: XmlDocument, { closeTag, openTag, unfinished, to }: XmlElement, offset: number): boolean {
  if (unfinished) return offset > openTag.to;
  return closeTag || text.charCodeAt(openTag.to - 2) === 47 ? offset >= to : false;
}

/** Whether white space means nothing in an element: there is no text, and none is meant to be. */
function isLaidOut(document: XmlDocument, element: XmlElement): boolean {
  for (let one: XmlElement | null = element; one; one = one.parent) if (preserves(document, one)) return false;
  if (element.children.length === 0 && elementModel(element)?.text) return false;
  const inner = gaps(element).flatMap((gap) => pieces(document.text, gap));
  return !inner.some(({ kind }) => kind === 'text' || kind === 'cdata');
}
