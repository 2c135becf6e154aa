import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptWith, MOST_TRACES } from './keptLast.ts';

test('of 500 traces is kept what was told, of those that it was told of last', () => {
  let kept: Record<string, number> = {};
  for (let number = 1; number <= MOST_TRACES; number++) kept = keptWith(kept, `file:///${number}.sip`, number);
  assert.equal(Object.keys(kept).length, 500);
  kept = keptWith(kept, 'file:///1.sip', 1000); // told anew, so that it is not the oldest any more
  kept = keptWith(kept, 'file:///new.sip', 501);
  assert.equal(Object.keys(kept).length, 500);
  assert.deepEqual(
    ['1', '2', '3', 'new'].map((name) => kept[`file:///${name}.sip`]),
    [1000, undefined, 3, 501],
  );
});

test('what is forgotten takes nothing else with it', () => {
  const kept = { a: 1, b: 2 };
  assert.deepEqual(keptWith(kept, 'a', undefined, 2), { b: 2 });
  assert.deepEqual(keptWith(kept, 'never there', undefined, 2), kept);
});
