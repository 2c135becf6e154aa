import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inSlices } from './slices.ts';

function* three(): Generator<number, string> {
  for (let step = 1; step <= 3; step++) yield step;
  return 'done';
}

test('a computation lets others in between its slices, and tells how far it is', async () => {
  const reached: number[] = [];
  assert.equal(
    await inSlices(
      three(),
      () => false,
      (step) => reached.push(step),
      0,
    ),
    'done',
  );
  assert.deepEqual(reached, [1, 2, 3], 'slices without a length are single steps');
  reached.length = 0;
  assert.equal(
    await inSlices(
      three(),
      () => false,
      (step) => reached.push(step),
    ),
    'done',
  );
  assert.deepEqual(reached, [], 'all of it is one usual slice');
});

test('a computation that is stopped ends between two slices', async () => {
  assert.equal(await inSlices(three(), () => true, undefined, 0), null);
});
