import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dedent } from './base/testing.ts';
import { slice } from './base/text.ts';
import { buildLadder, read } from './engine.ts';
import { normalizeTrace } from './normalize.ts';
import { unfold } from './sip/message.ts';
import { headerId } from './sip/registry.ts';

const sample = (name: string) => readFileSync(new URL(`../../samples/${name}`, import.meta.url), 'utf8');

describe('normalize', () => {
  const cases: Record<string, [string, string]> = {
    'names in full, folding undone, prose and time as comments': [
      `
      Then Alice calls.
      10:00:01.5
      OPTIONS sip:bob@example.org SIP/2.0
      v: SIP/2.0/UDP 192.0.2.1
       ;branch=z9hG4bK1
      FROM:<sip:alice@example.org>;tag=1
      X-odd : as it is
      cseq: 1 OPTIONS
      Subject:
      l: 0

      ----
      the end`,
      `
      # Then Alice calls.
      # 1970-01-01T10:00:01.500Z
      OPTIONS sip:bob@example.org SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.1 ;branch=z9hG4bK1
      From: <sip:alice@example.org>;tag=1
      X-odd: as it is
      CSeq: 1 OPTIONS
      Subject:
      Content-Length: 0

      # the end
      `,
    ],
    'in the order of time': [
      `
      10:00:02 SIP/2.0 200 OK
      CSeq: 1 OPTIONS

      10:00:01 OPTIONS sip:b@c SIP/2.0
      CSeq: 1 OPTIONS
      `,
      `
      # 1970-01-01T10:00:01.000Z
      OPTIONS sip:b@c SIP/2.0
      CSeq: 1 OPTIONS

      # 1970-01-01T10:00:02.000Z
      SIP/2.0 200 OK
      CSeq: 1 OPTIONS

      `,
    ],
    'an announced body that is missing': [
      `
      MESSAGE sip:b@c SIP/2.0
      Content-Type: text/plain

      `,
      `
      MESSAGE sip:b@c SIP/2.0
      Content-Type: text/plain


      `,
    ],
    'what is no header stays as it is': [
      `
      MESSAGE sip:b@c SIP/2.0
      CSeq: 1 MESSAGE
      Content Length: 5
      no colon

      `,
      `
      MESSAGE sip:b@c SIP/2.0
      CSeq: 1 MESSAGE
      Content Length: 5
      no colon

      `,
    ],
  };
  for (const [name, [from, to]] of Object.entries(cases))
    it(name, () => assert.equal(normalizeTrace(read(dedent(from))), dedent(to)));

  it('gives the sample in proper lines', () => {
    const flattened = read(sample('eject-user.flattened.txt'));
    assert.equal(normalizeTrace(flattened), sample('eject-user.sip'));
    assert.deepEqual(shown(sample('eject-user.sip')), shown(sample('eject-user.flattened.txt')));
  });

  it('loses nothing, and a second time changes nothing', () => {
    fc.assert(
      fc.property(trace(), (text) => {
        const once = normalizeTrace(read(text));
        assert.deepEqual(shown(once), shown(text));
        assert.equal(normalizeTrace(read(once)), once);
      }),
      { numRuns: 400 },
    );
  });

  it('never fails', () => {
    const text = sample('eject-user.sip');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(200), fc.string({ unit: 'binary', maxLength: 30 }), (at, cut, put) => {
        normalizeTrace(read(text.slice(0, at) + put + text.slice(at + cut)));
      }),
      { numRuns: 50 },
    );
  });
});

/** All that normalizing must keep. */
function shown(text: string): unknown {
  const reading = read(text);
  const { trace } = reading;
  const { lanes, rows } = buildLadder(reading);
  return {
    // Which message named a party first depends on their order in the file.
    lanes: lanes.map(({ why, ...lane }) => lane),
    messages: rows.map(({ line, length, ...row }) => {
      const message = trace.message(row.index - 1);
      const body = slice(message.text, message.body).replace(/\r\n?/g, '\n');
      return {
        ...row,
        start: slice(message.text, message.startLine).trim(),
        headers: message.headers.map((field) => [
          headerId(slice(message.text, field.name)),
          unfold(slice(message.text, field.value)),
        ]),
        captions: trace.captions(row.index - 1),
        body: body.replace(/\s+$/, ''),
      };
    }),
  };
}

/** Traces as people have them: any line ends, lengths right or wrong, prose and times between. */
function trace(): fc.Arbitrary<string> {
  const between = fc.constantFrom('', 'Then this happens.', '# noted', '10:00:01.25', '2024-05-01T10:00:00.123456Z');
  return fc
    .record({
      parts: fc.array(fc.record({ message: message(), between, gap: fc.constantFrom('\n', '\n\n') }), {
        minLength: 1,
        maxLength: 5,
      }),
      eol: fc.constantFrom('\n', '\r\n', '\r'),
      rest: between,
    })
    .map(({ parts, eol, rest }) => {
      // Equal long answers of one call would be taken for retransmissions.
      const texts = parts.map((part, at) => `${part.between}\n${part.message.replace('1@', `${at}@`)}${part.gap}`);
      return `${texts.join('')}${rest}`.replace(/\n/g, eol);
    });
}

const START = ['INVITE sip:bob@example.org SIP/2.0', 'BYE sip:b@c SIP/2.0', 'SIP/2.0 200 OK', 'SIP/2.0 481 Gone away'];
const ROWS = [
  'v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
  'FROM: "A" <sip:alice@example.org>\n ;tag=1',
  'to:<sip:bob@example.org>',
  'i: 1@example.org',
  'CSeq : 7 BYE',
  'Subject:',
  'X-more: a,  b',
];
const BODIES: [string, string][] = [
  ['', ''],
  ['application/sdp', 'v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n'],
  ['application/cccp+xml', '<?xml version="1.0"?>\n<request\n  a="1">\n\n  <b/>\n</request>'],
  ['application/cccp+xml', '<request> text\n# more\n</request>\n'],
  ['text/plain', 'hello'],
  ['text/plain', 'hello\n\nand more\n'],
  ['text/plain', 'Zürich → Köln\n🚆\n\n\n'],
  ['message/sipfrag', 'SIP/2.0 180 Ringing\n'],
  ['multipart/mixed;boundary=x', '--x\nContent-Type: text/plain\n\nhello\n--x--\n'],
];

function message(): fc.Arbitrary<string> {
  return fc
    .record({
      start: fc.constantFrom(...START),
      rows: fc.shuffledSubarray(ROWS, { minLength: 3 }),
      body: fc.constantFrom(...BODIES),
      length: fc.constantFrom('lf', 'crlf', 'short', 'long', 'none'),
    })
    .map(({ start, rows, body: [type, body], length }) => {
      const octets = Buffer.byteLength(length === 'crlf' ? body.replace(/\n/g, '\r\n') : body);
      const lines = [start, ...rows];
      if (type) lines.push(`c: ${type}`);
      const wrong = { short: -3, long: 100_000 }[length as string] ?? 0;
      if (length !== 'none') lines.push(`Content-Length: ${Math.max(0, octets + wrong)}`);
      return `${lines.join('\n')}\n\n${body}`;
    });
}
