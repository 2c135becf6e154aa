import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { resolveUri } from './schemaReferences.ts';
import { CCCP, CONFERENCE_INFO, provideSchemas } from './schemas.ts';
import { judged } from './testing.ts';
import { provideUserSchemas, type UserSchema } from './userSchemas.ts';
import { loadVerdict, schemasInForce } from './verdict.ts';

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const ROOM = `<conference-info xmlns="${CONFERENCE_INFO}" entity="sip:r@example.org"/>`;
const BUNDLED = readFileSync(new URL('../../schemas/conference-info.xsd', import.meta.url), 'utf8');
const STRICTER = `<xs:schema ${XS} xmlns="${CONFERENCE_INFO}" targetNamespace="${CONFERENCE_INFO}" elementFormDefault="qualified">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/03/xml.xsd"/>
  <xs:include schemaLocation="parts/types.xsd"/>
  <xs:element name="conference-info" type="room"/>
</xs:schema>`;
const TYPES = `<?xml version="1.0" encoding="utf-16"?>
<xs:schema ${XS} xmlns="${CONFERENCE_INFO}" targetNamespace="${CONFERENCE_INFO}">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace"/>
  <xs:include schemaLocation="../main.xsd"/>
  <xs:complexType name="room">
    <xs:attribute name="entity" type="xs:anyURI" use="required"/>
    <xs:attribute name="version" type="xs:unsignedInt" use="required"/>
    <xs:attribute ref="xml:lang"/>
  </xs:complexType>
</xs:schema>`;

