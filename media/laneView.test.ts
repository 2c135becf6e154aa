import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LadderRow, Lane, LaneArrangement } from '../server/view/protocol.ts';
import { LaneView, mergedInto, moved, NO_ARRANGEMENT } from './laneView.ts';

const lane = (label: string, ...addresses: string[]): Lane => ({
  ...{
    id: label,
    label,
    addresses,
    kind: 'user',
    why: `From of ${label}`,
    uri: `sip:${label.toLowerCase()}@example.org`,
  },
});
const LANES = [lane('Alice', '192.0.2.1:5060', '192.0.2.1:5070'), lane('Proxy', '192.0.2.9:5060'), lane('Bob')];

function drawn(change: Partial<LaneArrangement>, lanes = LANES) {
  const view = new LaneView(lanes, { ...NO_ARRANGEMENT, ...change });
  const place = (from: number, to: number, source: string | null = null, destination: string | null = null) => {
    const row = view.placed({ from, to, source, destination } as LadderRow);
    return [row.from, row.to].map((at) => view.lanes[at]?.label ?? 'hidden');
  };
  return { view, labels: view.lanes.map(({ label }) => label), place };
}

test('without an arrangement the lanes are those of the trace', () => {
  const { labels, place } = drawn({});
  assert.deepEqual(labels, ['Alice', 'Proxy', 'Bob']);
  assert.deepEqual(place(0, 2, '192.0.2.1:5070'), ['Alice', 'Bob']);
});

test('lanes are grouped by host and by address as far as the log tells them', () => {
  assert.deepEqual(drawn({ group: 'host' }).labels, ['192.0.2.1', '192.0.2.9', 'Bob']);
  const { labels, place } = drawn({ group: 'address' });
  assert.deepEqual(labels, ['192.0.2.1:5060', '192.0.2.1:5070', '192.0.2.9:5060', 'Bob']);
  const { view } = drawn({ merged: { 'sip:bob@example.org': 'sip:proxy@example.org' } });
  assert.deepEqual(
    view.lanes.map(({ parts }) => parts),
    [[0], [1, 2]],
    'it is known what is drawn as one lane',
  );
  assert.deepEqual(place(0, 1, '192.0.2.1:5070', '192.0.2.9:5060'), ['192.0.2.1:5070', '192.0.2.9:5060']);
  assert.deepEqual(place(0, 2), ['192.0.2.1:5060', 'Bob'], 'a message without addresses keeps its lane');
});

test('a lane is split, merged, named, hidden and moved', () => {
  const [alice, proxy, bob] = LANES.map(({ uri }) => uri!) as [string, string, string];
  assert.deepEqual(drawn({ split: [alice] }).labels, ['Alice :5060', 'Alice :5070', 'Proxy', 'Bob']);
  const apart = [lane('Alice', '192.0.2.1:5060', '198.51.100.1:5060'), ...LANES.slice(1)];
  assert.deepEqual(drawn({ split: [alice] }, apart).labels.slice(0, 2), [
    'Alice 192.0.2.1:5060',
    'Alice 198.51.100.1:5060',
  ]);
  const merged = drawn(mergedInto(NO_ARRANGEMENT, bob, alice));
  assert.deepEqual(merged.labels, ['Alice', 'Proxy']);
  assert.deepEqual(merged.place(2, 1), ['Alice', 'Proxy']);
  assert.match(merged.view.lanes[0]!.why, /Alice: From of Alice\nBob: From of Bob/);
  assert.deepEqual(drawn({ names: { [proxy]: 'SBC' } }).labels, ['Alice', 'SBC', 'Bob']);
  assert.deepEqual(drawn({ hidden: [proxy] }).place(0, 1), ['Alice', 'hidden']);
  assert.deepEqual(drawn(moved(drawn({}).view, NO_ARRANGEMENT, 2, 0)).labels, ['Bob', 'Alice', 'Proxy']);
  assert.deepEqual(drawn({ merged: { [alice]: bob, [bob]: alice } }).labels.length, 3, 'lanes merged in a circle stay');
});

test('pinned lanes come first, in the order of the others', () => {
  const pinned = ['sip:bob@example.org', 'sip:proxy@example.org', 'sip:gone@example.org'];
  const { labels, view, place } = drawn({ pinned });
  assert.deepEqual(labels, ['Proxy', 'Bob', 'Alice']);
  assert.deepEqual(
    view.lanes.map(({ isPinned }) => isPinned),
    [true, true, false],
  );
  assert.deepEqual(place(0, 2), ['Alice', 'Bob']);
});

test('what was saved for other lanes changes nothing', () => {
  assert.deepEqual(drawn({ order: ['x'], hidden: ['y'], split: ['z'], names: { q: 'Q' }, merged: { a: 'b' } }).labels, [
    'Alice',
    'Proxy',
    'Bob',
  ]);
});

test('a guess can be undone: its messages are drawn at those whom headers name, as far as they have lanes', () => {
  const guess: Lane = { ...lane('192.0.2.9'), uri: 'sip:192.0.2.9', kind: 'server', isGuess: true };
  const lanes = [lane('Alice'), guess, lane('Bob')];
  const placed = (undone: readonly string[], row: Partial<LadderRow>) => {
    const view = new LaneView(lanes, { ...NO_ARRANGEMENT, undone });
    const { from, to } = view.placed({ source: null, destination: null, ...row } as LadderRow);
    return [from, to].map((at) => view.lanes[at]?.label);
  };
  const comesIn = { from: 0, to: 1, named: { from: 0, to: 2 } };
  const goesOut = { from: 1, to: 2, named: { from: 0, to: 2 } };
  assert.deepEqual(
    [placed([], comesIn), placed([], goesOut)],
    [
      ['Alice', '192.0.2.9'],
      ['192.0.2.9', 'Bob'],
    ],
  );
  const undone = ['sip:192.0.2.9'];
  assert.deepEqual(
    [placed(undone, comesIn), placed(undone, goesOut)],
    [
      ['Alice', 'Bob'],
      ['Alice', 'Bob'],
    ],
  );
  assert.deepEqual(placed(undone, { from: 1, to: 2, named: { from: -1, to: 2 } }), ['192.0.2.9', 'Bob']);
  const others = new LaneView(lanes, { ...NO_ARRANGEMENT, undone: ['sip:alice@example.org'] });
  assert.deepEqual(
    lanes.map((one) => others.isUndone(one)),
    [false, false, false],
  );
});
