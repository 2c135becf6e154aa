import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { cursor } from '../../base/testing.ts';
import { slice } from '../../base/text.ts';
import { rootModels } from '../../xml/model.ts';
import { provideSchemas } from '../../xml/schemas.ts';
import { loadVerdict } from '../../xml/verdict.ts';
import { traceSource, xmlSource } from '../testing.ts';
import { signatureAt } from './signature.ts';

provideSchemas((file) => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8'));
await loadVerdict();

const ROOT = '<request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info">';

/** The signature in use at `|` behind a root's start tag, its active parameter in `«»`. */
function shown(marked: string, root = ROOT, sourceOf = xmlSource): string | null {
  const { text, offset } = cursor(root + marked);
  const found = signatureAt(sourceOf(text), offset);
  if (!found) return null;
  const { label, parameters } = found.signatures[found.active]!;
  const active = found.activeParameter === null ? null : parameters[found.activeParameter]!;
  return active ? `${label.slice(0, active.from)}«${slice(label, active)}»${label.slice(active.to)}` : label;
}

const active = (marked: string, root?: string) => /«(.*)»/.exec(shown(marked, root) ?? '')?.[1] ?? null;

describe('the signature of a command', () => {
  it('is its element with attributes and children; what may be left out stands in brackets', () => {
    const [request, response] = signatureAt(xmlSource(`${ROOT}<deleteUser >`), ROOT.length + 12)!.signatures;
    assert.match(request!.label, /^request: <deleteUser>.* <userKeys .*\buserEntity\b.*\/>.* <\/deleteUser>$/);
    assert.match(response!.label, /^response: <deleteUser .*\[reason\].*>.* \[<ci:user\/>\].* <\/deleteUser>$/);
    assert.doesNotMatch(request!.documentation, /Reasons/);
    assert.match(response!.documentation, /Reasons of a failure: .*`userDoesntExist`/);
  });

  it('names its parameters at their places, each once', () => {
    for (const { local } of rootModels()[0]!.children) {
      const text = `${ROOT}<${local} `;
      for (const { label, parameters } of signatureAt(xmlSource(text), text.length)!.signatures) {
        const places = parameters.map(({ from }) => from);
        assert.deepEqual(
          places,
          [...new Set(places)].sort((a, b) => a - b),
          label,
        );
        for (const one of parameters) assert.equal(slice(label, one).split(':').at(-1), one.name.local);
      }
    }
  });

  it('is the one of the response in a response', () => {
    const root = ROOT.replace('request', 'response');
    assert.match(shown('<deleteUser |', root) ?? '', /^response: /);
    assert.equal(active('<deleteUser rea|son=""', root), 'reason');
  });

  it('stands in a body of a message, too', () => {
    const head = 'INFO sip:b@e SIP/2.0\nContent-Type: application/cccp+xml\n\n';
    assert.match(
      shown('<deleteUser |></deleteUser></request>', head + ROOT, traceSource) ?? '',
      /^request: <deleteUser>/,
    );
  });
});

const wanted: [title: string, text: string, parameter: string | null][] = [
  ['the child that must come next', '<addUser>|</addUser>', 'conferenceKeys'],
  ['behind a `<`, too', '<addUser><|', 'conferenceKeys'],
  ['behind another child', '<addUser><conferenceKeys/>|</addUser>', 'ci:user'],
  ['the child that is written', '<addUser><conference|Keys/></addUser>', 'conferenceKeys'],
  ['none where nothing must come', '<addUser><conferenceKeys/><ci:user/>|</addUser>', null],
  ['none in the name of the command', '<add|User/>', null],
  ['the attribute that is written', '<deleteUser><userKeys conf|Entity="x"/></deleteUser>', 'confEntity'],
  ['in its value, too', '<deleteUser><userKeys confEntity="x|"/></deleteUser>', 'confEntity'],
  ['the attribute that is not there yet', '<deleteUser><userKeys confEntity="x" |/></deleteUser>', 'userEntity'],
  [
    'the child with all its attributes',
    '<deleteUser><userKeys confEntity="x" userEntity="y" |/></deleteUser>',
    'userKeys',
  ],
];

describe('the active parameter is', () => {
  for (const [title, text, parameter] of wanted)
    it(title, () => {
      assert.ok(shown(text));
      assert.equal(active(text), parameter);
    });
});

describe('no signature is shown', () => {
  for (const text of [
    '|',
    '<|',
    '<deleteUser></delete|User>',
    '<addUser><ci:user><ci:roles>|</ci:roles></ci:user></addUser>',
    '<addUser><ci:user>|</ci:user></addUser>',
    '<nothing |/>',
    '<deleteUser><!-- | --></deleteUser>',
  ])
    it(`at ${text}`, () => assert.equal(shown(text), null));
  it('in other documents', () => {
    const root = '<conference-info xmlns="urn:ietf:params:xml:ns:conference-info">';
    assert.equal(shown('<users |', root), null);
    assert.equal(shown('<a |', '<request>'), null);
  });
  it('in a message on one line', () => {
    const line = `INFO sip:b@e SIP/2.0 Via: SIP/2.0/UDP h From: <sip:a@e>;tag=1 Call-ID: 1 Content-Type: application/cccp+xml ${ROOT}`;
    assert.equal(shown('<deleteUser |></deleteUser></request>', line, traceSource), null);
  });
});
