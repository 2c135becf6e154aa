import { isBlank, type Span, search, searchWord } from '../../base/text.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/xml.ts';

/** Where in an XML document somebody writes. All spans lie in the document's text; `typed` is what an offer takes the place of. */
export type XmlCursor = ContentCursor | TagCursor | ClosingCursor | AttributeCursor | ValueCursor;

/** Between the children of an element, which may be text as well; or where the root may stand. */
export interface ContentCursor extends Siblings {
  readonly kind: 'content';
  /** The word that is there; empty where there is none. */
  readonly typed: Span;
}

/** In the name of a start tag, which may be missing behind its `<`. */
export interface TagCursor extends Siblings {
  readonly kind: 'tag';
  /** The name without the `<`, with the `>` behind it where the tag is to be written anew. */
  readonly typed: Span;
  /** The element as far as it can be read; null behind a `<` alone. */
  readonly element: XmlElement | null;
  /** Only the name is to be replaced: attributes or an end tag are there already. */
  readonly nameOnly: boolean;
}

/** Behind `</`. */
export interface ClosingCursor {
  readonly kind: 'closing';
  /** The name without the `</`, with the `>` where there is one. */
  readonly typed: Span;
  readonly parent: XmlElement;
}

/** In a start tag, where an attribute may stand. */
export interface AttributeCursor {
  readonly kind: 'attribute';
  readonly element: XmlElement;
  readonly typed: Span;
  /** The attribute that the name belongs to, if one is there. */
  readonly attribute: XmlAttribute | null;
}

/** In the value of an attribute. */
export interface ValueCursor {
  readonly kind: 'value';
  readonly element: XmlElement;
  readonly attribute: XmlAttribute;
  /** The value without its quotes. */
  readonly typed: Span;
  /** The quotes that are missing before and behind it. */
  readonly open: string;
  readonly close: string;
}

interface Siblings {
  /** Null where the root may stand. */
  readonly parent: XmlElement | null;
  readonly before: readonly XmlElement[];
  readonly after: readonly XmlElement[];
}

/**
 * What is written at an offset, also in a document that is broken right there. Null where nothing can be offered: in comments,
 * CDATA sections and instructions, and behind the root.
 */
export function xmlCursor(document: XmlDocument, offset: number): XmlCursor | null {
  const element = innermost(document, offset);
  if (!element) return document.root ? null : inContent(document, null, offset);
  const { openTag, closeTag } = element;
  if (offset <= openTag.to && (offset < openTag.to || element.unfinished)) return inTag(document, element, offset);
  if (closeTag && offset > closeTag.from) return inClosing(document, element, closeTag, offset);
  return inContent(document, sound(element), offset);
}

/** The innermost element that an offset lies in; one without an end ends where the parser ends it. */
function innermost({ text, root }: XmlDocument, offset: number): XmlElement | null {
  let found: XmlElement | null = null;
  let next = root && holds(text, root, offset) ? root : null;
  while (next) {
    found = next;
    const child = lastBefore(next.children, offset);
    next = child && holds(text, child, offset) ? child : null;
  }
  return found;
}

function holds(text: string, element: XmlElement, offset: number): boolean {
  if (offset <= element.from || offset > element.to) return false;
  return offset < element.to || isOpen(text, element) || text[element.to - 1] !== '>';
}

/** Whether nothing ends the element. */
export function isOpen(text: string, { closeTag, openTag, unfinished }: XmlElement): boolean {
  return closeTag === null && (unfinished || text[openTag.to - 2] !== '/');
}

/** The last of these elements that begins before an offset. */
function lastBefore(elements: readonly XmlElement[], offset: number): XmlElement | undefined {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle]!.from < offset) low = middle + 1;
    else high = middle;
  }
  return elements[low - 1];
}

/** The element itself, or the next around it whose start tag is whole: what follows a tag without `>` is not in it. */
function sound(element: XmlElement | null): XmlElement | null {
  let at = element;
  while (at?.unfinished) at = at.parent;
  return at;
}

function inTag(document: XmlDocument, element: XmlElement, offset: number): XmlCursor | null {
  const { text } = document;
  const { nameAt, openTag } = element;
  if (offset <= nameAt.to) return inName(document, element);
  const attribute = element.attributes.find((one) => one.from <= offset && offset <= one.to);
  if (!attribute || (offset === attribute.from && isBlank(text.charCodeAt(offset - 1)))) {
    if (!isBlank(text.charCodeAt(offset - 1))) return null;
    return { kind: 'attribute', element, attribute: null, typed: { from: offset, to: offset } };
  }
  const { nameAt: name, value } = attribute;
  if (offset <= name.to) return { kind: 'attribute', element, attribute, typed: name };
  return offset >= value.from && value.from > name.to ? inValue(text, element, attribute, offset, openTag.to) : null;
}

