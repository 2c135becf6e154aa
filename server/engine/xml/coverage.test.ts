import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { attributesFor, type ElementModel, elementModel, rootModels } from './model.ts';
import { type Described, isNamed } from './schemaModel.ts';
import { provideSchemas, SCHEMAS } from './schemas.ts';
import { attributeText, textOf, type XmlDocument, type XmlElement } from './tree.ts';
import { loadVerdict, schemaModel } from './verdict.ts';
import { parseXml, walk } from './xml.ts';

const VALID = new URL('../../fixtures/xml/valid/', import.meta.url);

/** Something that the bundled schemas declare: an element in its place, an attribute of it, or a value of its type. */
interface Declared extends Described {
  readonly name: string;
  /** The object that stands for it in the model. */
  readonly of: object;
  /** It is one of several values that are known, among others that may be. */
  readonly suggested: boolean;
}

describe('what the bundled schemas declare', () => {
  before(() => {
    provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
    return loadVerdict();
  });

  it('is explained, with its source', () => {
    const all = declared();
    assert.ok(all.length > 300, String(all.length));
    const silent = all.filter(({ documentation, spec }) => !/^[A-Zt].*[.`]$/s.test(documentation) || spec === '');
    assert.deepEqual(
      silent.map(({ name }) => name),
      [],
    );
    for (const { namespace } of SCHEMAS) assert.ok(schemaModel().namespace(namespace)?.documentation, namespace);
  });

  it('is in a valid document of fixtures/xml', () => {
    const used = new Set<object>();
    for (const file of readdirSync(VALID)) {
      const document = parseXml(readFileSync(new URL(file, VALID), 'utf8'));
      for (const element of walk(document)) for (const one of usedBy(document, element)) used.add(one);
    }
    assert.deepEqual(
      declared()
        .filter(({ of, suggested }) => !suggested && !used.has(of))
        .map(({ name }) => name),
      [],
    );
  });
});

/** Everything in the order of the schemas, each thing once. */
function declared(): Declared[] {
  const found = new Map<object, Declared>();
  const add = (of: object, name: string, { documentation, spec }: Described, suggested = false) => {
    if (!found.has(of)) found.set(of, { of, name, documentation, spec, suggested });
  };
  const visit = (model: ElementModel, name: string): void => {
    if (found.has(model)) return;
    add(model, name, model);
    for (const one of model.attributes) add(one, `${name} @${one.local}`, one);
    for (const text of [model.text, ...model.attributes.map(({ value }) => value)])
      if (text && text.type !== 'boolean')
        for (const one of text.values) add(one, `${name} ${one.value}`, one, !text.closed);
    for (const child of model.children) visit(child.model, `${name} ${child.local}`);
  };
  for (const root of rootModels()) visit(root, root.local);
  for (const model of schemaModel().elements) visit(model, model.local);
  for (const one of schemaModel().attributes) add(one, `@${one.local}`, one);
  return [...found.values()];
}

/** What of the schemas an element of a document makes use of. */
function usedBy(document: XmlDocument, element: XmlElement): object[] {
  const model = elementModel(element);
  if (!model) return [];
  const used: object[] = [model, ...valuesOf(model.text, textOf(document, element))];
  for (const one of element.attributes) {
    const attribute = attributesFor(model).find((each) => isNamed(each, one));
    if (attribute) used.push(attribute, ...valuesOf(attribute.value, attributeText(document, one)));
  }
  return used;
}

function valuesOf(model: ElementModel['text'], text: string): object[] {
  return model?.values.filter(({ value }) => value === text) ?? [];
}
