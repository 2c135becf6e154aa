import { type Span, slice } from '../base/text.ts';
import { attributeText, parseXml, textOf, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import { type Extent, isNoisyAttribute, PLACEHOLDER } from './noise.ts';

/** What lies deeper is written as it stands. */
const DEEPEST = 100;
/** Attributes that tell elements of one name apart, the first that is there. */
const IDENTITIES = ['entity', 'id', 'Id', 'userEntity', 'uri', 'name'];

/**
 * An XML document as lines, one an element: attributes by name, children of one name by the entity that they are about. Comments, blanks and
 * prefixes of closing tags say nothing and are left out. What is no XML comes back as it is written.
 */
export function canonicalXml(text: string, body: Span, extent: Extent): string[] {
  const document = parseXml(text, body.from, body.to);
  if (!document.root)
    return slice(text, body)
      .trim()
      .split(/\r\n|\r|\n/);
  const lines: string[] = [];
  writeElement({ document, extent, lines }, document.root, 0);
  return lines;
}

interface Writer {
  readonly document: XmlDocument;
  readonly extent: Extent;
  readonly lines: string[];
}

function writeElement(writer: Writer, element: XmlElement, depth: number): void {
  const { document, lines } = writer;
  const indent = '  '.repeat(depth);
  if (depth > DEEPEST) {
    lines.push(indent + oneLine(slice(document.text, element)));
    return;
  }
  const start = `${indent}<${element.name}${attributesOf(writer, element)}`;
  const text = oneLine(textOf(document, element));
  if (element.children.length === 0) {
    lines.push(text ? `${start}>${text}</${element.name}>` : `${start}/>`);
    return;
  }
  lines.push(`${start}>`);
  if (text) lines.push(`${indent}  ${text}`);
  for (const child of ordered(document, element.children)) writeElement(writer, child, depth + 1);
  lines.push(`${indent}</${element.name}>`);
}

function attributesOf({ document, extent }: Writer, element: XmlElement): string {
  const hides = extent === 'what matters' && element.parent === null;
  return element.attributes
    .map((one) => ` ${one.name}="${hides && isNoisyAttribute(one.local) ? PLACEHOLDER : attributeText(document, one)}"`)
    .sort()
    .join('');
}

/** Elements of one name stand together, where the first of them stood; those with an identity by that. */
function ordered(document: XmlDocument, children: readonly XmlElement[]): XmlElement[] {
  const byName = new Map<string, XmlElement[]>();
  for (const child of children) {
    const named = byName.get(child.name);
    if (named) named.push(child);
    else byName.set(child.name, [child]);
  }
  return [...byName.values()].flatMap((named) => {
    const keys = new Map(named.map((one) => [one, identityOf(document, one)]));
    return named.sort((a, b) => (keys.get(a)! < keys.get(b)! ? -1 : keys.get(a) === keys.get(b) ? 0 : 1));
  });
}

function identityOf(document: XmlDocument, element: XmlElement): string {
  for (const name of IDENTITIES) {
    const found = element.attributes.find(({ local }) => local === name);
    if (found) return attributeText(document, found);
  }
  return '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
