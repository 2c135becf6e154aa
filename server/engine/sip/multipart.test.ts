import assert from 'node:assert/strict';
import { it } from 'node:test';
import { slice } from '../base/text.ts';
import { parseMessage } from './message.ts';
import { bodyParts } from './multipart.ts';

const rows: [name: string, head: string, body: string, parts: [string, string][]][] = [
  [
    'parts have the types their own headers give',
    'Content-Type: multipart/mixed;boundary=b',
    '--b\nContent-Type: application/sdp\nContent-ID: <1>\n\nv=0\n--b\nc: Text/Plain;charset=x\n\nhi\n--b--\n',
    [
      ['application/sdp', 'v=0'],
      ['text/plain', 'hi'],
    ],
  ],
  [
    'a part without headers is told by its content',
    'c: multipart/mixed;boundary="a b"',
    'preamble\n--a b\n\n<x/>\n--a b--\nepilogue',
    [['text/xml', '<x/>']],
  ],
  [
    'parts nest',
    'c: multipart/mixed;boundary=o',
    '--o\nc: multipart/alternative;boundary=i\n\n--i\nc: text/plain\n\na\n--i--\n--o\nc: text/html\n\nb\n--o--',
    [
      ['text/plain', 'a'],
      ['text/html', 'b'],
    ],
  ],
  [
    'a boundary that another begins with is not the other',
    'c: multipart/mixed;boundary=b',
    '--b\nc: text/plain\n\na\n--bc\n--b--',
    [['text/plain', 'a\n--bc']],
  ],
  [
    'an end that is cut off ends a part',
    'c: multipart/mixed;boundary=b',
    '--b\nc: text/plain\n\nhi',
    [['text/plain', 'hi']],
  ],
  ['a body that is not multipart is one part', 'c: text/plain', 'hi\n', [['text/plain', 'hi\n']]],
  ['an empty body has none', 'l: 0', '', []],
];

for (const [name, head, body, parts] of rows) {
  for (const end of ['\n', '\r\n']) {
    it(`${name} (${JSON.stringify(end)})`, () => {
      const text = `INVITE sip:a@example.org SIP/2.0\n${head}\n\n${body}`.replaceAll('\n', end);
      const found = bodyParts(parseMessage(text)).map((part) => [part.type, slice(text, part.body)]);
      assert.deepEqual(
        found,
        parts.map(([type, content]) => [type, content.replaceAll('\n', end)]),
      );
    });
  }
}

it('parts nested deeper than anybody sends are left as they are', () => {
  const nested = Array.from({ length: 5000 }, (_, n) => `--b${n}\nc: multipart/mixed;boundary=b${n + 1}\n\n`).join('');
  const text = `INVITE sip:a@example.org SIP/2.0\nc: multipart/mixed;boundary=b0\n\n${nested}`;
  assert.deepEqual(
    bodyParts(parseMessage(text)).map(({ type }) => type),
    ['multipart/mixed'],
  );
});
