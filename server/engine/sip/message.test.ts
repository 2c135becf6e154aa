import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLinear } from '../../../test/cpuTime.ts';
import { dedent } from '../base/testing.ts';
import { slice } from '../base/text.ts';
import {
  contentType,
  hasBody,
  header,
  headerName,
  headers,
  headerValue,
  parseMessage,
  type SipMessage,
  unfold,
} from './message.ts';

describe('start line', () => {
  const rows: [string, string[]][] = [
    ['INVITE sip:bob@example.org SIP/2.0', ['request', 'INVITE', 'sip:bob@example.org', 'SIP/2.0']],
    // RFC 4475 §3.1.1.2: every character that a token may hold, and a version in the letter case nobody sends.
    [
      "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com sip/2.0",
      [
        'request',
        "!interesting-Method0123456789_*+`.%indeed'~",
        "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com",
        'sip/2.0',
      ],
    ],
    // §3.1.2.7 to §3.1.2.10: brackets, blanks inside, between and behind.
    ['INVITE <sip:user@example.com> SIP/2.0', ['request', 'INVITE', '<sip:user@example.com>', 'SIP/2.0']],
    ['INVITE sip:user@example.com; lr SIP/2.0', ['request', 'INVITE', 'sip:user@example.com; lr', 'SIP/2.0']],
    ['INVITE  sip:user@example.com  SIP/2.0', ['request', 'INVITE', 'sip:user@example.com', 'SIP/2.0']],
    ['\tOPTIONS sip:u@h SIP/2.0 \t', ['request', 'OPTIONS', 'sip:u@h', 'SIP/2.0']],
    ['OPTIONS sip:t.watson@example.org SIP/7.0', ['request', 'OPTIONS', 'sip:t.watson@example.org', 'SIP/7.0']],
    ['SIP/2.0 200 OK', ['response', '200', 'OK', 'SIP/2.0']],
    ['SIP/2.0 100 ', ['response', '100', '', 'SIP/2.0']],
    ['SIP/2.0 200', ['response', '200', '', 'SIP/2.0']],
    [
      'SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять',
      ['response', '200', '= 2**3 * 5**2 но сто девяносто девять', 'SIP/2.0'],
    ],
    [
      'SIP/2.0 4294967301 better not break the receiver',
      ['response', '4294967301', 'better not break the receiver', 'SIP/2.0'],
    ],
    ['SIP/2.0 200 SIP/2.0', ['response', '200', 'SIP/2.0', 'SIP/2.0']],
    ['SIP/2.0 OK', ['unknown']],
    ['OPTIONS sip:a@example.org', ['unknown']],
    ['OPTIONS SIP/2.0', ['unknown']],
    ['OPTIONS sip:a@example.org RTSP/1.0', ['unknown']],
    ['To: <sip:a@example.org> SIP/2.0', ['unknown']],
    ['', ['unknown']],
  ];
  for (const [line, expected] of rows) {
    it(JSON.stringify(line), () => assert.deepEqual(startLine(parseMessage(`${line}\r\n\r\n`)), expected));
  }
  it('comes behind empty lines (§7.5)', () => {
    const message = parseMessage('\r\n\r\n\r\nBYE sip:a@example.org SIP/2.0\r\n\r\n');
    assert.equal(message.startLine.from, 6);
    assert.equal(message.kind, 'request');
  });
  it('is found from the offset given', () => {
    const text = 'prose\nBYE sip:a@example.org SIP/2.0\nCSeq: 1 BYE\n\nmore prose';
    const message = parseMessage(text, 6, text.indexOf('more'));
    assert.deepEqual(startLine(message), ['request', 'BYE', 'sip:a@example.org', 'SIP/2.0']);
    assert.equal(message.body.to, text.indexOf('more'));
    assert.ok(!hasBody(message));
  });
});