function inValue(
  text: string,
  element: XmlElement,
  attribute: XmlAttribute,
  offset: number,
  tagEnd: number,
): ValueCursor | null {
  const { value } = attribute;
  const quote = text[value.from - 1] === "'" ? "'" : '"';
  const opened = text[value.from - 1] === quote && value.from > attribute.nameAt.to + 1;
  const closed = opened && attribute.to > value.to && text[value.to] === quote;
  if (offset > value.to) return null;
  const typed = closed ? value : { from: value.from, to: Math.min(offset, tagEnd) };
  return { kind: 'value', element, attribute, typed, open: opened ? '' : quote, close: closed ? '' : quote };
}

function inName(document: XmlDocument, element: XmlElement): TagCursor {
  const { nameAt, openTag, attributes, unfinished } = element;
  const isNew = isOpen(document.text, element) && attributes.length === 0;
  const parent = sound(element.parent);
  // What is not in it yet comes behind it.
  const inside = isOpen(document.text, element) ? flat(element.children) : [];
  const { before, after } = siblings(document, parent, element.from + 1);
  return {
    kind: 'tag',
    element,
    parent,
    typed: { from: nameAt.from, to: isNew && !unfinished ? openTag.to : nameAt.to },
    nameOnly: !isNew,
    before: before.filter((one) => one !== element),
    after: [...inside.filter((one) => !after.includes(one)), ...after.filter((one) => one !== element)],
  };
}

function inClosing(document: XmlDocument, element: XmlElement, closeTag: Span, offset: number): ClosingCursor | null {
  if (offset < closeTag.from + 2) return null;
  const parent = sound(innermost(document, closeTag.from)) ?? element;
  return { kind: 'closing', parent, typed: { from: closeTag.from + 2, to: closeTag.to } };
}

function inContent(document: XmlDocument, parent: XmlElement | null, offset: number): XmlCursor | null {
  const { text } = document;
  const gap = parent ? gapStart(parent, offset) : document.from;
  if (isHidden(text, gap, offset)) return null;
  const typed = wordAt(text, { from: gap, to: document.to }, offset);
  const around = siblings(document, parent, offset);
  if (text[typed.from - 1] !== '<' || typed.from <= gap) return { kind: 'content', parent, typed, ...around };
  const to = text[offset] === '>' ? offset + 1 : offset;
  return { kind: 'tag', parent, element: null, typed: { from: typed.from, to }, nameOnly: false, ...around };
}

/** The elements on both sides of an offset in the content of an element. */
function siblings(
  { text }: XmlDocument,
  parent: XmlElement | null,
  offset: number,
): Pick<Siblings, 'before' | 'after'> {
  const all = parent ? flat(parent.children) : [];
  const first = all.findIndex((one) => one.to > offset);
  if (first < 0) return { before: all, after: [] };
  // Where the parent's end is missing, nobody knows what is in it.
  return { before: all.slice(0, first), after: parent && isOpen(text, parent) ? [] : all.slice(first) };
}

/** The elements, those without `>` left out: what the parser puts into them stands beside them. */
function flat(elements: readonly XmlElement[]): readonly XmlElement[] {
  if (!elements.some((one) => one.unfinished)) return elements;
  const found: XmlElement[] = [];
  const waiting = [...elements].reverse();
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (!one.unfinished) found.push(one);
    else for (let at = one.children.length - 1; at >= 0; at--) waiting.push(one.children[at]!);
  }
  return found;
}

/** Where the last tag before an offset in the content of an element ends. */
function gapStart(element: XmlElement, offset: number): number {
  let around = element;
  for (let last = lastBefore(around.children, offset); last; last = lastBefore(around.children, offset)) {
    if (!last.unfinished) return last.to;
    around = last;
  }
  return around.openTag.to;
}

/** What begins so is no text until it ends so. */
const HIDING = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
] as const;

function isHidden(text: string, from: number, offset: number): boolean {
  for (let at = search(text, 60, from, offset); at < offset; at = search(text, 60, at, offset)) {
    const [start, end] = HIDING.find(([begin]) => text.startsWith(begin, at)) ?? ['<', ''];
    if (!end) {
      at++;
      continue;
    }
    const found = searchWord(text, end, at + start.length, offset);
    if (found < 0) return true;
    at = found + end.length;
  }
  return false;
}

/** A longer word is none that anybody types. */
const LONGEST = 300;

/** The letters and signs around an offset, up to blanks and angle brackets. */
function wordAt(text: string, within: Span, offset: number): Span {
  const least = Math.max(within.from, offset - LONGEST);
  const most = Math.min(within.to, offset + LONGEST);
  let from = offset;
  while (from > least && isWordPart(text.charCodeAt(from - 1))) from--;
  let to = offset;
  while (to < most && isWordPart(text.charCodeAt(to))) to++;
  return { from, to };
}

function isWordPart(code: number): boolean {
  return !isBlank(code) && code !== 60 && code !== 62;
}
