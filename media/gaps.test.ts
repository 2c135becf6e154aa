import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gappedMap, gapRows, isShortened } from './gaps.ts';
import { filteredMap, type RowMap, rowMap } from './layout.ts';

/** What each row shows, as `1`, `caption 2`, `gap 2 1/3`. */
function rowsOf(map: RowMap): string[] {
  return Array.from({ length: map.count }, (_, row) => {
    const { message, caption, gap } = map.at(row);
    if (gap) return `gap ${message} ${gap.at + 1}/${gap.rows}`;
    return caption ? `caption ${message}` : String(message);
  });
}

test('the waits between retransmissions are in proportion, and long ones are shortened', () => {
  assert.deepEqual([-500, 0, 249, 500, 1000, 2000, 4000, 4249, 60_000, Number.NaN].map(gapRows), [
    ...[0, 0, 0, 1, 2, 4, 8, 8, 8, 0],
  ]);
  assert.deepEqual([4000, 4249, 4250, 1e15].map(isShortened), [false, false, true, true]);
});

test('a gap stands before the caption of its message, and only where both its times are known', () => {
  const times = Float64Array.of(1000, 2000, Number.NaN, 3500, 3400);
  const map = gappedMap({ count: 6, here: null, captionRows: [2, 9], times });
  assert.deepEqual(rowsOf(map), [
    ...['1', 'gap 2 1/2', 'gap 2 2/2', 'caption 2', '2', '3', 'gap 4 1/3', 'gap 4 2/3', 'gap 4 3/3', '4', '5', '6'],
  ]);
  assert.deepEqual(map.at(1).gap, { at: 0, rows: 2, wait: 1000 });
  const some = gappedMap({ count: 6, here: [1, 4, 6], captionRows: [2], times });
  assert.deepEqual(rowsOf(some), ['1', ...[1, 2, 3, 4, 5].map((at) => `gap 4 ${at}/5`), '4', '6']);
  assert.equal(some.rowOf(5), some.rowOf(4), 'a message without a row has the place of the one before');
  assert.equal(some.rowOf(1), 0);
  assert.deepEqual(rowsOf(gappedMap({ count: 0, here: null, captionRows: [1], times })), []);
  assert.equal(gappedMap({ count: 5, here: [], captionRows: [], times }).rowOf(3), 0);
});

test('rows are found and numbered alike, with gaps and without', () => {
  const times = Float64Array.from({ length: 300 }, (_, at) => at * 100 + (at % 7) * (at % 11) * 90);
  const captionRows = [1, 5, 6, 40, 299];
  const here = Array.from({ length: 150 }, (_, at) => at * 2 + 1);
  const maps = [
    rowMap(300, captionRows),
    filteredMap(here, captionRows),
    gappedMap({ count: 300, here: null, captionRows, times }),
    gappedMap({ count: 300, here, captionRows, times }),
  ];
  for (const map of maps) {
    const visited: (readonly [number, number])[] = [];
    map.each((message, row) => visited.push([message, row]));
    for (const [message, row] of visited) {
      assert.equal(map.rowOf(message), row);
      assert.deepEqual(map.at(row), { message, caption: false, gap: null });
    }
    let told = 0;
    for (let row = 0; row < map.count; row++) {
      assert.equal(map.toldBefore(row), told);
      if (!map.at(row).gap) told++;
    }
    assert.equal(told, map.told);
  }
  const still = gappedMap({ count: 300, here, captionRows, times: new Float64Array(300) });
  assert.deepEqual(rowsOf(still), rowsOf(maps[1]!));
});
