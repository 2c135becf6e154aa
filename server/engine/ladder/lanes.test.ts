import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { buildLadder, read } from '../engine.ts';
import { jsonLadder } from './json.ts';

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

it('says of a guess that it is one, and whom the headers name there', () => {
  const ladder = buildLadder(read(readFileSync(new URL('../../../test/e2e/two-legs.sip', import.meta.url), 'utf8')));
  const { lanes, rows } = ladder;
  assert.deepEqual(
    lanes.map(({ label, isGuess }) => `${label}${isGuess ? ' guessed' : ''}`),
    ['Alice', '192.0.2.9 guessed', 'Bob', 'Carol', 'example.com'],
  );
  const [first, , third] = rows;
  assert.deepEqual([first!.from, first!.to, first!.named], [0, 1, { from: 0, to: 2 }]);
  assert.deepEqual([third!.from, third!.to, third!.named], [1, 2, { from: 0, to: 2 }]);
  assert.deepEqual(rows[24]!.named, { from: -1, to: 2 }, 'nobody else is drawn for the PBX itself');
  assert.equal(rows[13]!.named, undefined);
  const json = JSON.parse(jsonLadder(ladder));
  assert.deepEqual(Object.keys(json.participants[1]), ['id', 'label', 'kind', 'uri', 'addresses', 'why']);
  assert.match(json.participants[1].why, /^Guessed: as Via and Contact tell, it takes the call of message 1 and makes/);
  assert.ok(!('named' in json.messages[0]));
});
