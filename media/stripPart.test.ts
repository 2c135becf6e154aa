import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mark } from '../server/view/protocol.ts';
import { rowMap } from './layout.ts';
import { stripOf } from './strip.ts';
import { mapOfRange, partOf, rangeAround, rowsOf } from './stripPart.ts';

// Messages 11 and 51 have a caption above them: 102 rows.
const MAP = rowMap(100, [11, 51]);

test('a part has the rows that were chosen, and as many as are in view at least', () => {
  const part = partOf(MAP, { from: 20, to: 40 }, 10);
  assert.deepEqual(part, { first: 20, last: 39 });
  assert.deepEqual(rowsOf(MAP, part), { from: 20, to: 40 });
  assert.deepEqual(rowsOf(MAP, partOf(MAP, { from: 30, to: 31 }, 9.5)), { from: 26, to: 36 });
  assert.deepEqual(rowsOf(MAP, partOf(MAP, { from: 100, to: 101 }, 10)), { from: 92, to: 102 });
  assert.deepEqual(rowsOf(MAP, partOf(MAP, { from: -30, to: 5 }, 10)), { from: 0, to: 35 });
});

test('a part that is all of it is none, and none is all', () => {
  assert.equal(partOf(MAP, { from: 0, to: 102 }, 1), null);
  assert.equal(partOf(MAP, { from: 3, to: 4 }, 102), null);
  assert.deepEqual(rowsOf(MAP, null), { from: 0, to: 102 });
  assert.equal(partOf(rowMap(0, []), { from: 0, to: 0 }, 10), null);
});

test('a part stays with its messages in a ladder that has others', () => {
  const shorter = rowMap(25, []);
  assert.deepEqual(rowsOf(shorter, { first: 20, last: 39 }), { from: 19, to: 25 });
  assert.deepEqual(rowsOf(shorter, { first: 60, last: 80 }), { from: 24, to: 25 });
});

test('the part goes along by whole lengths when the ladder is scrolled out of it', () => {
  const range = { from: 20, to: 40 };
  for (const [row, from] of [
    [20, 20],
    [39.5, 20],
    [40, 40],
    [19, 0],
    [90, 80],
    [101, 82],
  ] as const)
    assert.deepEqual(rangeAround(MAP, range, row), { from, to: from + 20 }, `row ${row}`);
});

test('a part stays as it is while no row fits the filter', () => {
  const none = rowMap(0, []);
  const rows = rowsOf(none, { first: 20, last: 39 });
  assert.deepEqual(rows, { from: 0, to: 0 });
  assert.deepEqual(rangeAround(none, rows, 0), rows);
});

test('a strip of a part has the failures of its rows alone, where they are', () => {
  const marks = new Uint8Array(100).fill(Mark.checked);
  for (const message of [5, 30, 39, 80]) marks[message - 1] = Mark.checked | Mark.failure;
  const map = mapOfRange(MAP, { from: 20, to: 40 });
  assert.equal(map.told, 20);
  assert.deepEqual(map.at(0), { message: 20, caption: false, gap: null });
  assert.equal(map.rowOf(30), 10);
  const { all, grave } = stripOf({ map, marks, times: null, pixels: 20 });
  assert.deepEqual([all.messages, all.failures], [20, 2]);
  assert.deepEqual(
    [...grave].flatMap((share, at) => (share > 0 ? [at] : [])),
    [10, 19],
  );
});
