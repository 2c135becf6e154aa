import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { attributeValue, parseXml, textOf, walk } from './xml.ts';

// A parser of somebody else's reads the same documents: names, attributes and text must be the same in both.
const FIXTURES = new URL('../../fixtures/xml/valid/', import.meta.url);
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
});

describe('the XML reader beside fast-xml-parser', () => {
  for (const file of readdirSync(FIXTURES)) {
    const text = readFileSync(new URL(file, FIXTURES), 'utf8');
    it(file, () => {
      assert.equal(XMLValidator.validate(text), true);
      assert.deepEqual(ours(text), theirs(parser.parse(text)));
    });
  }
});

/** An element as one line: its name, its attributes, and its own text where it has no child elements. */
interface Node {
  readonly [name: string]: unknown;
}

function ours(text: string): string[] {
  const document = parseXml(text);
  return [...walk(document)].map((element) => {
    const attributes = element.attributes.map(
      ({ name, local, namespace }) => `${name}=${attributeValue(document, element, local, namespace)}`,
    );
    return line(element.name, attributes, element.children.length ? '' : textOf(document, element));
  });
}

function theirs(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    if (name.startsWith('#') || name.startsWith('?')) return [];
    const children = node[name] as Node[];
    const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>).map(
      ([key, value]) => `${key}=${value}`,
    );
    const own = theirs(children).length ? '' : children.map((child) => String(child['#text'] ?? '')).join('');
    return [line(name, attributes, own), ...theirs(children)];
  });
}

function line(name: string, attributes: readonly string[], text: string): string {
  return [name, ...attributes, text.trim()].join(' | ');
}
