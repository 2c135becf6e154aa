import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { annotate, cursor, dedent, strip } from '../base/testing.ts';
import { allOccurrences, type Occurrence, occurrenceAt, occurrencesOf } from './occurrences.ts';
import type { Source } from './source.ts';
import { finished, traceSource, xmlSource } from './testing.ts';

const SAMPLE = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8');
const FLATTENED = readFileSync(new URL('../../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');

/** All identifiers of a source, marked in its text with their kind, key and scope. */
function marked(source: Source): string {
  const marks = [...allOccurrences(source)].map(({ identifier: { kind, key, scope, declares }, at }) => ({
    ...at,
    message: [declares ? `${kind}!` : kind, key, scope && `in ${scope}`].filter(Boolean).join(' '),
  }));
  return annotate(source.text, marks);
}

const TRACES: Readonly<Record<string, string>> = {
  'start line, addresses, tags, branches and Call-ID': `
    INVITE sip:bob@biloxi.com SIP/2.0
           ^^^^^^^^^^^^^^^^^^ party sip:bob@biloxi.com
    Via: SIP/2.0/TCP a;branch=z9hG4bK1;received=1.2.3.4, SIP/2.0/UDP b;branch=z9hG4bK2
                              ^^^^^^^^ branch z9hG4bK1 in 1@a
                                                                              ^^^^^^^^ branch z9hG4bK2 in 1@a
    f: "Alice, <A>" <SIP:alice@Atlanta.com:5060;transport=tcp>;tag=x
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ party sip:alice@atlanta.com
                                                                   ^ tag x in 1@a
    To: sip:bob@biloxi.com
        ^^^^^^^^^^^^^^^^^^ party sip:bob@biloxi.com
    Call-ID: 1@a
             ^^^ call 1@a
    Contact: <sip:alice@a>;+sip.instance="<urn:uuid:1>";gruu="sip:alice@atlanta.com;opaque=user:epid:1;gruu"
              ^^^^^^^^^^^ party sip:alice@a
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ party sip:alice@atlanta.com
    Route: <sip:p.atlanta.com;lr>, <tel:+1-212;phone-context=x>
            ^^^^^^^^^^^^^^^^^^^^ party sip:p.atlanta.com
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ party tel:+1-212
    Replaces: 2@b;from-tag=y;to-tag=x
              ^^^ call 2@b
                           ^ tag y in 2@b
                                    ^ tag x in 2@b
    In-Reply-To: 3@c, 4@d
                 ^^^ call 3@c
                      ^^^ call 4@d
    Subject: sip:carol@chicago.com is away
`,
  'a focus and an MCU are one conference, their organizer is not': `
    INFO sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7E SIP/2.0
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ conference 7e
    From: <sip:alice@contoso.com;epid=1>;tag=
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ party sip:alice@contoso.com
    To: <sip:alice@contoso.com;gruu;opaque=app:conf:chat:id:7e>;tag=1
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ conference 7e
                                                                    ^ tag 1
`,
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  'a CCCP request': `
    <request xmlns="urn:ietf:params:xml:ns:cccp" requestId=" 12 " to="sip:a@x;opaque=app:conf:focus:id:7E" from='sip:b@x'>
                                                             ^^ request! 12 in 7e sip:b@x
                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ conference 7e
                                                                                                                 ^^^^^^^ party sip:b@x
      <modifyEndpointMedia xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions" mscp:mcuUri="sip:a@x;opaque=app:conf:audio-video:id:7E">
                                                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ conference 7e
        <mediaKeys confEntity="sip:a@x;opaque=app:conf:focus:id:7E" userEntity="sip:b&amp;c@x" endpointEntity="{ABC}" mediaId="1"/>
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ conference 7e
                                                                                ^^^^^^^^^^^^^ party sip:b&c@x
                                                                                                               ^^^^^ endpoint {abc}
                                                                                                                               ^ media 1 in {abc}
        <media xmlns="urn:ietf:params:xml:ns:conference-info" id="1"/>
                                                                  ^ media 1 in {abc}
      </modifyEndpointMedia>
      <setLobbyAccess><userEntity> sip:d@x </userEntity><access>granted</access></setLobbyAccess>
                                   ^^^^^^^ party sip:d@x
    </request>
`,
  'a roster': `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:conf@x">
                                                                            ^^^^^^^^^^ party! sip:conf@x
      <conference-description><conf-uris><entry><uri>tel:+1</uri></entry></conf-uris>
                                                     ^^^^^^ party tel:+1
        <conference-id xmlns="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions">7E</conference-id>
                                                                                           ^^ conference 7e
      </conference-description>
      <users><user entity="sip:b@x"><endpoint entity="sip:b@pc"><media id="1"/></endpoint>
                           ^^^^^^^ party! sip:b@x
                                                      ^^^^^^^^ party! sip:b@pc
                                                                           ^ media! 1 in sip:b@pc
        <endpoint entity="{ABC}"><call-info><sip><call-id>1@a</call-id><from-tag>x</from-tag><to-tag>y</to-tag></sip></call-info></endpoint>
                          ^^^^^ endpoint! {abc}
                                                          ^^^ call 1@a
                                                                                 ^ tag x in 1@a
                                                                                                     ^ tag y in 1@a
      </user></users>
    </conference-info>
`,
  'nothing in a document that names nothing': `
    <a xmlns="urn:x" entity="chat" requestId="1"><conference-id>1</conference-id><uri>http://example.org</uri></a>
`,
};

describe('identifiers of', () => {
  for (const [what, text] of Object.entries(TRACES))
    it(what, () => assert.equal(marked(traceSource(strip(text))), dedent(text)));
  for (const [what, text] of Object.entries(DOCUMENTS))
    it(what, () => assert.equal(marked(xmlSource(strip(text))), dedent(text)));
});

describe('the identifier at the cursor', () => {
  const at = (text: string) => {
    const { text: plain, offset } = cursor(text);
    const { identifier } = occurrenceAt(traceSource(plain), offset) ?? {};
    return identifier && `${identifier.kind} ${identifier.value}`;
  };
  const head = (call: string) => `BYE sip:b@x SIP/2.0\nFrom: <sip:a@x>;tag=1\n${call}\n`;
  it('is found at its start, inside and at its end', () => {
    assert.equal(at(head('Call-ID: |1@a')), 'call 1@a');
    assert.equal(at(head('Call-ID: 1|@a')), 'call 1@a');
    assert.equal(at(head('Call-ID: 1@a|')), 'call 1@a');
  });
  it('is none on the names of headers and between messages', () => {
    assert.equal(at(head('Call-|ID: 1@a')), undefined);
    assert.equal(at(`# sip:|a@x\n${head('Call-ID: 1@a')}`), undefined);
  });
});

describe('occurrences', () => {
  const all = (source: Source, wanted: Occurrence) => finished(occurrencesOf(source, wanted.identifier));
  const written = (source: Source, words: string) => {
    const found = all(source, occurrenceAt(source, source.text.indexOf(words) + 1)!);
    return found.map(({ at, message }) => `${message ? message.index + 1 : 0} ${source.text.slice(at.from, at.to)}`);
  };

  for (const [form, text] of Object.entries({ plain: SAMPLE, flattened: FLATTENED }))
    it(`of a user in the ${form} sample are in headers, keys and rosters`, () => {
      const found = written(traceSource(text), 'sip:carol@contoso.com');
      const messages = new Set(found.map((one) => Number.parseInt(one, 10)));
      assert.deepEqual([...messages], [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17]);
      assert.ok(found.includes('12 sip:carol@contoso.com;opaque=user:epid:d7NL6_mHNFSL3I1rbITi2gAA;gruu'));
    });

  it('of a requestId are those of its request and response', () =>
    assert.deepEqual(written(traceSource(SAMPLE), '63022864'), ['1 63022864', '14 63022864']));

  it('are looked for in letters of either case, with escapes', () => {
    const request = (to: string, from: string) =>
      `<request xmlns="urn:ietf:params:xml:ns:cccp" to="${to}" from="${from}"/>`;
    const message = (uri: string) =>
      `INFO ${uri} SIP/2.0\nContent-Type: application/cccp+xml\n\n${request(uri, 'sip:x&amp;y@z')}\n`;
    const source = traceSource(message('sip:Bob@X') + message('sip:bob@x') + message('sip:bobby@x'));
    assert.deepEqual(written(source, 'sip:Bob@X'), ['1 sip:Bob@X', '1 sip:Bob@X', '2 sip:bob@x', '2 sip:bob@x']);
    assert.equal(written(source, 'sip:x&amp;y').length, 3);
  });

  it('of a tag stay in its call', () => {
    const bye = (call: string) => `BYE sip:b@x SIP/2.0\nFrom: <sip:a@x>;tag=1\nCall-ID: ${call}\n\n`;
    assert.deepEqual(written(traceSource(bye('1@a') + bye('2@a') + bye('1@a')), '1\nCall'), ['1 1', '3 1']);
  });
});
