import assert from 'node:assert/strict';
import { it } from 'node:test';
import { read } from './engine.ts';
import { mergeTraces, skewWords, whyNotMerged } from './merge.ts';
import { readText } from './trace/text.ts';

const request = (method: string, cseq: number, via = 'a.example.org') => `${method} sip:bob@example.org SIP/2.0
Via: SIP/2.0/UDP ${via};branch=z9hG4bK${cseq}
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.org>
Call-ID: one
CSeq: ${cseq} ${method}
Content-Length: 0

`;
const answer = (cseq: number, method: string) =>
  request(method, cseq)
    .replace(/^.*\n/, 'SIP/2.0 200 OK\n')
    .replace('<sip:bob@example.org>\nC', '<sip:bob@example.org>;tag=2\nC');

const at = (time: string, message: string) => `# 2026-01-05T09:30:${time}Z\n${message}`;
const part = (name: string, ...messages: string[]) => ({ name, trace: readText(messages.join('\n')) });

const a = part(
  'a.log',
  at('10.000', request('INVITE', 1)),
  at('10.500', request('INVITE', 1)),
  at('11.000', answer(1, 'INVITE')),
  at('12.000', request('BYE', 2)),
);
/** The other side, whose clock is 2.2 s behind, saw the INVITE pass on to a proxy, too. */
const b = part(
  'b.log',
  at('07.810', request('INVITE', 1)),
  at('07.900', request('INVITE', 1, 'proxy.example.org')),
  at('08.310', request('INVITE', 1).replaceAll('\n', '\r\n')),
  at('08.790', answer(1, 'INVITE')),
);

const rows = (text: string) => {
  const { trace } = read(text);
  return Array.from({ length: trace.count }, (_, index) => [
    trace.method(index),
    new Date(trace.columns.timeOf(index)!).toISOString().slice(17, -1),
    trace.columns.copiesOf(index),
  ]);
};

it('folds what both files saw into one message, tells how far the clocks are apart, and changes no time unasked', () => {
  const { text, files, seen } = mergeTraces([a, b], 'as written');
  assert.deepEqual(rows(text), [
    ['INVITE', '07.900', 1],
    ['INVITE', '10.000', 2],
    ['INVITE', '10.500', 2],
    ['INVITE', '11.000', 2],
    ['BYE', '12.000', 1],
  ]);
  assert.deepEqual(
    files.map(({ name, format, messages, clock }) => [name, format, messages, clock]),
    [
      ['a.log', 'plain', 4, null],
      ['b.log', 'plain', 4, { milliseconds: -2190, pairs: 3 }],
    ],
  );
  assert.equal(skewWords(files[1]!.clock!), '2.2 s behind (3 messages were seen in both)');
  assert.deepEqual(
    seen[1]!.map(({ file, time }) => [file, new Date(time!).toISOString().slice(17, -1)]),
    [
      [0, '10.000'],
      [1, '07.810'],
    ],
  );
});

it('puts the times of the other files right where that is asked for', () => {
  const { text } = mergeTraces([a, b], 'aligned');
  assert.deepEqual(
    rows(text).map(([method, time]) => [method, time]),
    [
      ['INVITE', '10.000'],
      ['INVITE', '10.090'],
      ['INVITE', '10.500'],
      ['INVITE', '11.000'],
      ['BYE', '12.000'],
    ],
  );
});

it('says why traces cannot be merged', () => {
  const timeless = part('plain.sip', request('INVITE', 1));
  const undated = part('clock.log', `09:30:10.000 \n${request('INVITE', 1)}`);
  assert.equal(whyNotMerged([a, b]), null);
  assert.match(whyNotMerged([a, timeless]) ?? '', /^plain\.sip: its messages have no times/);
  assert.match(whyNotMerged([a, undated]) ?? '', /^clock\.log: its times have no dates/);
});
