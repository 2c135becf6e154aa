import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { annotate, cursor, dedent, strip } from '../base/testing.ts';
import { definitionAt } from './definition.ts';
import { finished, traceSource, xmlSource } from './testing.ts';

/** The text with the definition of what stands at `|` marked. */
function defined(marked: string, isXml = false): string {
  const { text, offset } = cursor(strip(marked));
  const found = finished(definitionAt(isXml ? xmlSource(text) : traceSource(text), offset));
  return annotate(text, found ? [{ ...found.name, message: 'here' }] : []);
}

const TRACES: Readonly<Record<string, string>> = {
  'of a response is its request': `
    INVITE sip:b@x SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^ here
    Call-ID: 1
    CSeq: 1 INVITE

    SIP/2.0 1|80 Ringing
    Call-ID: 1
    CSeq: 1 INVITE
`,
  'of its CSeq, too': `
    INVITE sip:b@x SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^ here
    Call-ID: 1
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Call-ID: 1
    CSeq: 1 |INVITE
`,
  'of a request is its final response': `
    INV|ITE sip:b@x SIP/2.0
    Call-ID: 1
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Call-ID: 1
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    ^^^^^^^^^^^^^^ here
    Call-ID: 1
    CSeq: 1 INVITE
`,
  'of a request without answer is nothing': `
    INV|ITE sip:b@x SIP/2.0
    Call-ID: 1
    CSeq: 1 INVITE
`,
  'of a tag is the first message that bears it': `
    INVITE sip:b@x SIP/2.0
    From: <sip:a@x>;tag=1
                        ^ here
    Call-ID: 1

    BYE sip:a@x SIP/2.0
    To: <sip:a@x>;tag=|1
    Call-ID: 1
`,
  'of a Call-ID and a branch, too': `
    INVITE sip:b@x SIP/2.0
    Via: SIP/2.0/UDP h;branch=z9
    Call-ID: 1@a
             ^^^ here

    ACK sip:a@x SIP/2.0
    Via: SIP/2.0/UDP h;branch=z9
    Call-ID: 1|@a
`,
  'of the name of a header is nothing': `
    INVITE sip:b@x SIP/2.0
    Fr|om: <sip:a@x>;tag=1
`,
  'of a user is the roster': `
    SUBSCRIBE sip:b@x SIP/2.0
    From: <sip:|a@x>;tag=1

    NOTIFY sip:a@x SIP/2.0
    From: <sip:b@x>;tag=2
    Content-Type: application/conference-info+xml

    <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:b@x"><users><user entity="sip:a@x"/></users></conference-info>
                                                                                                          ^^^^^^^ here
`,
};

const cccp = (name: string, attributes: string) => `<${name} xmlns="urn:ietf:params:xml:ns:cccp" ${attributes}/>`;
const info = (body: string) => `INFO sip:b@x SIP/2.0\nContent-Type: application/cccp+xml\n\n${body}\n\n`;
const sent = (name: string, id: string, from: string, to: string, code = '') =>
  info(cccp(name, `requestId="${id}" from="sip:${from}" to="sip:${to}"${code && ` code="${code}"`}`));

const CCCP: readonly [what: string, messages: readonly string[], expected: number][] = [
  [
    'of a request is its final response',
    [
      sent('request', '|7', 'a', 'f'),
      sent('response', '7', 'f', 'a', 'pending'),
      sent('response', '7', 'f', 'a', 'success'),
    ],
    3,
  ],
  ['of its name, too', [sent('req|uest', '7', 'a', 'f'), sent('response', '7', 'f', 'a', 'success')], 2],
  [
    'of a response is the last request before it',
    [
      sent('request', '7', 'a', 'f'),
      sent('request', '7', 'a', 'f'),
      sent('response', '7|', 'f', 'a'),
      sent('request', '7', 'a', 'f'),
    ],
    2,
  ],
  [
    'is not that of another sender',
    [
      sent('request', '7', 'c', 'f'),
      sent('request', '7', 'a', 'f'),
      sent('request', '7', 'c', 'f'),
      sent('response', '|7', 'f', 'a'),
    ],
    2,
  ],
  [
    'is found where a response does not say to whom',
    [sent('request', '7', 'a', 'f'), info(cccp('response', 'requestId="|7" code="failure"'))],
    1,
  ],
  ['of a request without response is itself', [sent('request', '|7', 'a', 'f'), sent('request', '7', 'c', 'f')], 1],
];

describe('the definition', () => {
  for (const [what, text] of Object.entries(TRACES))
    it(what, () => assert.equal(defined(text), dedent(text).replace('|', '')));

  for (const [what, messages, expected] of CCCP)
    it(`of CCCP: ${what}`, () => {
      const { text, offset } = cursor(messages.join(''));
      const source = traceSource(text);
      const found = finished(definitionAt(source, offset))!;
      assert.equal(text.slice(found.name.from, found.name.to), '7');
      assert.equal(source.reading.trace.indexAt(found.name.from) + 1, expected);
    });

  it('of what the schema knows is nothing', () => {
    const text = '<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1"><dele|teUser/></request>';
    assert.equal(defined(text, true), text.replace('|', ''));
  });

  it('stays in the document where it is one of its own', () => {
    const text = `
      <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:c@x"><users>
        <user entity="sip:a@x"/>
                      ^^^^^^^ here
        <user entity="sip:b@x"><endpoint><referred><by>sip:|A@X</by></referred></endpoint></user>
      </users></conference-info>
`;
    assert.equal(defined(text, true), dedent(text).replace('|', ''));
  });
});
