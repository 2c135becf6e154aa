import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editBetween } from './edit.ts';

test('an edit turns the text before into the text after', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'a'.repeat(5000)), { maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edit = editBetween(before, after) ?? { from: 0, oldTo: 0, newTo: 0 };
      assert.ok(edit.from <= edit.oldTo && edit.from <= edit.newTo);
      const changed = before.slice(0, edit.from) + after.slice(edit.from, edit.newTo) + before.slice(edit.oldTo);
      assert.equal(changed, after);
    }),
  );
});

test('equal texts give no edit, and an insertion is found where it is', () => {
  assert.equal(editBetween('same', 'same'), null);
  assert.deepEqual(editBetween('one two', 'one or two'), { from: 4, oldTo: 4, newTo: 7 });
});
