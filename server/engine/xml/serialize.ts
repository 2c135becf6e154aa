import { isCharacter } from './decode.ts';
import { XML } from './namespaces.ts';
import { attributeText, textOf, XMLNS, type XmlAttribute, type XmlDocument, type XmlElement } from './tree.ts';

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** What lies deeper is left out: libxml2 refuses documents that are nested deeply, and no schema describes such. */
export const DEEPEST = 200;

const NONE: ReadonlySet<XmlElement> = new Set();

interface Writer {
  readonly document: XmlDocument;
  readonly parts: string[];
  /** Prefixes of our own by namespace, each with its colon. */
  readonly prefixes: Map<string, string>;
}

/**
 * The tree as a well-formed document, whatever the source is: elements, attributes and texts only, with prefixes of its
 * own. The nth child of an element is the nth child in both. White space alone is no text. '' where there is no root.
 * @param emptied elements of which the start tag is enough
 */
export function serialize(document: XmlDocument, emptied: ReadonlySet<XmlElement> = NONE): string {
  if (!document.root) return '';
  const writer: Writer = { document, parts: [], prefixes: new Map([[XML, 'xml:']]) };
  const open = [{ element: document.root, next: 0, end: writeStart(writer, document.root) }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const child = emptied.has(top.element) ? undefined : top.element.children[top.next++];
    if (!child) writer.parts.push(open.pop()!.end);
    else if (open.length < DEEPEST) open.push({ element: child, next: 0, end: writeStart(writer, child) });
  }
  return declare(writer);
}

/** Writes a start tag and the texts of an element. @returns its end tag */
function writeStart(writer: Writer, element: XmlElement): string {
  const name = prefixFor(writer, element.namespace) + safe(element.local);
  const attributes = writable(writer.document, element).map((one) => {
    const value = escaped(attributeText(writer.document, one));
    return ` ${prefixFor(writer, one.namespace)}${one.local}="${value}"`;
  });
  const text = textOf(writer.document, element);
  writer.parts.push(`<${name}`, ...attributes, '>', text.trim() ? escaped(text) : '');
  return `</${name}>`;
}

/** The attributes that a schema has a say in and that can be written. */
function writable(document: XmlDocument, element: XmlElement): XmlAttribute[] {
  const seen = document.problems.length > 0 ? new Set<string>() : null;
  return element.attributes.filter((one) => {
    const { namespace, local } = one;
    if (namespace === XMLNS || namespace === XSI || safe(local) !== local || isUnbound(one)) return false;
    if (seen?.has(`${namespace} ${local}`)) return false;
    seen?.add(`${namespace} ${local}`);
    return true;
  });
}

/** A name whose prefix is not declared: nobody can say what it means. */
export function isUnbound({ name, namespace }: { name: string; namespace: string }): boolean {
  return namespace === '' && name.includes(':');
}

function prefixFor({ prefixes }: Writer, namespace: string): string {
  if (!namespace || namespace === XMLNS) return '';
  const known = prefixes.get(namespace);
  if (known !== undefined) return known;
  const prefix = `n${prefixes.size}:`;
  prefixes.set(namespace, prefix);
  return prefix;
}

/** A local name that libxml2 takes; `_` for one it does not. */
function safe(local: string): string {
  if (local.length > 1000) return '_';
  return /^[A-Za-z_][\w.-]*$/.test(local) || NAME.test(local) ? local : '_';
}

/** XML 1.0 §2.3 without the colon. */
const START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`^[${START}][${START}0-9.\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}-]*$`, 'u');

/** Text as it may stand in content and in a value: what XML excludes becomes U+FFFD. */
function escaped(text: string): string {
  return /[^\x20-\x21\x23-\x25\x27-\x3b\x3d-\x7e]/.test(text)
    ? text.replace(/[^\x20-\x21\x23-\x25\x27-\x3b\x3d-\x7e]/gu, escapedCharacter)
    : text;
}

function escapedCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (!isCharacter(code)) return '\ufffd';
  return code < 0x7f ? `&#${code};` : character;
}

/** The whole text, the namespaces declared on the root. */
function declare({ parts, prefixes }: Writer): string {
  const declarations = [...prefixes]
    .filter(([uri]) => uri !== XML)
    .map(([uri, prefix]) => ` xmlns:${prefix.slice(0, -1)}="${escaped(uri)}"`);
  return [parts[0], ...declarations, ...parts.slice(1)].join('');
}

/**
 * The document as it is written, if libxml2 can take it so; null where it must be put into order first.
 * @param emptied elements of which the start tag is enough
 */
export function asWritten(document: XmlDocument, emptied: ReadonlySet<XmlElement> = NONE): string | null {
  const { text, from, to, problems } = document;
  if (problems.length > 0 || !document.root) return null;
  const start = text.charCodeAt(from) === 0xfeff ? from + 1 : from;
  const whole = text.slice(start, to);
  if (whole.includes(XSI)) return null;
  if (emptied.size === 0) return withoutDeclaration(whole);
  const parts: string[] = [];
  let last = start;
  for (const one of emptied) {
    if (!one.closeTag) continue;
    parts.push(text.slice(last, one.openTag.to));
    last = one.closeTag.from;
  }
  return withoutDeclaration(parts.join('') + text.slice(last, to));
}

/** The document as it is written, without these elements; null where it must be put into order first. */
export function asWrittenWithout(document: XmlDocument, leftOut: ReadonlySet<XmlElement>): string | null {
  if (asWritten(document) === null) return null;
  const { text, from, to } = document;
  const parts: string[] = [];
  let last = text.charCodeAt(from) === 0xfeff ? from + 1 : from;
  for (const one of [...leftOut].sort((a, b) => a.from - b.from)) {
    if (one.from < last) continue;
    parts.push(text.slice(last, one.from));
    last = one.to;
  }
  return withoutDeclaration(parts.join('') + text.slice(last, to));
}

/** What an XML declaration says of the encoding is about bytes that are read already. */
function withoutDeclaration(text: string): string {
  return text.startsWith('<?xml') ? text.slice(text.indexOf('?>') + 2).trimStart() : text;
}
