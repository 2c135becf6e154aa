import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { provideSchemas } from './schemas.ts';
import { serialize } from './serialize.ts';
import { judged } from './testing.ts';
import { loadVerdict, verdict } from './verdict.ts';
import { parseXml } from './xml.ts';

const SCHEMAS = new URL('../../schemas/', import.meta.url);
const FIXTURES = new URL('../../fixtures/xml/', import.meta.url);

describe('documents in fixtures/xml', () => {
  before(load);
  for (const file of readdirSync(new URL('valid/', FIXTURES))) {
    const text = readFileSync(new URL(`valid/${file}`, FIXTURES), 'utf8');
    it(`valid/${file}`, () => assert.deepEqual(judged(text), []));
    it(`valid/${file} on one line`, () => assert.deepEqual(judged(oneLine(text)), []));
  }
});

describe('every enumeration', () => {
  before(load);
  const schema = parseXml(readFileSync(new URL('conference-info.xsd', SCHEMAS), 'utf8'));
  const types = schema.root!.children.filter(
    (one) => one.local === 'simpleType' && one.children[0]!.local === 'restriction',
  );
  const places: Readonly<Record<string, (value: string) => string>> = {
    'state-type': (value) => `<users state="${value}"/>`,
    'endpoint-status-type': (value) => inEndpoint(`<status>${value}</status>`),
    'joining-type': (value) => inEndpoint(`<joining-method>${value}</joining-method>`),
    'disconnection-type': (value) => inEndpoint(`<disconnection-method>${value}</disconnection-method>`),
    'media-status-type': (value) => inEndpoint(`<media id="1"><status>${value}</status></media>`),
  };
  for (const type of types) {
    const name = schema.text.slice(type.attributes[0]!.value.from, type.attributes[0]!.value.to);
    it(name, () => {
      for (const one of type.children[0]!.children) {
        const { from, to } = one.attributes[0]!.value;
        const value = schema.text.slice(from, to);
        assert.deepEqual(said(conferenceInfo(places[name]!(value))), []);
        assert.match(
          said(conferenceInfo(places[name]!(value.toUpperCase())))[0]!,
          new RegExp(`did you mean \`${value}\``),
        );
      }
    });
  }
});

describe('a verdict', () => {
  before(load);
  it('is given once, however often it is asked for', () => {
    const document = parseXml(conferenceInfo('<users><user><status/></user></users>'));
    assert.deepEqual(verdict(document), verdict(document));
  });

  it('finds the element far down in a long document', () => {
    const text = conferenceInfo(`<users>${'<user/>'.repeat(70_000)}<user bad="1"/></users>`);
    const [problem] = verdict(parseXml(text))!;
    assert.equal(problem?.from, text.indexOf('bad'));
  });

  it('stops early', () => {
    assert.equal(said(conferenceInfo(`<users>${'<user bad="1"/>'.repeat(30_000)}</users>`)).length, 20);
  });

  it('takes documents nested deeply', () => {
    const deep = `${'<sidebars-by-val><entry entity="">'.repeat(5000)}${'</entry></sidebars-by-val>'.repeat(5000)}`;
    assert.deepEqual(said(conferenceInfo(deep)), []);
    assert.deepEqual(said(conferenceInfo(`<x xmlns="u">${'<y>'.repeat(5000)}${'</y>'.repeat(5000)}</x>`)), []);
  });

  it('is silent on other vocabularies', () => {
    assert.deepEqual(judged('<html><body/></html>'), []);
    assert.deepEqual(judged('<request/>'), []);
  });
});

describe('white space', () => {
  before(load);
  it('around numbers, truths, dates and URIs means nothing, and a number may have a plus sign', () => {
    for (const value of ['7', ' 7 ', '+7', '\n7\n']) {
      assert.deepEqual(
        said(conferenceInfo(`<conference-state><user-count>${value}</user-count></conference-state>`)),
        [],
      );
    }
    const document = conferenceInfo('').replace(' entity', ' version=" 7 " entity');
    assert.deepEqual(said(document), []);
    assert.deepEqual(said(conferenceInfo('<conference-state><active> true </active></conference-state>')), []);
    for (const when of [' 2005-03-04T20:00:00Z ', '\n2005-03-04T20:00:00.5+01:00\n', '2005-03-04T20:00:00']) {
      assert.deepEqual(said(conferenceInfo(inEndpoint(`<referred><when>${when}</when></referred>`))), []);
    }
    assert.equal(
      said(conferenceInfo(inEndpoint('<referred><when> 2005-13-04T20:00:00Z </when></referred>'))).length,
      1,
    );
  });

  it('in an element that must be empty is no fault', () => {
    const keys = '<deleteUser><userKeys>\n  </userKeys></deleteUser>';
    const request = `<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" from="a" to="b">${keys}</request>`;
    assert.deepEqual(said(request), []);
  });
});

describe('any text', () => {
  before(load);
  const roots = fc.constantFrom(
    '<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" ',
    '<c:request xmlns:c="urn:ietf:params:xml:ns:cccp" ',
  );
  const words = fc.constantFrom(
    '<users>',
    '<user ',
    '/>',
    '>',
    '</user>',
    'entity="',
    '"',
    '<x:y ',
    ' xmlns:x="u"',
    '&',
    '<![CDATA[',
  );
  const more = fc.constantFrom(
    'xml:',
    'xmlns',
    ' xmlns="http://www.w3.org/2000/xmlns/"',
    '=""',
    '\0',
    '\ud800',
    '\ufffe',
    '<é:ü·',
    '<users>\n',
  );
  const text = fc
    .tuple(roots, fc.array(fc.oneof(words, more, fc.string({ maxLength: 4, unit: 'binary' })), { maxLength: 40 }))
    .map(([root, rest]) => root + rest.join(''));

  it('is re-serialised as a document that libxml2 reads, and is judged', async () => {
    const { XmlDocument } = await import('./libxml2.ts');
    fc.assert(
      fc.property(text, (source) => {
        const document = parseXml(source);
        XmlDocument.fromString(serialize(document)).dispose();
        for (const { from, to } of verdict(document)!) assert.ok(0 <= from && from <= to && to <= source.length);
      }),
      { numRuns: 500 },
    );
  });
});

function load(): Promise<void> {
  provideSchemas((file) => readFileSync(new URL(file, SCHEMAS), 'utf8'));
  return loadVerdict();
}

function conferenceInfo(content: string): string {
  return `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org">${content}</conference-info>`;
}

function inEndpoint(content: string): string {
  return `<users><user><endpoint>${content}</endpoint></user></users>`;
}

function said(text: string): string[] {
  return judged(text).map((one) => one.message);
}

function oneLine(text: string): string {
  return text.replace(/\n\s*/g, ' ');
}