describe("the user's schemas", () => {
  before(async () => {
    provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
    await loadVerdict();
  });
  afterEach(async () => void (await provideUserSchemas([], () => Promise.reject(new Error('not asked')))));

  it('judge documents in the place of ours, with what they include, until they are taken away', async () => {
    assert.deepEqual(said(ROOM), []);
    const { problems } = await provide({ 'main.xsd': STRICTER, 'parts/types.xsd': TYPES });
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(said(ROOM), ['`version` is missing on `conference-info`.']);
    assert.match([...schemasInForce()!.values()].join(), /name="room"/);
    await provideUserSchemas([], () => Promise.reject(new Error('not asked')));
    assert.deepEqual(said(ROOM), []);
  });

  it('leave a bundled schema alone that needs what they do not have, and say so', async () => {
    const { problems } = await provide({ 'main.xsd': STRICTER, 'parts/types.xsd': TYPES });
    assert.deepEqual(
      problems.map(({ severity, uri }) => [severity, uri]),
      [['info', 'file:///w/main.xsd']],
    );
    assert.match(problems[0]!.message, /cccp\.xsd does not go together/);
    assert.match(said(`<request xmlns="${CCCP}"><deleteUser/></request>`).join(), /`userKeys` is missing/);
  });

  it('of a broken file are told at its line, and the bundled one stays in force', async () => {
    const broken = TYPES.replace('xs:unsignedInt', 'xs:unsignedInteger');
    const { problems, texts } = await provide({ 'main.xsd': STRICTER, 'parts/types.xsd': broken });
    const [problem] = problems;
    assert.equal(problems.length, 1);
    assert.equal(problem!.uri, 'file:///w/parts/types.xsd');
    assert.equal(problem!.message, 'There is no simple type definition `unsignedInteger`.');
    const line = texts.get(problem!.uri)!.slice(problem!.from, problem!.to);
    assert.equal(line, '<xs:attribute name="version" type="xs:unsignedInteger" use="required"/>');
    assert.deepEqual(said(ROOM), []);
  });

  it('that are no schemas, or for something else, are told of', async () => {
    const cases = {
      '<a/>': /begins with `schema` .* not with `a`/,
      '<xs:schema': /has no `>`|not declared/,
      [`<xs:schema ${XS} targetNamespace="urn:a"/>`]: /is for `urn:a`; the setting names it for/,
      [`<xs:schema ${XS}/>`]: /is for no namespace/,
      [STRICTER]: /`parts\/types.xsd` cannot be read; `include` needs it/,
    };
    for (const [text, message] of Object.entries(cases)) {
      const { problems } = await provide({ 'main.xsd': text });
      assert.match(problems[0]!.message, message);
      assert.deepEqual(said(ROOM), []);
    }
    assert.match((await provide({})).problems[0]!.message, /cannot be read/);
  });

  it('must not import a schema for another namespace under its name', async () => {
    const importing = BUNDLED.replace('conference-info-separator.xsd', 'other.xsd');
    const { problems, texts } = await provide({
      'main.xsd': importing,
      'other.xsd': `<xs:schema ${XS} targetNamespace="urn:a"/>`,
    });
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['`other.xsd` is a schema for `urn:a`, not for `urn:ietf:params:xml:ns:conference-info-separator`.'],
    );
    const [{ uri, from, to }] = problems as [(typeof problems)[0]];
    assert.equal(texts.get(uri)!.slice(from, to), 'other.xsd');
  });

  it('describe other namespaces, too: documents of them, and extensions', async () => {
    const own = `<xs:schema ${XS} targetNamespace="urn:own" elementFormDefault="qualified">
      <xs:element name="note" type="xs:unsignedInt"/></xs:schema>`;
    const schemas: UserSchema[] = [{ namespace: null, uri: 'file:///w/own.xsd' }];
    const { problems } = await provideUserSchemas(schemas, () => Promise.resolve(own));
    assert.deepEqual(problems, []);
    assert.match(said('<note xmlns="urn:own">x</note>').join(), /Expected a whole number/);
    const inside = ROOM.replace('/>', '><x:note xmlns:x="urn:own">x</x:note></conference-info>');
    assert.match(said(inside).join(), /Expected a whole number/);
  });

  it('may be ours, changed, with the commands that embed it', async () => {
    const changed = BUNDLED.replace(/<xs:attribute name="version".*?<\/xs:attribute>/s, '');
    const { problems } = await provide({ 'main.xsd': changed });
    assert.deepEqual(
      problems.filter(({ severity }) => severity !== 'hint'),
      [],
    );
    const command = `<request xmlns="${CCCP}" requestId="1" from="a" to="b"><addConference><conference-info xmlns="${CONFERENCE_INFO}" entity="" version="1"/></addConference></request>`;
    assert.match(said(command).join(), /`version` is not an attribute of `conference-info`/);
  });

  it('may redefine ours, and tie the parts of a document together', async () => {
    const redefining = `<xs:schema ${XS} xmlns:c="${CONFERENCE_INFO}" xmlns="${CONFERENCE_INFO}" targetNamespace="${CONFERENCE_INFO}" elementFormDefault="qualified">
      <xs:redefine schemaLocation="types.xsd">
        <xs:simpleType name="state-type"><xs:restriction base="state-type"><xs:enumeration value="full"/></xs:restriction></xs:simpleType>
      </xs:redefine>
    </xs:schema>`;
    const keyed = BUNDLED.replace(
      /(?<=<xs:element name="conference-info" type="conference-type">.*?)(?=<\/xs:element>)/s,
      `<xs:unique name="users-differ"><xs:selector xpath="ci:users/ci:user"/><xs:field xpath="@entity"/></xs:unique>`,
    ).replace('<xs:schema ', `<xs:schema xmlns:ci="${CONFERENCE_INFO}" `);
    const { problems } = await provide({ 'main.xsd': redefining, 'types.xsd': keyed });
    assert.deepEqual(problems, []);
    assert.deepEqual(said(ROOM.replace('/>', ' state="partial"/>')), ['Expected `full`, found `partial`.']);
    const twice = ROOM.replace('/>', '><users><user entity="a"/><user entity="a"/></users></conference-info>');
    assert.deepEqual(said(twice), ['`a` stands here a second time; `users-differ` must differ.']);
  });

  it('are used once for each namespace', async () => {
    const schemas = ['a', 'b', 'a'].map((name) => ({ namespace: CONFERENCE_INFO, uri: `file:///w/${name}.xsd` }));
    const read = (uri: string) =>
      /[ab]\.xsd$/.test(uri) ? Promise.resolve(BUNDLED) : Promise.reject(new Error('none'));
    const { problems } = await provideUserSchemas(schemas, read);
    assert.deepEqual(
      problems.map(({ uri, message }) => [uri, message]),
      [['file:///w/b.xsd', `Another schema is set for \`${CONFERENCE_INFO}\`; this one is not used.`]],
    );
  });

  it('may be anything: none of it is thrown', async () => {
    const place = fc.integer({ min: 0, max: BUNDLED.length });
    const piece = fc.constantFrom(
      '',
      '<',
      '"',
      'xs:',
      ' ref="x"',
      '<xs:include schemaLocation="main.xsd"/>',
      '\ud800',
      ']]>',
    );
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 0, max: 300 }), piece, async (from, length, inserted) => {
        const text = BUNDLED.slice(0, from) + inserted + BUNDLED.slice(from + length);
        const { problems } = await provide({ 'main.xsd': text });
        for (const { from: start, to } of problems) assert.ok(start >= 0 && start <= to && to <= text.length);
        assert.ok(Array.isArray(said(ROOM)));
      }),
      { numRuns: 100 },
    );
  });

  it('can be replaced often', async () => {
    for (let time = 0; time < 30; time++) {
      await Promise.all([
        provide({ 'main.xsd': STRICTER }),
        provide({ 'main.xsd': STRICTER, 'parts/types.xsd': TYPES }),
      ]);
    }
    assert.deepEqual(said(ROOM), ['`version` is missing on `conference-info`.']);
  });
});

describe('a location', () => {
  it('is looked for beside the file it stands in', () => {
    assert.equal(resolveUri('b.xsd', 'file:///w/a.xsd'), 'file:///w/b.xsd');
    assert.equal(resolveUri('../b c.xsd', 'file:///w/x/a.xsd'), 'file:///w/b%20c.xsd');
    assert.equal(resolveUri('..\\..\\b.xsd', 'vscode-vfs://github/o/r/a.xsd'), 'vscode-vfs://github/b.xsd');
    assert.equal(resolveUri('file:///v/b.xsd', 'file:///w/a.xsd'), 'file:///v/b.xsd');
    assert.equal(resolveUri('http://www.w3.org/2001/xml.xsd', 'file:///w/a.xsd'), null);
  });
});

function provide(files: Readonly<Record<string, string>>) {
  const read = (uri: string) => {
    const text = files[uri.replace('file:///w/', '')];
    return text === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(text);
  };
  return provideUserSchemas([{ namespace: CONFERENCE_INFO, uri: 'file:///w/main.xsd' }], read);
}

function said(text: string): string[] {
  return judged(text).map(({ message }) => message);
}
