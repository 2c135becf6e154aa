import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleOf, columns, laneAt, lifelines } from './columns.ts';

const laidOut = (width: number, lanes: number, busy: number[] | null = null, pinned = 0) =>
  columns({
    ...{ width, messages: 17, withTimes: false, pinned },
    labels: Array<string>(lanes).fill('Alice'),
    busy: busy && new Set(busy),
  });

test('lanes share the width, and go beyond it when there are too many', () => {
  const few = laidOut(760, 2);
  assert.ok(few.width <= 760 && laneAt(few, 1) > laneAt(few, 0));
  assert.ok(laidOut(760, 40).width > 760);
});

test('a few lanes are sooner narrower than beyond the edge, with small names where they do not stand on a line', () => {
  const on = (lane: number) => laidOut(134 + 5 * lane, 5);
  assert.ok(on(76).width <= 134 + 5 * 76 && !on(76).isSlim);
  assert.ok(on(40).width <= 134 + 5 * 40 && on(40).isSlim);
  assert.deepEqual(new Set(on(20).widths), new Set([84]), 'so narrow no name can be read');
  assert.equal(on(20).isSlim, false);
});

test('a narrow page leaves the lanes more room beside times and badges', () => {
  const [narrow, wide] = [470, 490].map((width) =>
    columns({ width, labels: ['Alice'], messages: 17, withTimes: true, busy: null, pinned: 0 }),
  );
  assert.ok(narrow!.widths[0]! > wide!.widths[0]!);
  assert.deepEqual([narrow!.width, wide!.width], [470, 490], 'all of the page');
});

test('lanes without an arrow on screen shrink where there is no room for all', () => {
  assert.deepEqual(new Set(laidOut(760, 4, [1]).widths).size, 1, 'there is room');
  assert.deepEqual(new Set(laidOut(400, 5, [1]).widths).size, 1, 'there are few');
  const many = laidOut(760, 40, [1, 30]);
  assert.ok(many.width <= 760, 'all of them fit');
  assert.ok(many.widths[0]! <= 12 && many.widths[1]! >= 84 && many.widths[30]! >= 84);
  assert.deepEqual(many.bundles, []);
});

test('idle lanes whose lines would stand close together share a column, and leave their room to those at work', () => {
  const of = laidOut(560, 50, [0, 1]);
  assert.deepEqual(of.bundles, [{ first: 2, last: 49 }]);
  assert.ok(of.widths[0]! > 180 && of.width <= 560);
});

test('of 500 lanes those at work fit where they can: the others share columns between them', () => {
  const of = laidOut(760, 500, [1, 2, 30, 499]);
  assert.ok(of.width <= 760, `${of.width} pixels`);
  assert.deepEqual(of.bundles, [
    { first: 3, last: 29 },
    { first: 31, last: 498 },
  ]);
  assert.equal(of.widths[0], 12, 'one alone is a lane of its own');
  for (const lane of [1, 2, 30, 499]) assert.ok(of.widths[lane]! >= 84);
  for (let lane = 1; lane < 500; lane++) assert.ok(laneAt(of, lane) >= laneAt(of, lane - 1), 'in order');
  assert.deepEqual(bundleOf(of, 200), { first: 31, last: 498 });
  assert.equal(bundleOf(of, 30), undefined);
  assert.ok(lifelines(of, 0).length < 1500, 'a picture of six columns');
  const squeezed = laidOut(560, 500, [1, 2, 30, 31, 499]);
  assert.ok(squeezed.width <= 560 && squeezed.widths[1]! >= 60, 'sooner narrower than beyond the edge');
  assert.ok(laidOut(200, 500, [1, 2, 30, 499]).width > 200, 'where they cannot, the ladder is scrolled');
  const long = columns({
    ...{ width: 760, messages: 17, withTimes: false, pinned: 0, busy: new Set([1, 2, 30, 31, 32, 499]) },
    labels: Array<string>(500).fill('Focus (12345678)'),
  });
  assert.ok(long.width <= 760 && long.widths[1]! >= 84, 'long names are cut for that');
  const busy = Array.from({ length: 17 }, (_, at) => at * 20);
  const slim = laidOut(744, 500, busy);
  assert.ok(slim.width <= 744 && slim.isSlim, 'and broken into lines');
  assert.equal(of.isSlim, false);
});

test('pinned lanes go with the view as long as they leave room, and what is under them has no line', () => {
  const of = laidOut(760, 20, null, 2);
  assert.equal(of.pinned, 2);
  assert.equal(laneAt(of, 1, 300), laneAt(of, 1) + 300);
  assert.equal(laneAt(of, 2, 300), laneAt(of, 2));
  const stops = (scrolled: number) => lifelines(of, scrolled).split('--lifeline').length - 1;
  assert.equal(stops(0), 20);
  const under = of.at.filter((at, lane) => lane >= 2 && at < of.pinnedTo + 300).length;
  assert.ok(under > 2);
  assert.equal(stops(300), 20 - under);
  assert.equal(laidOut(760, 20, null, 19).pinned, 0, 'so many leave none');
  assert.equal(laidOut(760, 20).pinnedTo, of.left);
});
