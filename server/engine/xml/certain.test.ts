import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createCertainty } from './certain.ts';
import { isCertainValue } from './certainValues.ts';
import { compileSchemas } from './compile.ts';
import { createJudge } from './judge.ts';
import { readSchemaModel } from './readModel.ts';
import { NO_USER_SCHEMAS } from './schemaFile.ts';
import { provideSchemas, readSchemas } from './schemas.ts';
import { faultyDocuments } from './testing.ts';
import { parseXml, walk, type XmlElement } from './xml.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
const libxml2 = await import('./libxml2.ts');
const compiled = compileSchemas(libxml2, (await readSchemas())!, NO_USER_SCHEMAS);
const judge = createJudge(libxml2, compiled.validators);
const model = readSchemaModel(new Map([...compiled.texts].map(([name, text]) => [name, parseXml(text)])));
const certainty = createCertainty(model, compiled.texts.values());
const isCertain = certainty.document;

const VALID = new URL('../../fixtures/xml/valid/', import.meta.url);
const valid = readdirSync(VALID).map((file) => readFileSync(new URL(file, VALID), 'utf8'));

/** What libxml2 says of a document. */
function faults(text: string): string[] {
  return (judge.judge(parseXml(text)) ?? []).map(({ message }) => message);
}

describe('certainty', () => {
  it('is had of most documents that are right, and of none that is wrong', () => {
    const sure = valid.filter((text) => isCertain(parseXml(text)));
    assert.ok(sure.length > valid.length * 0.8, `${sure.length} of ${valid.length}`);
    for (const { title, text } of [...faultyDocuments('invalid'), ...faultyDocuments('several')])
      if (isCertain(parseXml(text))) assert.deepEqual(faults(text), [], title);
  });

  it('is never of another opinion than libxml2, whatever is changed in a document', () => {
    let [sure, tried] = [0, 0];
    const change = fc.tuple(fc.nat(), fc.constantFrom(...CHANGES), fc.nat());
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.array(change, { minLength: 1, maxLength: 2 }), (index, changes) => {
        const text = changes.reduce((now, [at, apply, what]) => apply(now, elementOf(now, at), what), valid[index]!);
        tried++;
        if (!isCertain(parseXml(text))) return;
        sure++;
        assert.deepEqual(faults(text), [], text);
      }),
      { numRuns: 3000 },
    );
    assert.ok(sure > 100 && sure < tried, `${sure} of ${tried}`);
  });

  it('tells nothing under schemas with more than it knows', () => {
    const texts = [...compiled.texts.values()];
    const document = parseXml(valid.find((text) => isCertain(parseXml(text)))!);
    for (const more of ['<xs:pattern value="a"/>', '<xs:any/>', '<xs:element name="a" nillable="true"/>', '<xs:key/>'])
      assert.equal(createCertainty(model, [...texts, more]).document(document), false, more);
    assert.equal(createCertainty(model, [...texts, '<xs:any processContents="lax"/>']).document(document), true);
  });

  it('of values leaves what is unusual to libxml2', () => {
    const of = (type: string) => ({ type, values: [], closed: false, list: false });
    const uris = [
      'sip:a@b.example;gruu;opaque=app:conf:focus:id:7E',
      'urn:uuid:f81d4fae',
      'https://a.example:443/b?c=d',
    ];
    for (const uri of uris) assert.ok(isCertainValue(uri, of('anyURI')), uri);
    for (const uri of ['', ':', 'sip:', '//a', 'a b', 'http://[::1', 'sip:%zz'])
      assert.ok(!isCertainValue(uri, of('anyURI')));
    assert.ok(
      !isCertainValue('4294967296', of('unsignedInt')) && !isCertainValue('2009-02-30T00:00:00', of('dateTime')),
    );
    assert.ok(!isCertainValue('x', of('hexBinary')), 'a type that is not in the table');
  });
});

/** The element of that number, beginning again behind the last one; null where there is none. */
function elementOf(text: string, number: number): XmlElement | null {
  const all = [...walk(parseXml(text))];
  return all[number % all.length] ?? null;
}

type Change = (text: string, element: XmlElement | null, what: number) => string;

const VALUES = [
  'full',
  'true',
  '1',
  '-1',
  '',
  ' ',
  'x',
  'sip:a@b',
  'a b',
  'connected',
  'en',
  '2009-07-13T17:57:09Z',
  '<',
];
const STRANGERS = [
  '<x xmlns="urn:x"/>',
  '<x xmlns="urn:x"><user xmlns="urn:ietf:params:xml:ns:conference-info" state="odd"/></x>',
  '<x xmlns="urn:x"><conference-info xmlns="urn:ietf:params:xml:ns:conference-info"/></x>',
  '<separator xmlns="urn:ietf:params:xml:ns:conference-info-separator"/>',
  '<x/>',
];

function spliced(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

const CHANGES: readonly Change[] = [
  // An element less, one twice, one that is a stranger, one in the place of another.
  (text, element) => (element?.parent ? spliced(text, element.from, element.to, '') : text),
  (text, element) =>
    element?.parent ? spliced(text, element.to, element.to, text.slice(element.from, element.to)) : text,
  (text, element, what) =>
    element?.parent ? spliced(text, element.from, element.from, STRANGERS[what % STRANGERS.length]!) : text,
  (text, element, what) => {
    const other = elementOf(text, what);
    return element?.parent && other ? spliced(text, element.from, element.to, text.slice(other.from, other.to)) : text;
  },
  // An attribute less, another value, another text.
  (text, element, what) => {
    const one = element?.attributes[what % Math.max(1, element.attributes.length)];
    return one && !one.name.startsWith('xmlns') ? spliced(text, one.from, one.to, '') : text;
  },
  (text, element, what) => {
    const one = element?.attributes[what % Math.max(1, element.attributes.length)];
    const value = VALUES[what % VALUES.length]!;
    return one && !one.name.startsWith('xmlns') ? spliced(text, one.value.from, one.value.to, value) : text;
  },
  (text, element, what) => {
    const run = element?.texts[0];
    return run ? spliced(text, run.from, run.to, VALUES[what % VALUES.length]!) : text;
  },
];