describe('header section', () => {
  // RFC 4475 §3.1.1.1, the folds, blanks and compact forms of it.
  const torture = dedent(`
    INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
    TO :
     sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
    from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
      ;
      tag = 98asjd8
    MaX-fOrWaRdS: 0068
    CSeq: 0009
      INVITE
    Via  : SIP  /   2.0
     /UDP
        192.0.2.2;branch=390skdjuw
    s :
    NewFangledHeader:   newfangled value
     continued newfangled value
    v:  SIP  / 2.0  / TCP     spindle.example.com   ;
      branch  =   z9hG4bK9ikj8  ,
     SIP  /    2.0   / UDP  192.168.255.111   ; branch=
     z9hG4bK30239
    m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
          newvalue ;
      secondparam ; q = 0.33

    v=0
  `);
  const expected = [
    ['to', 'sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n'],
    ['from', '"J Rosenberg \\\\\\""       <sip:jdrosen@example.com> ; tag = 98asjd8'],
    ['max-forwards', '0068'],
    ['cseq', '0009 INVITE'],
    ['via', 'SIP  /   2.0 /UDP 192.0.2.2;branch=390skdjuw'],
    ['subject', ''],
    ['newfangledheader', 'newfangled value continued newfangled value'],
    [
      'via',
      'SIP  / 2.0  / TCP     spindle.example.com   ; branch  =   z9hG4bK9ikj8  , SIP  /    2.0   / UDP  192.168.255.111   ; branch= z9hG4bK30239',
    ],
    ['contact', '"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam = newvalue ; secondparam ; q = 0.33'],
  ];
  for (const [name, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`is read with folds, blanks and compact forms, lines ending in ${name}`, () => {
      const message = parseMessage(torture.replaceAll('\n', end));
      assert.deepEqual(
        message.headers.map((field) => [field.id, unfold(slice(message.text, field.value))]),
        expected,
      );
      assert.equal(slice(message.text, message.body), `v=0${end}`);
      assert.ok(message.blankLine);
      assert.deepEqual(message.stray, []);
    });
  }
  it('gives a header by its full name, in any spelling', () => {
    const message = parseMessage(torture);
    assert.equal(headerValue(message, 'max-forwards'), '0068');
    assert.equal(headerName(message, header(message, 'max-forwards')!), 'MaX-fOrWaRdS');
    assert.equal(headers(message, 'via').length, 2);
    assert.equal(headerValue(message, 'call-id'), undefined);
  });

  const ends: [string, string, { blankLine: boolean; stray: string[]; body: string }][] = [
    ['nothing behind the start line', '', { blankLine: false, stray: [], body: '' }],
    ['no empty line', 'l: 0\n', { blankLine: false, stray: [], body: '' }],
    ['an empty line of blanks', 'l: 0\n \t\nx', { blankLine: true, stray: [], body: 'x' }],
    ['XML at once', 'l: 5\n<a/>\n', { blankLine: false, stray: [], body: '<a/>\n' }],
    [
      'an XML declaration at once',
      'l: 5\n<?xml version="1.0"?>',
      { blankLine: false, stray: [], body: '<?xml version="1.0"?>' },
    ],
    ['SDP at once', 'l: 5\nv=0\no=- 1 1 IN IP4 h\n', { blankLine: false, stray: [], body: 'v=0\no=- 1 1 IN IP4 h\n' }],
    ['lines without a colon', 'l: 0\nhello\n: x\n\ny', { blankLine: true, stray: ['hello', ': x'], body: 'y' }],
    ['a body that looks like a header', 'l: 5\n\nTo: x', { blankLine: true, stray: [], body: 'To: x' }],
  ];
  for (const [name, rest, { blankLine, stray, body }] of ends) {
    it(`ends with ${name}`, () => {
      const message = parseMessage(`BYE sip:a@h SIP/2.0\n${rest}`);
      assert.equal(message.blankLine, blankLine);
      assert.deepEqual(
        message.stray.map((line) => slice(message.text, line)),
        stray,
      );
      assert.equal(slice(message.text, message.body), body);
    });
  }
});

describe('values', () => {
  it('folds become one blank', () => {
    assert.equal(unfold('a  \r\n\t b\n c'), 'a b c');
    assert.equal(unfold('a  b'), 'a  b');
  });
  it('the media type has no parameters and no capitals', () => {
    const message = parseMessage('BYE sip:a@h SIP/2.0\nc: Multipart/Mixed ;boundary="A;b"\n\n');
    assert.equal(contentType(message), 'multipart/mixed');
  });
  it('a body of white space is none', () => {
    assert.ok(!hasBody(parseMessage('BYE sip:a@h SIP/2.0\n\n \r\n\t')));
    assert.ok(hasBody(parseMessage('BYE sip:a@h SIP/2.0\n\n.')));
  });
});

describe('any input', () => {
  const units = [
    '"',
    '<',
    ' ',
    '\t ',
    '\r',
    '\n',
    ':',
    'x',
    'x\r\n',
    'a:\r\n b\r\n',
    '\0',
    '\ud800',
    ' SIP/2.0',
    '1',
    ' \n',
  ];
  for (const unit of units) {
    it(`a long run of ${JSON.stringify(unit)} is read in linear time`, async () => {
      for (const head of ['', 'INVITE ', 'SIP/2.0 200 ', 'BYE sip:a@h SIP/2.0\r\nTo: ']) {
        const text = (part: number) => `${head}${unit.repeat((400_000 / unit.length) * part)}x`;
        assert.ok(await isLinear((part) => parseMessage(text(part))));
        assert.equal(parseMessage(text(1)).to, text(1).length);
      }
    });
  }
});

function startLine(message: SipMessage): string[] {
  if (message.kind === 'unknown') return ['unknown'];
  const version = slice(message.text, message.at.version);
  return message.kind === 'request'
    ? ['request', message.method, slice(message.text, message.at.uri), version]
    : ['response', slice(message.text, message.at.status), slice(message.text, message.at.reason), version];
}
