import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, laneAt, rowMap } from './layout.ts';
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
    assert.deepEqual(rows.at(rows.rowOf(message)), { message, caption: false });
});

test('captions of messages that are not there take no row', () => {
  assert.equal(rowMap(2, [1, 7]).count, 3);
  assert.equal(rowMap(0, [1]).count, 0);
});

const laidOut = (width: number, lanes: number, busy: number[] | null = null) =>
  columns({
    ...{ width, messages: 17, withTimes: false },
    labels: Array<string>(lanes).fill('Alice'),
    busy: busy && new Set(busy),
  });

test('lanes share the width, and go beyond it when there are too many', () => {
  const few = laidOut(760, 2);
  assert.ok(few.width <= 760 && laneAt(few, 1) > laneAt(few, 0));
  assert.ok(laidOut(760, 40).width > 760);
});

test('lanes without an arrow on screen shrink where there is no room for all', () => {
  assert.deepEqual(new Set(laidOut(760, 4, [1]).widths).size, 1, 'there is room');
  assert.deepEqual(new Set(laidOut(400, 5, [1]).widths).size, 1, 'there are few');
  const many = laidOut(760, 40, [1, 30]);
  assert.ok(many.width <= 760, 'all of them fit');
  assert.ok(many.widths[0]! <= 12 && many.widths[1]! >= 84 && many.widths[30]! >= 84);
  assert.ok(laidOut(760, 500, [1, 30]).widths[0]! >= 3);
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
