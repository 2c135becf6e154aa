import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Folds } from './folds.ts';

test('retransmissions have no row while they are folded, but where a filter hides what they repeat', () => {
  const folds = new Folds();
  assert.equal(folds.visible(5, null), null, 'nothing to fold');
  folds.take([
    [2, 1],
    [3, 1],
    [5, 4],
  ]);
  assert.deepEqual(folds.visible(5, null), [1, 4]);
  assert.deepEqual(folds.visible(5, [3, 4, 5]), [3, 4]);
  folds.toggle(1);
  assert.deepEqual(folds.visible(5, null), [1, 2, 3, 4]);
  assert.equal(folds.reveal(5), true);
  assert.equal(folds.reveal(5), false);
  assert.deepEqual(folds.visible(5, null), [1, 2, 3, 4, 5]);
  folds.toggle(2);
  assert.deepEqual(folds.visible(5, null), [1, 4, 5], 'a retransmission closes the fold that it is in');
  folds.toggleAll();
  assert.equal(folds.visible(5, null), null);
});
