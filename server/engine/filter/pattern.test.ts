import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readPattern } from './pattern.ts';

function matches(source: string, text: string): boolean {
  const pattern = readPattern(source);
  assert.ok(typeof pattern !== 'string', `${source}: ${pattern}`);
  return pattern.test(text);
}

describe('a regular expression', () => {
  it('matches as others do', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      'B',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\W',
      '[ab]',
      '[^a-c1]',
      '[\\d_-]',
      '\\b',
      '^',
      '$',
      '\\.',
      '\\x41',
      '(?:a|b1)',
      '(ab|)',
      '|',
    );
    const times = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '+?');
    const expression = fc
      .array(fc.tuple(piece, times), { maxLength: 7 })
      .map((parts) => parts.map(([one, more]) => (/^(?:\\b|[$^|])$/.test(one) ? one : one + more)).join(''));
    const text = fc
      .array(fc.constantFrom('a', 'b', 'A', '1', '.', ' ', '\n', '_', 'é', '-'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(expression, text, (source, input) => {
        assert.equal(
          matches(source, input),
          new RegExp(source, 'im').test(input),
          `/${source}/ in ${JSON.stringify(input)}`,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('looks at the part it is asked about', () => {
    const pattern = readPattern('^b+$');
    assert.ok(typeof pattern !== 'string' && pattern.test('abba', 1, 3) && !pattern.test('abba', 0, 3));
  });

  it('takes no longer for what makes others hang', () => {
    const text = `${'a'.repeat(20_000)}!`;
    for (const source of ['(a+)+$', '(a|a)*b', '(.*)*x', '(a?){50}a{50}b']) assert.equal(matches(source, text), false);
  });

  it('is refused in a sentence where it cannot be read', () => {
    const faults: Record<string, RegExp> = {
      '(': /“\)” is missing/,
      ')': /no “\(” before/,
      '*a': /nothing before “\*”/,
      '[a': /“\]” is missing/,
      '[b-a]': /runs backwards/,
      'a{3,2}': /second number is less/,
      '\\': /nothing follows/,
      '(((a{999}){999}){999})': /more than 2000 steps/,
      [`${'('.repeat(500)}a${')'.repeat(500)}`]: /more than 100 deep/,
      '^*': /cannot be repeated/,
    };
    for (const [source, why] of Object.entries(faults)) assert.match(String(readPattern(source)), why, source);
  });
});
