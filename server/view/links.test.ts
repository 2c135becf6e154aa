import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { read } from '../engine/engine.ts';
import { linksOf } from './links.ts';

const reading = read(readFileSync(new URL('../../samples/eject-user.sip', import.meta.url), 'utf8'));
const texts = (message: number) => linksOf(reading, message - 1).map((link) => link.text);

it('links a request with its answer and a conference command with its final response', () => {
  assert.deepEqual(texts(1), ['answered by 2', 'command answered by 14']);
  assert.deepEqual(texts(14), ['answered by 15', 'answers the command of 1']);
  assert.deepEqual(texts(9), ['answers 5']);
  assert.deepEqual(texts(3), []);
});
