import type { Remembering } from '../base/memo.ts';
import type { Severity, Span } from '../base/text.ts';
import { decoded, decodedValue } from './decode.ts';

/** The namespace of `xmlns` and `xmlns:…` attributes. */
export const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** An attribute; `value` lies between the quotes. Namespace declarations are attributes too. */
export interface XmlAttribute extends Span {
  /** As written, `msci:session-type`. */
  readonly name: string;
  readonly local: string;
  /** Namespace URI; '' for an unprefixed attribute or an undeclared prefix, `XMLNS` for a declaration. */
  readonly namespace: string;
  readonly nameAt: Span;
  readonly value: Span;
}

/** A run of character data or CDATA directly inside an element. */
export interface XmlText extends Span {
  readonly kind: 'text' | 'cdata';
}

export interface XmlElement extends Span {
  readonly kind: 'element';
  readonly name: string;
  readonly local: string;
  /** Namespace URI; '' for none or an undeclared prefix. */
  readonly namespace: string;
  /** The name in the start tag. */
  readonly nameAt: Span;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** White space behind a child is not kept. */
  readonly texts: readonly XmlText[];
  readonly parent: XmlElement | null;
  /** From `<` to `>` of the start tag. */
  readonly openTag: Span;
  /** Null for an empty-element tag and where the end tag is missing. */
  readonly closeTag: Span | null;
  /** The start tag has no `>`: somebody is typing it. */
  readonly unfinished: boolean;
}

/** Something that is wrong with a document, in plain words. */
export interface XmlProblem extends Span {
  readonly message: string;
  /** Not well-formed, a document type declaration, or against the schema. */
  readonly kind: 'syntax' | 'doctype' | 'schema';
  /** No graver than this, whatever the rule says. */
  readonly severity?: Severity;
  /** What sort of fault it is. */
  readonly fault?: Fault;
  /** The attribute it is about. */
  readonly name?: string;
}

/** What makes a document not well-formed, as far as it can be mended. */
export type SyntaxFault =
  | 'doctype'
  | 'character'
  /** A character that has to be escaped, and a reference to nothing. */
  | 'unescaped'
  | 'reference'
  | 'prefix'
  /** Of an attribute. */
  | 'unquoted'
  | 'quote'
  | 'no-value'
  | 'no-blank'
  | 'twice'
  /** A tag without its end, an element without its end tag, an end tag of another element or of none. */
  | 'unfinished'
  | 'unclosed'
  | 'other-end'
  | 'end-of-nothing'
  | 'dashes'
  | 'late-declaration'
  /** A comment, CDATA section or instruction that is never closed. */
  | 'open-section'
  | 'outside';

/** Sorts of faults of a document: against the syntax, and against a schema. */
export type Fault =
  | SyntaxFault
  | 'root'
  | 'order'
  | 'order-extension'
  | 'command'
  | 'extension'
  | 'element'
  | 'missing-element'
  | 'attribute'
  | 'missing-attribute'
  | 'value'
  | 'text'
  | 'other';

export interface XmlDocument extends Span, Remembering {
  readonly text: string;
  readonly root: XmlElement | null;
  /** What makes the document not well-formed, in the order of the text. */
  readonly problems: readonly XmlProblem[];
}

/** The attribute with that local name; unprefixed attributes are in no namespace. */
export function attribute(element: XmlElement, local: string, namespace = ''): XmlAttribute | undefined {
  return element.attributes.find((one) => one.local === local && one.namespace === namespace);
}

/** The value of an attribute with references resolved. Undefined where the attribute is absent. */
export function attributeValue(
  document: XmlDocument,
  element: XmlElement,
  local: string,
  namespace = '',
): string | undefined {
  const found = attribute(element, local, namespace);
  return found && attributeText(document, found);
}

/** The value of an attribute with references resolved. */
export function attributeText(document: XmlDocument, one: XmlAttribute): string {
  return decodedValue(document.text, one.value.from, one.value.to);
}

/** The text directly inside an element, with references resolved and CDATA as it is. */
export function textOf(document: XmlDocument, element: XmlElement): string {
  return element.texts
    .map(({ kind, from, to }) => (kind === 'cdata' ? document.text.slice(from, to) : decoded(document.text, from, to)))
    .join('');
}

/** The children with that local name and namespace. */
export function childrenOf(element: XmlElement, local: string, namespace: string): XmlElement[] {
  return element.children.filter((one) => one.local === local && one.namespace === namespace);
}

/** The first child with that local name and namespace. */
export function child(element: XmlElement, local: string, namespace: string): XmlElement | undefined {
  return element.children.find((one) => one.local === local && one.namespace === namespace);
}

/** All elements in the order of the text, whatever the depth; those of one element where it is given, itself first. */
export function* walk(document: XmlDocument, from: XmlElement | null = document.root): Generator<XmlElement> {
  const waiting = from ? [from] : [];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    yield element;
    for (let at = element.children.length - 1; at >= 0; at--) waiting.push(element.children[at]!);
  }
}
