import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import {
  attributesFor,
  elementModel,
  mayStandHere,
  missingAttributes,
  missingChildren,
  placeFor,
  rootModels,
} from './model.ts';
import { readSchemaModel } from './readModel.ts';
import type { ElementModel } from './schemaModel.ts';
import { CCCP, CONFERENCE_INFO, provideSchemas } from './schemas.ts';
import { loadVerdict } from './verdict.ts';
import { parseXml, walk, type XmlElement } from './xml.ts';

const REQUEST = `<request xmlns="${CCCP}" xmlns:ci="${CONFERENCE_INFO}" requestId="1" from="a" to="b">`;
const ROOM = `<conference-info xmlns="${CONFERENCE_INFO}" xmlns:x="urn:x" entity="sip:r@example.org">`;

describe('the model of the bundled schemas', () => {
  before(async () => {
    provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
    await loadVerdict();
  });

  // `|` is the place; what may stand there in the vocabulary's own namespaces.
  const places: readonly (readonly [string, string])[] = [
    [`${REQUEST}<addUser>|</addUser></request>`, 'conferenceKeys'],
    [`${REQUEST}<addUser><conferenceKeys/>|</addUser></request>`, 'user'],
    [`${REQUEST}<addUser>|<ci:user/></addUser></request>`, 'conferenceKeys'],
    [`${REQUEST}<addUser><conferenceKeys/><ci:user/>|</addUser></request>`, ''],
    [
      `${REQUEST}<addUser><ci:user>|</ci:user></addUser></request>`,
      'display-text associated-aors roles languages cascaded-focus endpoint',
    ],
    [`${ROOM}|<conference-state/></conference-info>`, 'conference-description host-info'],
    [`${ROOM}<conference-state/>|<users/></conference-info>`, ''],
    [`${ROOM}<users>|</users></conference-info>`, 'user'],
    [`${ROOM}<users><user/>|<user/></users></conference-info>`, 'user'],
    [
      `${ROOM}<users><user><roles/>|<endpoint/><x:y/></user></users></conference-info>`,
      'languages cascaded-focus endpoint',
    ],
    [`${ROOM}<users><user><endpoint><call-info>|</call-info></endpoint></user></users></conference-info>`, 'sip'],
    [`${ROOM}<users><user><endpoint><call-info><x:y/>|</call-info></endpoint></user></users></conference-info>`, ''],
    [
      `${ROOM}<users><user><endpoint><call-info><sip>|<to-tag/></sip></call-info></endpoint></user></users></conference-info>`,
      'display-text call-id',
    ],
    [
      `${ROOM}<users><user><endpoint><call-info><sip><call-id/>|</sip></call-info></endpoint></user></users></conference-info>`,
      'from-tag',
    ],
    [
      `${ROOM}<users><user><wrong/>|<wrong/></user></users></conference-info>`,
      'display-text associated-aors roles languages cascaded-focus endpoint',
    ],
    [`${ROOM}<users><user><endpoint/>|<roles/></user></users></conference-info>`, 'endpoint'],
  ];
  for (const [text, expected] of places) {
    it(text.replace(/^<[^>]*>/, ''), () => assert.equal(offered(text), expected));
  }

  it('tells what may begin a document', () => {
    assert.deepEqual(
      rootModels().map(({ local }) => local),
      ['request', 'response', 'conference-info'],
    );
  });

  it('tells what is missing, and where', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['<addUser/>', '0 conferenceKeys, 0 user'],
      ['<addUser><ci:user/></addUser>', '0 conferenceKeys'],
      ['<addUser><conferenceKeys/></addUser>', '1 user'],
      ['<addUser><conferenceKeys/><ci:user/></addUser>', ''],
      ['<addUser><wrong/><ci:user/></addUser>', '1 conferenceKeys'],
    ];
    for (const [command, expected] of cases) {
      const element = elementAt(`${REQUEST}${command}</request>`, 1);
      const missing = missingChildren(elementModel(element)!, element.children);
      assert.equal(missing.map(({ at, model }) => `${at} ${model.local}`).join(', '), expected);
    }
    const { root } = parseXml(`<request xmlns="${CCCP}" to="b"/>`);
    const missing = missingAttributes(elementModel(root!)!, root!.attributes);
    assert.deepEqual(
      missing.map(({ local }) => local),
      ['requestId', 'from'],
    );
  });

  it('tells where a child belongs', () => {
    const user = elementAt(`${ROOM}<users><user><display-text/><endpoint/></user></users></conference-info>`, 2);
    const place = (local: string) =>
      placeFor(elementModel(user)!, user.children, { namespace: CONFERENCE_INFO, local });
    assert.deepEqual(['roles', 'endpoint', 'display-text', 'media'].map(place), [1, 2, null, null]);
  });

  it('knows attributes, their values and what is meant without them', () => {
    const user = elementModel(elementAt(`${ROOM}<users><user/></users></conference-info>`, 2))!;
    const state = user.attributes.find(({ local }) => local === 'state')!;
    assert.deepEqual(
      state.value.values.map(({ value }) => value),
      ['full', 'partial', 'deleted'],
    );
    assert.deepEqual([state.default, state.required, state.value.closed], ['full', false, true]);
    assert.equal(user.text, null);
    assert.equal(user.children.find(({ local }) => local === 'languages')?.model.text?.type, 'language');
    assert.equal(user.children.find(({ local }) => local === 'languages')?.model.text?.list, true);
  });
});

