import assert from 'node:assert/strict';
import { it } from 'node:test';
import { buildLadder, read } from '../engine.ts';

const options = (n: number, time = '') =>
  `${time}OPTIONS sip:user${n + 1}@example.org SIP/2.0\nFrom: <sip:user${n}@example.org>;tag=1\nTo: <sip:user${n + 1}@example.org>\nCall-ID: c${n}\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n`;

it('puts the parties of a very wide trace beyond 500 into one lane', () => {
  const ladder = buildLadder(read(Array.from({ length: 700 }, (_, n) => options(n)).join('')));
  assert.equal(ladder.lanes.length, 501);
  assert.equal(ladder.lanes[500]!.label, '201 others');
  assert.equal(ladder.rows.at(-1)!.from, 500);
});

it('names the message that showed a party by its number in the order of time', () => {
  const ladder = buildLadder(read(`${options(5, '12:00:02.000\n')}${options(1, '12:00:01.000\n')}`));
  assert.deepEqual(
    ladder.lanes.map((lane) => `${lane.label}: ${lane.why}`),
    ['user1: From of message 1', 'user2: To of message 1', 'user5: From of message 2', 'user6: To of message 2'],
  );
});
