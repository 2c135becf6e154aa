import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Finder } from './finder.ts';

const WORDS = ['sip/', 'SIP read from ', ' bytes from ', '-> a', '----', 'aaaa', 'aaab'];

describe('the search for many words', () => {
  it('finds what a search for each of them finds first', () => {
    const finder = new Finder(WORDS);
    const piece = fc.oneof(fc.constantFrom(...WORDS, 'Sip/', 'a', '-', ' ', '\r\n'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(20), (pieces, from) => {
        const bytes = Buffer.from(pieces.join(''), 'latin1');
        const text = bytes.toString('latin1').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
        const places = WORDS.map((word) => text.indexOf(word.toLowerCase(), from));
        const first = Math.min(...places.filter((place) => place >= 0));
        const found = finder.find(bytes, from, bytes.length);
        assert.equal(found, Number.isFinite(first) ? first : -1);
        const expected = WORDS.flatMap((_, number) => (places[number] === found && found >= 0 ? [number] : []));
        if (found >= 0) assert.deepEqual([...finder.found], expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('looks no farther than it is told', () => {
    const finder = new Finder(['sip/']);
    const bytes = Buffer.from('xxsip/');
    assert.equal(finder.find(bytes, 0, 5), -1);
    assert.equal(finder.find(bytes, 0, 6), 2);
    assert.equal(finder.find(bytes, 3, 6), -1);
  });
});