describe("a user's schema", () => {
  const model = (text: string, more: Record<string, string> = {}) =>
    readSchemaModel(new Map(Object.entries({ main: text, ...more }).map(([name, one]) => [name, parseXml(one)])));
  const schema = (content: string, attributes = 'targetNamespace="u" elementFormDefault="qualified"') =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="u" xmlns:u="u" ${attributes}>${content}</xs:schema>`;
  const children = (one: ElementModel | undefined) =>
    one?.children
      .map(({ local, required, repeats }) => `${local}${required ? '' : '?'}${repeats ? '*' : ''}`)
      .join(' ');

  it('may derive, group and substitute', () => {
    const { global } = model(
      schema(`
      <xs:element name="root" type="derived"/>
      <xs:complexType name="base"><xs:sequence><xs:element name="a"/></xs:sequence><xs:attribute name="x" use="required"/></xs:complexType>
      <xs:complexType name="derived"><xs:complexContent><xs:extension base="u:base">
        <xs:sequence><xs:group ref="g" minOccurs="0"/><xs:element ref="head" maxOccurs="2"/></xs:sequence>
        <xs:attributeGroup ref="ag"/></xs:extension></xs:complexContent></xs:complexType>
      <xs:group name="g"><xs:choice><xs:element name="b"/><xs:element name="c" maxOccurs="unbounded"/></xs:choice></xs:group>
      <xs:attributeGroup name="ag"><xs:attribute name="y" type="xs:boolean" default="true"/><xs:anyAttribute/></xs:attributeGroup>
      <xs:element name="head" abstract="true"/><xs:element name="one" substitutionGroup="head"/><xs:element name="two" substitutionGroup="one"/>`),
    );
    const root = global({ namespace: 'u', local: 'root' });
    assert.equal(children(root), 'a b? c?* one?* two?*');
    assert.deepEqual(
      root!.attributes.map(({ local, required }) => [local, required]),
      [
        ['x', true],
        ['y', false],
      ],
    );
    assert.equal(root!.openAttributes?.allows('urn:any'), true);
    assert.deepEqual(
      missingChildren(root!, []).map(({ model: one }) => one.local),
      ['a', 'one'],
    );
  });

  it('may restrict', () => {
    const { global } = model(
      schema(`
      <xs:complexType name="base"><xs:sequence><xs:element name="a" minOccurs="0"/><xs:element name="b"/></xs:sequence>
        <xs:attribute name="x"/><xs:attribute name="y"/></xs:complexType>
      <xs:element name="root"><xs:complexType><xs:complexContent><xs:restriction base="base"><xs:sequence><xs:element name="b"/></xs:sequence>
        <xs:attribute name="x" use="prohibited"/><xs:attribute name="y" use="required"/></xs:restriction></xs:complexContent></xs:complexType></xs:element>
      <xs:element name="text"><xs:complexType><xs:simpleContent><xs:extension base="colour"><xs:attribute name="x"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
      <xs:simpleType name="colour"><xs:union memberTypes="xs:string"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="red"/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>`),
    );
    const root = global({ namespace: 'u', local: 'root' })!;
    assert.equal(children(root), 'b');
    assert.deepEqual(
      root.attributes.map(({ local, required }) => [local, required]),
      [['y', true]],
    );
    const text = global({ namespace: 'u', local: 'text' })!.text!;
    assert.deepEqual([text.type, text.values.map(({ value }) => value), text.closed], ['string', ['red'], false]);
  });

  it('may have children in any order, and very many of them', () => {
    const { global } = model(
      schema(`
      <xs:element name="all"><xs:complexType><xs:all><xs:element name="a"/><xs:element name="b" minOccurs="0"/><xs:element name="c"/></xs:all></xs:complexType></xs:element>
      <xs:element name="many"><xs:complexType><xs:sequence><xs:element name="a" minOccurs="2000000" maxOccurs="4000000"/><xs:element name="b"/></xs:sequence></xs:complexType></xs:element>`),
    );
    const some = global({ namespace: 'u', local: 'all' })!;
    const of = (...locals: string[]) => locals.map((local) => ({ namespace: 'u', local }));
    assert.deepEqual(
      mayStandHere(some, of('c'), []).map(({ local }) => local),
      ['a', 'b'],
    );
    assert.deepEqual(
      mayStandHere(some, of('c'), of('a')).map(({ local }) => local),
      ['b'],
    );
    assert.deepEqual(
      missingChildren(some, of('b')).map(({ model: one }) => one.local),
      ['a', 'c'],
    );
    const many = global({ namespace: 'u', local: 'many' })!;
    const children = of(...Array.from({ length: 3000 }, () => 'a'));
    assert.deepEqual(
      mayStandHere(many, children, of('b')).map(({ local }) => local),
      ['a'],
    );
    assert.deepEqual(missingChildren(many, children), []);
  });

  it('may be spread over files, with and without a namespace of their own, and redefine', () => {
    const { global } = model(
      schema(`<xs:redefine schemaLocation="more"><xs:complexType name="t"><xs:complexContent><xs:extension base="t">
          <xs:sequence><xs:element name="b"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:redefine>
          <xs:element name="root" type="t"/>`),
      {
        more: '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:complexType name="t"><xs:sequence><xs:element name="a"/></xs:sequence></xs:complexType></xs:schema>',
      },
    );
    assert.equal(children(global({ namespace: 'u', local: 'root' })), 'a b');
  });

  it('may be made of itself, or of what is not there', () => {
    const { global, elements } = model(
      schema(`
      <xs:element name="a" type="t"/><xs:element name="b" type="nowhere"/><xs:element name="c" substitutionGroup="c"/>
      <xs:complexType name="t"><xs:complexContent><xs:extension base="t"><xs:sequence><xs:group ref="g"/><xs:element ref="a"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
      <xs:group name="g"><xs:sequence><xs:group ref="g"/><xs:group ref="none"/><xs:element ref="x:none"/></xs:sequence></xs:group>
      <xs:attributeGroup name="ag"><xs:attributeGroup ref="ag"/></xs:attributeGroup>
      <xs:element name="d"><xs:complexType><xs:attributeGroup ref="ag"/><xs:attribute ref="none"/></xs:complexType></xs:element>
      <xs:simpleType name="s"><xs:restriction base="s"/></xs:simpleType><xs:element name="e" type="s"/>
      ${'<xs:element name="f"><xs:complexType><xs:sequence>'.repeat(500)}`),
    );
    for (const one of elements) {
      assert.ok(Array.isArray(one.children));
      assert.ok(Array.isArray(attributesFor(one)));
      assert.ok(one.text === null || one.text.type);
    }
    assert.equal(global({ namespace: 'u', local: 'b' })!.openChildren, true);
  });

  it('speaks in its annotations', () => {
    const { global } = model(
      schema(`
      <xs:element name="root" type="t"/><xs:element name="other" type="t"><xs:annotation><xs:documentation>Own words.</xs:documentation></xs:annotation></xs:element>
      <xs:complexType name="t"><xs:annotation><xs:documentation source="RFC 1 §2">What it
        is.</xs:documentation><xs:documentation xml:lang="de">Was es ist.</xs:documentation></xs:annotation>
        <xs:attribute name="x"><xs:annotation><xs:documentation source="RFC 3">An x.</xs:documentation></xs:annotation></xs:attribute></xs:complexType>`),
    );
    const root = global({ namespace: 'u', local: 'root' })!;
    assert.deepEqual([root.documentation, root.spec], ['What it is.', 'RFC 1 §2']);
    assert.deepEqual([root.attributes[0]!.documentation, root.attributes[0]!.spec], ['An x.', 'RFC 3']);
    assert.equal(global({ namespace: 'u', local: 'other' })!.documentation, 'Own words.');
  });
});

/** The element of a text that is the nth in the order of the text. */
function elementAt(text: string, index: number): XmlElement {
  return [...walk(parseXml(text))][index]!;
}

/** What may stand at `|`, without what extends the vocabularies. */
function offered(marked: string): string {
  const at = marked.indexOf('|');
  const document = parseXml(marked.replace('|', ''));
  const around = [...walk(document)].filter(({ openTag, to }) => openTag.to <= at && at < to).at(-1)!;
  const siblings = around.children;
  const split = siblings.filter(({ to }) => to <= at).length;
  return mayStandHere(elementModel(around)!, siblings.slice(0, split), siblings.slice(split))
    .filter(({ namespace }) => namespace === CCCP || namespace === CONFERENCE_INFO)
    .map(({ local }) => local)
    .join(' ');
}
