import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { annotate, dedent, strip } from '../base/testing.ts';
import { provideSchemas } from '../xml/schemas.ts';
import { loadVerdict } from '../xml/verdict.ts';
import type { Source } from './source.ts';
import { finished, traceSource, xmlSource } from './testing.ts';
import { tokensIn } from './tokens.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));

const sourceOf = (text: string) => (text.startsWith('<') ? xmlSource(text) : traceSource(text));
const tokens = (source: Source, part = { from: 0, to: source.text.length }) => finished(tokensIn(source, part));

function marked(annotated: string): string {
  const text = strip(annotated);
  const found = tokens(sourceOf(text));
  return annotate(
    text,
    found.map((one) => ({ ...one, message: [one.type, one.modifier].filter(Boolean).join(' ') })),
  );
}

const TEXTS: Readonly<Record<string, string>> = {
  'a request': `
    INFO sip:a@x.org:5060;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    ^^^^ method
         ^^^^^^^^^^^ variable focus
    Via: SIP/2.0/TLS h;branch=z9hG4bK1
                              ^^^^^^^^ label
    From: "sip:no@x" <sip:a@x.org;epid=1>;tag=2
                      ^^^^^^^^^^^ variable user
                                              ^ label
    To: <sip:a@x.org;opaque=app:conf:chat:id:7E>
         ^^^^^^^^^^^ variable mcu
    Route: <sip:p.x.org;lr>
            ^^^^^^^^^^^ variable server
    Call-ID: 1@a
             ^^^ label
    CSeq: 1 INFO
            ^^^^ method
    Subject: sip:a@x
`,
  'the class of a status': `
    SIP/2.0 180 Ringing
            ^^^ number provisional
    l: 0

    SIP/2.0 202 Accepted
            ^^^ number success
    l: 0

    SIP/2.0 481 Gone
            ^^^ number clientError
    l: 0

    SIP/2.0 999 Odd
            ^^^ number
    l: 0
`,
  'a command, its keys and what it names': `
    <request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" to="sip:a@x;opaque=app:conf:focus:id:7E">
                                                 ^^^^^^^^^ property
                                                            ^ label
                                                                   ^^^^^^^ variable focus
      <deleteUser>
       ^^^^^^^^^^ function
        <userKeys userEntity="sip:b@x"/>
         ^^^^^^^^ struct
                  ^^^^^^^^^^ property
                              ^^^^^^^ variable user
      </deleteUser>
        ^^^^^^^^^^ function
      <eraseUser/>
       ^^^^^^^^^ function unknown
    </request>
`,
  'elements that no schema knows': `
    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:c@x">
                                                                    ^^^^^^ property
                                                                            ^^^^^^^ variable user
      <users/>
      <x:own xmlns:x="urn:x"><x:more/></x:own>
       ^^^^^ class unknown
                              ^^^^^^ class unknown
                                        ^^^^^ class unknown
    </conference-info>
`,
  'names only, where no schema knows the root': `
    <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:a@x"><tuple/></presence>
                                                          ^^^^^^^^ variable user
`,
};

describe('tokens of', () => {
  before(() => loadVerdict());
  for (const [what, text] of Object.entries(TEXTS)) it(what, () => assert.equal(marked(text), dedent(text)));

  it('a message on one line stand where it stands', () => {
    const line =
      'INFO sip:b@x SIP/2.0 Via: SIP/2.0/UDP h From: <sip:a@x>;tag=1 Call-ID: 1 Content-Type: application/cccp+xml <request xmlns="urn:ietf:params:xml:ns:cccp"><ping/></request>';
    const found = tokens(traceSource(line)).map(({ from, to }) => line.slice(from, to));
    assert.deepEqual(found, ['INFO', 'sip:b@x', 'sip:a@x', '1', '1', 'ping']);
  });

  it('a name that was broken into two lines are none', () => {
    const torn = 'BYE sip:b@x SIP/2.0\n<allOneLine>\nFrom: <sip:al\nice@x>;tag=1\n</allOneLine>\nl: 0\n';
    const found = tokens(traceSource(torn)).map(({ from, to }) => torn.slice(from, to));
    assert.deepEqual(found, ['BYE', 'sip:b@x', '1']);
  });

  it('a part are those that touch it', () => {
    for (const source of [
      traceSource(readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8')),
      xmlSource(strip(TEXTS['a command, its keys and what it names']!)),
    ]) {
      const all = tokens(source);
      assert.deepEqual(
        all,
        [...all].sort((a, b) => a.from - b.from),
      );
      for (let from = 0; from < source.text.length; from += 97) {
        const part = { from, to: from + 200 };
        assert.deepEqual(
          tokens(source, part),
          all.filter((one) => one.from <= part.to && part.from <= one.to),
        );
      }
    }
  });
});
