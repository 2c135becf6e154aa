import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { after, NOTHING } from './content.ts';
import { elementModel, mayStandHere, missingAttributes, missingChildren } from './model.ts';
import { type ElementModel, key, type Named, type ValueModel } from './schemaModel.ts';
import { provideSchemas } from './schemas.ts';
import { judged } from './testing.ts';
import { loadVerdict, schemaModel } from './verdict.ts';
import { parseXml, walk, type XmlDocument, type XmlElement } from './xml.ts';

// The model and libxml2 read the same schemas: what one accepts as the children of an element, the other must accept, too.

const VALID = new URL('../../fixtures/xml/valid/', import.meta.url);

/** An element of a valid document, and what the schemas say of it. */
interface Place {
  readonly document: XmlDocument;
  readonly element: XmlElement;
  readonly model: ElementModel;
}

let places: Place[] = [];
before(async () => {
  provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
  await loadVerdict();
  places = readdirSync(VALID).flatMap((file) => {
    const document = parseXml(readFileSync(new URL(file, VALID), 'utf8'));
    return [...walk(document)].flatMap((element) => {
      const model = elementModel(element);
      return model && (model.children.length > 0 || model.openChildren) ? [{ document, element, model }] : [];
    });
  });
});

describe('the model of what may stand where', () => {
  it('offers nothing that libxml2 refuses, in any gap of any valid document', () => {
    const seen = new Set<string>();
    const wrong: string[] = [];
    let offers = 0;
    for (const { document, element, model } of places) {
      const { children } = element;
      for (let at = 0; at <= children.length; at++) {
        const gap = [
          document.root!.local,
          ...pathOf(element),
          '|',
          ...children.slice(0, at).map(key),
          '|',
          ...children.slice(at).map(key),
        ];
        if (seen.has(gap.join(' '))) continue;
        seen.add(gap.join(' '));
        for (const offered of mayStandHere(model, children.slice(0, at), children.slice(at))) {
          offers++;
          const changed = withChild(document, element, model, at, offered);
          for (const { message } of judged(changed)) wrong.push(`${gap.join(' ')} ${offered.local}: ${message}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(seen.size > 400 && offers > 1500, `${offers} offers in ${seen.size} gaps`);
  });

  it('accepts what libxml2 accepts, and nothing else', () => {
    const unlike = [...new Map(places.map((place) => [place.model, place])).values()];
    assert.ok(unlike.length > 90, String(unlike.length));
    const place = fc.nat({ max: unlike.length - 1 });
    const choices = fc.array(fc.nat({ max: 999 }), { maxLength: 6 });
    fc.assert(
      fc.property(place, choices, (index, numbers) => {
        const { document, element, model } = unlike[index]!;
        const children = numbers.map((number) => alphabetOf(model)[number % alphabetOf(model).length]!);
        const changed = withContent(document, element, children.map(written).join(''));
        const state = children.reduce(after, model.content);
        const accepted = state !== NOTHING && state.nullable;
        assert.equal(judged(changed).length === 0, accepted, changed);
      }),
      { numRuns: 3000 },
    );
  });
});

function pathOf(element: XmlElement): string[] {
  return element.parent ? [...pathOf(element.parent), key(element)] : [];
}

/** A known element, or the name of one that no schema knows. */
type Child = ElementModel | Named;

const FOREIGN: readonly Named[] = [
  { namespace: 'urn:example:unknown', local: 'unknown' },
  { namespace: '', local: 'unknown' },
];

/** What is tried as a child: those that are declared, most often, and others. */
function alphabetOf(model: ElementModel): readonly Child[] {
  const declared = model.children.map((one) => one.model);
  const separator = schemaModel().elements.filter(({ local }) => local === 'separator');
  const own = { namespace: model.namespace, local: 'unknown' };
  return [...declared, ...declared, ...separator, ...FOREIGN, own];
}

/** The document with a child more, and with what else is required beside it then. */
function withChild(
  document: XmlDocument,
  element: XmlElement,
  model: ElementModel,
  at: number,
  child: ElementModel,
): string {
  const children: Named[] = [...element.children];
  children.splice(at, 0, child);
  const missing = missingChildren(model, children);
  const before = (index: number) => missing.filter((one) => one.at === index).map((one) => written(one.model));
  const parts = children.map((one, index) => {
    const own = one === child ? written(child) : document.text.slice((one as XmlElement).from, (one as XmlElement).to);
    return [...before(index), own].join('');
  });
  return withContent(document, element, [...parts, ...before(children.length)].join(''));
}

/** The document with another content of an element. */
function withContent({ text }: XmlDocument, { openTag, closeTag, name, to }: XmlElement, content: string): string {
  const start = text.slice(0, openTag.to).replace(/\/>$/, '>');
  return `${start}${content}</${name}>${text.slice(closeTag?.to ?? to)}`;
}

/** An element with what is required of it, in as many words as it takes. */
function written(child: Child): string {
  const open = `<${child.local} xmlns="${child.namespace}"`;
  if (!('content' in child)) return `${open}/>`;
  const attributes = missingAttributes(child, []).map(({ local, value }) => ` ${local}="${example(value)}"`);
  const children = missingChildren(child, []).map(({ model }) => written(model));
  return `${open}${attributes.join('')}>${children.join('')}${child.text ? example(child.text) : ''}</${child.local}>`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  anyURI: 'sip:a@example.org',
  boolean: 'true',
  dateTime: '2009-07-13T17:57:09Z',
  integer: '1',
  language: 'en',
  unsignedInt: '1',
};

function example({ type, values }: ValueModel): string {
  return values[0]?.value ?? EXAMPLES[type] ?? 'text';
}
