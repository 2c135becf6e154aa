import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { provideSchemas } from '../../xml/schemas.ts';
import { judged } from '../../xml/testing.ts';
import { loadVerdict } from '../../xml/verdict.ts';
import { parseXml, walk, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import { xmlSource } from '../testing.ts';
import { accepted, offered } from './testing.ts';

// Whatever is offered is accepted by the verdict: in every valid document, at every place, each offer is chosen, with nothing
// filled in, and nothing may be wrong then. Like places of several documents are tried once.

const VALID = new URL('../../../fixtures/xml/valid/', import.meta.url);

before(async () => {
  provideSchemas((file) => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8'));
  await loadVerdict();
});

/** A place, what it is like, and what somebody has typed there before asking. */
interface Place {
  readonly like: string;
  readonly offset: number;
  readonly typed: readonly ((label: string) => string)[];
  /** Text that is not there while somebody is typing. */
  readonly without?: { readonly from: number; readonly to: number };
}

const seen = new Set<string>();

describe('what is offered is accepted', () => {
  for (const name of readdirSync(VALID).sort())
    test(name, () => {
      const text = readFileSync(new URL(name, VALID), 'utf8');
      assert.deepEqual(complaints(text), [], 'the document itself');
      const wrong = [...placesIn(parseXml(text))].flatMap((place) => tryAll(text, place));
      assert.deepEqual(wrong, []);
    });
});

function* placesIn(document: XmlDocument): Generator<Place> {
  for (const element of walk(document)) {
    yield* gapsIn(document, element);
    yield* tagOf(document, element);
    for (const { name, value } of element.attributes)
      yield { like: `${path(element)} @${name}`, offset: value.from, typed: [() => ''], without: value };
    const [run, ...others] = element.texts;
    if (run && others.length === 0 && element.children.length === 0)
      yield {
        like: `${path(element)} text`,
        offset: run.from,
        typed: [() => '', (label) => label.slice(0, 2)],
        without: run,
      };
  }
}

/** The places between the children of an element. */
function* gapsIn({ text }: XmlDocument, element: XmlElement): Generator<Place> {
  if (text[element.openTag.to - 2] === '/' || element.texts.length > 0) return;
  const ends = [element.openTag.to, ...element.children.map(({ to }) => to)];
  const names = element.children.map(({ name }) => name);
  for (const [at, offset] of ends.entries()) {
    const like = `${path(element)} ${names.slice(0, at)} | ${names.slice(at)}`;
    yield {
      like,
      offset,
      typed: [() => '', () => '<', (label) => `<${label.slice(0, 2)}`, (label) => `<${label.slice(0, 3)}>`],
    };
  }
}

/** The place behind the attributes of a tag. */
function* tagOf({ text }: XmlDocument, element: XmlElement): Generator<Place> {
  const offset = element.openTag.to - (text[element.openTag.to - 2] === '/' ? 2 : 1);
  const names = element.attributes.map(({ name }) => name);
  yield { like: `${path(element)} ${names}`, offset, typed: [() => ' ', (label) => ` ${label.slice(0, 2)}`] };
}

function path(element: XmlElement): string {
  return element.parent ? `${path(element.parent)}/${element.name}` : element.name;
}

function tryAll(whole: string, { like, offset, typed, without }: Place): string[] {
  const text = without ? whole.slice(0, without.from) + whole.slice(without.to) : whole;
  const labels = offered(xmlSource(insert(text, offset, typed[0]!(''))), offset + typed[0]!('').length).map(
    ({ label }) => label,
  );
  return labels.flatMap((label) => {
    const key = `${like}: ${label}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return typed.flatMap((type) => tryOne(text, offset, type(label), label).map((problem) => `${key}: ${problem}`));
  });
}

function tryOne(text: string, offset: number, typed: string, label: string): string[] {
  const before = insert(text, offset, typed);
  const at = offset + typed.length - (typed.endsWith('>') ? 1 : 0);
  const chosen = offered(xmlSource(before), at).find((one) => one.label === label);
  if (!chosen) return [`is not offered behind ${typed}`];
  return complaints(accepted(before, chosen)).map((problem) => `behind "${typed}": ${problem}`);
}

function insert(text: string, offset: number, by: string): string {
  return text.slice(0, offset) + by + text.slice(offset);
}

function complaints(text: string): string[] {
  return judged(text)
    .filter(({ severity = 'error' }) => severity === 'error' || severity === 'warning')
    .map(({ message }) => message);
}
