import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editDistance, nearest } from './text.ts';

describe('edits between two words', () => {
  const rows: [string, string, number][] = [
    ['INVITE', 'INVITE', 0],
    ['INVTE', 'INVITE', 1],
    ['spi', 'sip', 1],
    ['presnece', 'presence', 1],
    ['ca', 'abc', 3],
    ['tel', 'sip', 3],
    ['conference', 'dialog', 4],
  ];
  for (const [a, b, distance] of rows)
    it(`${a} to ${b}: ${distance}`, () => assert.equal(editDistance(a, b, 3), distance));
});

describe('the nearest name', () => {
  const rows: [string, string | undefined][] = [
    ['spi', 'sip'],
    ['SIPS', 'sips'],
    ['isbn', undefined],
    ['conferense', 'conference'],
  ];
  for (const [word, name] of rows)
    it(`${word}: ${name}`, () => assert.equal(nearest(word, ['sip', 'sips', 'tel', 'conference']), name));
});
