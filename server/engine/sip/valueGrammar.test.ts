import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage } from './message.ts';
import { isHost, isQValue, misfits } from './valueGrammar.ts';

// The edges of each grammar: values that fit, then values that do not.
const ROWS: [string, string[], string[]][] = [
  [
    'CSeq',
    ['1 INVITE', '0009\r\n  INVITE', '0 X-1.a'],
    ['INVITE', '1', '-1 INVITE', '1 INVITE x', '1 INV(ITE', '1,INVITE'],
  ],
  ['Expires', ['0', '4294967295', '007'], ['4294967296', '-1', '3600;x', '1.5', 'Thu, 01 Dec 1994 16:00:00 GMT']],
  ['Event', ['presence.winfo', 'refer;id=1', 'a-b_c!%*+`~\' ; x="a b"'], ['a b', 'a,b', '.a', 'a.', 'a..b', ';id=1']],
  ['Allow-Events', ['a,b , c.d', 'talk'], ['a b']],
  ['Max-Forwards', ['0', '255', '0068'], ['256', '-1', 'x', '70,70']],
  ['RSeq', ['1', '4294967295'], ['0', '4294967296', 'a']],
  ['MIME-Version', ['1.0', '1.0 (made by hand)'], ['2', '1', '1.0.0']],
  [
    'RAck',
    ['776656 1 INVITE', '1 0  INVITE', '4294967295\r\n 2147483647 INVITE'],
    ['1 INVITE', '0 1 INVITE', '1 2147483648 INVITE'],
  ],
  [
    'Retry-After',
    ['18000', '5 (busy (very))', '5(x);duration=3600', '120;a=b'],
    ['soon', '5 busy', '5;duration=x', '5;duration', '4294967296'],
  ],
  [
    'Session-ID',
    [
      'ab30317f1a784dc48ff824d0d3715d86',
      'ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000;logme',
    ],
    ['X-17', 'AB30317f1a784dc48ff824d0d3715d86', 'ab30317f1a784dc48ff824d0d3715d86;remote=1'],
  ],
  ['Timestamp', ['54', '54.', '54.21 0.3', '54.21 .3', '1 '], ['x', '.5', '1,5', '1 2 3', '-1']],
  [
    'Warning',
    ['399 h "text"', '370 devnull:5060 "a \\" b", 307 [2001:db8::1] ""', '399 Cisco CUBE 1.0 "x"'],
    ['1812 overture "In Progress"', '399 h text', '399 "text"', 'bad', '399 h "open'],
  ],
];

describe('values of headers', () => {
  const told = (name: string, value: string) =>
    misfits(parseMessage(`OPTIONS sip:a@h SIP/2.0\r\n${name}: ${value}\r\n\r\n`), name.toLowerCase()).length;
  for (const [name, right, wrong] of ROWS) {
    for (const value of right) it(`${name}: ${value}`, () => assert.equal(told(name, value), 0));
    for (const value of wrong) it(`${name}: ${value} breaks the grammar`, () => assert.equal(told(name, value), 1));
  }
  it('says nothing of what is empty, only stands for a value, or has no grammar of its own', () => {
    for (const [name, value] of [
      ['Expires', ''],
      ['Expires', '...'],
      ['RSeq', '[number]'],
      ['Subject', 'x'],
      ['X-Unknown', 'x'],
    ])
      assert.equal(told(name!, value!), 0);
  });
  it('takes time in proportion to the length of a value', () => {
    const long = 200_000;
    for (const value of [`399${' '.repeat(long)}x`, `399 ${'a '.repeat(long)}`, `399 h "${'\\'.repeat(long)}`])
      assert.equal(told('Warning', value), 1);
    for (const name of ['Timestamp', 'Retry-After', 'Event', 'RAck', 'CSeq', 'Session-ID'])
      for (const part of ['1', ' ', 'a', '1 ', '1.', '(']) assert.ok(told(name, `1${part.repeat(long)}|`) > 0);
  });
});

describe('parts of values', () => {
  it('a q-value has at most three decimals', () => {
    assert.deepEqual(['0', '0.', '0.123', '1', '1.000'].map(isQValue), [true, true, true, true, true]);
    assert.deepEqual(['', '2', '0.1234', '1.001', '.5', '-0.5', '1,0'].map(isQValue).includes(true), false);
  });
  it('a host is a name or an address', () => {
    for (const host of ['h', 'sbc_1.example.org', '192.0.2.1', '[2001:db8::9:1]', '[fe80::1%eth0]'])
      assert.ok(isHost(host));
    for (const host of ['', 'a b', '[2001:db8::1', '2001:db8::1', 'a@b', '[]']) assert.ok(!isHost(host), host);
  });
});
