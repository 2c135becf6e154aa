import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowMap } from './layout.ts';
import { HIGHEST, ScrollPosition } from './scroll.ts';

test('each message has a row, and one above it for its caption', () => {
  const rows = rowMap(5, [1, 2, 5]);
  assert.equal(rows.count, 8);
  const shown = Array.from({ length: rows.count }, (_, row) => rows.at(row));
  assert.deepEqual(
    shown.map(({ message, caption }) => (caption ? `caption ${message}` : String(message))),
    ['caption 1', '1', 'caption 2', '2', '3', '4', 'caption 5', '5'],
  );
  for (let message = 1; message <= 5; message++)
    assert.deepEqual(rows.at(rows.rowOf(message)), { message, caption: false, gap: null });
});

test('captions of messages that are not there take no row', () => {
  assert.equal(rowMap(2, [1, 7]).count, 3);
  assert.equal(rowMap(0, [1]).count, 0);
});

test('every place of a ladder higher than an element can be is reached', () => {
  const [full, view] = [100_000_000, 800];
  const scroll = new ScrollPosition();
  scroll.resize(full, view);
  assert.equal(scroll.height, HIGHEST);
  scroll.goTo(full);
  assert.equal(scroll.top, full - view);
  const bar = scroll.settle();
  scroll.scrolled(bar - 100);
  assert.equal(scroll.top, full - view - 100, 'a small move is taken pixel for pixel');
  scroll.scrolled(HIGHEST / 2);
  assert.ok(Math.abs(scroll.top - full / 2) < full / 1000, 'a long one by proportion');
  scroll.scrolled(0);
  assert.equal(scroll.top, 0);
});
