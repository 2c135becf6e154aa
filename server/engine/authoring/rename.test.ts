import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { cursor, dedent } from '../base/testing.ts';
import { lintText } from '../engine.ts';
import { rename, renamingAt } from './rename.ts';
import { applied, finished, traceSource, xmlSource } from './testing.ts';

const SAMPLE = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8');
const FLATTENED = readFileSync(new URL('../../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');

/** The text after what stands at `|` has got another name, or why not. */
function renamed(marked: string, name: string): string {
  const { text, offset } = cursor(dedent(marked));
  const source = text.trimStart().startsWith('<') ? xmlSource(text) : traceSource(text);
  const result = finished(rename(source, offset, name));
  return 'refusal' in result ? result.refusal : applied(text, result.edits);
}

/** What the editor asks about at `|`: the name in brackets, and what the box begins with. */
function offered(marked: string): string | null {
  const { text, offset } = cursor(dedent(marked));
  const source = text.trimStart().startsWith('<') ? xmlSource(text) : traceSource(text);
  const found = renamingAt(source, offset);
  return found && `${text.slice(found.at.from, found.at.to)} → ${found.name}`;
}

const NS = 'xmlns="urn:ietf:params:xml:ns:cccp"';

describe('a rename', () => {
  it('of a user changes request lines, headers and bodies with their lengths, and no parameters', () =>
    assert.equal(
      renamed(
        `
        INFO sip:carol@x;transport=tls SIP/2.0
        From: "Carol" <sip:|carol@x;opaque=user:epid:1;gruu>;tag=1
        To: sips:Carol@X:5061;tag=2
        Contact: <sip:carol@10.0.0.1>;gruu="sip:carol@x;opaque=user:epid:1;gruu"
        Referred-By: <sip:caroline@x>
        Content-Type: application/cccp+xml
        Content-Length: 98

        <request ${NS} from="sip:carol@x" to='sip:a@x;opaque=app:conf:focus:id:1'/>
`,
        'sip:zoe@example.org',
      ),
      dedent(`
        INFO sip:zoe@example.org;transport=tls SIP/2.0
        From: "Carol" <sip:zoe@example.org;opaque=user:epid:1;gruu>;tag=1
        To: sips:zoe@example.org:5061;tag=2
        Contact: <sip:carol@10.0.0.1>;gruu="sip:zoe@example.org;opaque=user:epid:1;gruu"
        Referred-By: <sip:caroline@x>
        Content-Type: application/cccp+xml
        Content-Length: 106

        <request ${NS} from="sip:zoe@example.org" to='sip:a@x;opaque=app:conf:focus:id:1'/>
`),
    ));

  it('writes references where XML needs them, and takes them for what they mean', () => {
    const request = (user: string, quote = '"') =>
      `<request ${NS} requestId="1" from=${quote}${user}${quote} to="sip:b@x"/>`;
    assert.equal(renamed(request('sip:|a@x'), "sip:d&d'e@x"), request('sip:d&amp;d&apos;e@x'));
    assert.equal(renamed(request('sip:|d&amp;d@x;gruu', "'"), 'sip:a@x'), request('sip:a@x;gruu', "'"));
    assert.equal(
      renamed(`<r><a>sip:a@x</a><b><![CDATA[ sip:|a@x ]]></b></r>`, 'sip:d&d@x'),
      '<r><a>sip:d&amp;d@x</a><b><![CDATA[ sip:d&d@x ]]></b></r>',
    );
  });

  it('of a conference reaches its focus, its MCUs and its id, and leaves the organizer alone', () =>
    assert.equal(
      renamed(
        `
        <request ${NS} to="sip:a@x;gruu;opaque=app:conf:focus:id:|7E" from="sip:a@x">
          <getConference><conferenceKeys xmlns:m="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" m:conference-id="7e"/></getConference>
          <addUser mcuUri="sip:a@x;gruu;opaque=app:conf:chat:id:7E;x=1"/>
        </request>`,
        'sip:b@y;gruu;opaque=app:conf:focus:id:ABC',
      ),
      dedent(`
        <request ${NS} to="sip:b@y;gruu;opaque=app:conf:focus:id:ABC" from="sip:a@x">
          <getConference><conferenceKeys xmlns:m="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions" m:conference-id="ABC"/></getConference>
          <addUser mcuUri="sip:b@y;gruu;opaque=app:conf:chat:id:ABC;x=1"/>
        </request>`),
    ));

  it('of a requestId reaches the response, not the request of somebody else', () => {
    const sent = (name: string, id: string, from: string, to: string) =>
      `INFO sip:x@y SIP/2.0\nContent-Type: application/cccp+xml\nl: 9\n\n<${name} ${NS} requestId="${id}" from="sip:${from}" to="sip:${to}"/>\n\n`;
    const all = (id: string, length: number) =>
      sent('request', id, 'a@x', 'f@x').replace('l: 9', `l: ${length}`) +
      sent('request', '7', 'b@x', 'f@x') +
      sent('response', id, 'f@x', 'a@x').replace('l: 9', `l: ${length}`);
    assert.equal(renamed(all('7', 9).replace('"7"', '"|7"'), '1"2'), all('1&quot;2', 16));
  });

  it('keeps a sip URI and a sips URI apart, and adds the scheme that was left out', () =>
    assert.equal(
      renamed('BYE sip:a@x SIP/2.0\nFrom: <SIPS:|a@x>\n', 'b@y'),
      'BYE sip:b@y SIP/2.0\nFrom: <SIPS:b@y>\n',
    ));

  for (const [where, name, words] of [
    ['BYE sip:|a@x SIP/2.0\nl: 0\n', 'sip:a b@x', /“sip:a b@x” cannot be the name: a SIP address as/],
    ['BYE sip:|a@x SIP/2.0\nl: 0\n', 'sip:a;b@x', /%XX/],
    ['BYE sip:|a@x SIP/2.0\nl: 0\n', '', /cannot be the name/],
    ['BYE sip:|x SIP/2.0\nl: 0\n', 'sip:y', /no user, conference or request/],
    [
      'BYE sip:a@x;opaque=app:conf:focus:id:|7 SIP/2.0\nl: 0\n',
      'sip:a@x',
      /the URI of a conference as sip:a@x;opaque=app:conf:focus:id:7 is/,
    ],
    [
      'BYE sip:a@x;opaque=app:conf:focus:id:|7 SIP/2.0\nl: 0\n',
      'sip:a@x;opaque=app:conf:chat:id:7',
      /;opaque=app:conf:focus:id: must stay/,
    ],
    ['BYE sip:b@x SIP/2.0\nCall-ID: |1\n', '2', /no user, conference or request/],
  ] as const)
    it(`to ${JSON.stringify(name)} of ${JSON.stringify(where)} is refused`, () =>
      assert.match(renamed(where, name), words));

  it('is refused where a message was broken for print inside the name', () => {
    const torn =
      'BYE sip:b@x SIP/2.0\nFrom: <sip:al|ice@x>\nl: 0\n\nBYE sip:b@x SIP/2.0\n<allOneLine>\nFrom: <sip:al\nice@x>\n</allOneLine>\nl: 0\n\n';
    assert.equal(renamed(torn, 'sip:b@y'), 'The name is broken into two lines in message 2.');
  });

  for (const [form, text] of Object.entries({ plain: SAMPLE, flattened: FLATTENED }))
    it(`of a user there and back changes nothing in the ${form} sample`, async () => {
      const there = renamed(text.replace('sip:carol@', 'sip:|carol@'), 'sip:z%C3%A9@contoso.example');
      assert.doesNotMatch(there, /carol@/);
      const count = async (one: string) => (await lintText(one)).lint.problems.length;
      assert.equal(await count(there), await count(text));
      assert.equal(renamed(there.replace('sip:z%', 'sip:|z%'), 'sip:carol@contoso.com'), text);
    });
});

describe('what can be renamed', () => {
  const cases: readonly [string, string | null][] = [
    ['BYE sip:b@x:5060;transport=|tls SIP/2.0\nl: 0\n', 'sip:b@x → sip:b@x'],
    [
      'BYE sip:a@x;opaque=app:conf:|focus:id:7E;gruu SIP/2.0\nl: 0\n',
      'sip:a@x;opaque=app:conf:focus:id:7E → sip:a@x;opaque=app:conf:focus:id:7E',
    ],
    ['BYE tel:|+1;phone-context=x SIP/2.0\nl: 0\n', 'tel:+1 → tel:+1'],
    [`<request ${NS} requestId=" |1 "/>`, '1 → 1'],
    [`<request ${NS} from="sip:d&amp;|d@x;gruu"/>`, 'sip:d&amp;d@x;gruu → sip:d&d@x'],
    ['BYE sip:b@x SIP/2.0\nFrom: <sip:a@x>;tag=|1\n', null],
    ['BYE sip:b@x SIP/2.0\nFr|om: <sip:a@x>;tag=1\n', null],
    [`<request ${NS}><delete|User/></request>`, null],
  ];
  for (const [marked, expected] of cases) it(marked, () => assert.equal(offered(marked), expected));
});
