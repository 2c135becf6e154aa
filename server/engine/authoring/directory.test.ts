import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { directoryOf } from './directory.ts';
import type { Source } from './source.ts';
import { finished, traceSource, xmlSource } from './testing.ts';

const SAMPLE = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8');
const FLATTENED = readFileSync(new URL('../../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');

const listed = (source: Source) => finished(directoryOf(source));
/** Each entry with what stands at its place. */
const described = (source: Source) =>
  listed(source).map(({ kind, name, detail, locate }) => {
    const { from, to } = locate();
    return [kind, name, detail, source.text.slice(from, Math.min(to, from + 24))].filter(Boolean).join(' | ');
  });

describe('the directory', () => {
  for (const [form, text] of Object.entries({ plain: SAMPLE, flattened: FLATTENED }))
    it(`of the ${form} sample has its users, its conference and its calls`, () =>
      assert.deepEqual(described(traceSource(text)), [
        'user | Alice (alice@contoso.com) | sip:alice@contoso.com',
        'conference | conference 7ECB5F9BFFB1F343B36775DBA09E8038 of alice@contoso.com | sip:alice@contoso.com;gr',
        'user | Carol (carol@contoso.com) | sip:carol@contoso.com',
        'user | bob@contoso.com | sip:bob@contoso.com',
        'call | cfc48d02676c47379c7083eb783ad2ab | INFO, 4 messages | INFO sip:alice@contoso.c',
        'call | 87434074d1244e8d89881d1f8d243783 | BENOTIFY, 1 message | BENOTIFY sip:10.29.107.2',
        'call | 1e294f6aa2ff4fccaf796b2e7fb723be | BYE, 4 messages | BYE sip:alice@contoso.co',
        'call | 08501c03562b4515a1ad55e367dd503d | BYE, 4 messages | BYE sip:poola.topa.conto',
        'call | e4687f7cae464055aae47121f976c941 | BENOTIFY, 2 messages | BENOTIFY sip:10.29.107.2',
        'call | f41a3d199b074484b257db390ef4a60d | BENOTIFY, 2 messages | BENOTIFY sip:10.29.107.2',
      ]));

  it('has those whom only bodies name', () => {
    const roster =
      '<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:c@x"><users><user entity="sip:dave@x"/></users></conference-info>';
    assert.deepEqual(described(xmlSource(roster)), ['user | c@x | sip:c@x', 'user | dave@x | sip:dave@x']);
    const notify = `NOTIFY sip:x SIP/2.0\nCall-ID: 1\nContent-Type: application/conference-info+xml\n\n${roster}\n`;
    assert.deepEqual(described(traceSource(notify)).slice(1), [
      'user | dave@x | sip:dave@x',
      'call | 1 | NOTIFY, 1 message | NOTIFY sip:x SIP/2.0',
    ]);
  });

  it('leaves out servers, focus factories and what is no URI', () =>
    assert.deepEqual(
      listed(
        xmlSource(
          '<a a="sip:proxy.example.org" b="sip:a@x;gruu;opaque=app:conf:focusfactory" userEntity="alice" c="http://b@x"/>',
        ),
      ),
      [],
    ));
});
