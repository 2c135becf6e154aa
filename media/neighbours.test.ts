import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialogStarts, nearest } from './neighbours.ts';

test('dialogs are gone through by the first message that is shown of each', () => {
  const dialogs = Uint32Array.of(1, 2, 1, 0, 3, 2, 3);
  const all = dialogStarts(dialogs, { here: null, count: 7 });
  assert.deepEqual(all, [1, 2, 5]);
  const down = [0, 1, 2, 3, 5].map((message) => nearest(all, message, 1));
  assert.deepEqual(down, [1, 2, 5, 5, null]);
  const up = [1, 2, 3, 5, 7].map((message) => nearest(all, message, -1));
  assert.deepEqual(up, [null, 1, 2, 2, 5]);
  const some = dialogStarts(dialogs, { here: [3, 6, 7], count: 7 });
  assert.deepEqual(some, [3, 6, 7], 'of dialogs 1, 2 and 3');
  assert.equal(nearest(dialogStarts(new Uint32Array(0), { here: null, count: 7 }), 1, 1), null);
});

test('the next dialog of 700,000 messages is there at once', () => {
  const dialogs = Uint32Array.from({ length: 700_000 }, (_, at) => 1 + ((at * 7919) % 175_000));
  const starts = dialogStarts(dialogs, { here: null, count: dialogs.length });
  assert.equal(starts.length, 175_000);
  const before = performance.now();
  for (let message = 1; message < 700_000; message += 700) nearest(starts, message, message % 2 ? 1 : -1);
  assert.ok(performance.now() - before < 1000, 'a thousand of them take no more than a millisecond each');
});
