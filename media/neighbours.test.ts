import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstOfDialog } from './neighbours.ts';

test('dialogs are gone through by the first message that is shown of each', () => {
  const dialogs = [1, 2, 1, 0, 3, 2, 3];
  const all = { here: null, count: 7 };
  const down = [0, 1, 2, 3, 5].map((message) => firstOfDialog(dialogs, all, message, 1));
  assert.deepEqual(down, [1, 2, 5, 5, null]);
  const up = [1, 2, 3, 5, 7].map((message) => firstOfDialog(dialogs, all, message, -1));
  assert.deepEqual(up, [null, 1, 2, 2, 5]);
  const some = { here: [3, 6, 7], count: 7 };
  assert.equal(firstOfDialog(dialogs, some, 3, 1), 6, 'the first one shown of dialog 2');
  assert.equal(firstOfDialog(dialogs, some, 7, -1), 6);
  assert.equal(firstOfDialog([], all, 1, 1), null);
});
