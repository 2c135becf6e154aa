import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationWords } from './time.ts';

test('a length of time is told in the unit that suits it', () => {
  const told: Record<number, string> = {
    0: '0 ms',
    0.25: '0.3 ms',
    4: '4 ms',
    32.4: '32 ms',
    99.6: '0.1 s',
    324: '0.3 s',
    59940: '59.9 s',
    59960: '1 min',
    65000: '1 min 5 s',
    3599700: '1 h',
    7380000: '2 h 3 min',
  };
  for (const [milliseconds, words] of Object.entries(told)) assert.equal(durationWords(Number(milliseconds)), words);
});
