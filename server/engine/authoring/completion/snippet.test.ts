import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { choice, literal, plainOf, stop } from './snippet.ts';

const text = fc.string({ unit: fc.constantFrom('$', '}', '{', '\\', ',', '|', ':', '1', 'a') });

test('any text comes through a snippet as it is', () => {
  fc.assert(
    fc.property(text, text, text, (before, inside, behind) => {
      assert.equal(plainOf(literal(before)), before);
      assert.equal(plainOf(literal(before) + stop(1, inside) + literal(behind)), before + inside + behind);
      const two = choice(2, [inside, behind]);
      assert.equal(plainOf(literal(before) + two + literal(behind)), before + inside + behind);
    }),
  );
});

test('a snippet is written as editors read it', () => {
  assert.equal(literal('a$b}c\\d'), 'a\\$b\\}c\\\\d');
  assert.equal(stop(1), `\${1}`);
  assert.equal(stop(2, '{7E}'), `\${2:{7E\\}}`);
  assert.equal(choice(3, ['{7E}', 'a,b|c']), `\${3|{7E},a\\,b\\|c|}`);
});
