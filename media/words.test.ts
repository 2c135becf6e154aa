import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, plain } from './words.ts';

test('numbers are written as English writes them', () => {
  for (const number of [0, 7, 999, 1000, 12_345, 1_234_567, 1.5, 12_345.25])
    assert.equal(grouped(number), number.toLocaleString('en'));
  assert.equal(plain(2000, 'message'), '2,000 messages');
});
