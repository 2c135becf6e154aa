import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mark } from '../server/view/protocol.ts';
import { rowMap } from './layout.ts';
import { barLengths, stretchOf, stripOf, tickStrengths } from './strip.ts';

test('failures, errors and warnings stand where their rows are, at any height', () => {
  const marks = new Uint8Array(100_000).fill(Mark.checked);
  marks[0] = Mark.checked | Mark.failure;
  marks[49_999] = Mark.checked | Mark.warning;
  marks[99_999] = Mark.checked | Mark.error | Mark.warning;
  for (const [count, pixels] of [
    [100_000, 500],
    [100_000, 1],
    [100_000, 300_000],
  ] as const) {
    const { all, grave, warned, rates } = stripOf({ map: rowMap(count, []), marks, times: null, pixels });
    assert.deepEqual(all, { messages: count, failures: 1, errors: 1, warnings: 1, unchecked: 0 });
    assert.equal(grave.length, Math.min(count, pixels));
    assert.ok(grave[0]! > 0 && grave.at(-1)! > 0);
    assert.ok(warned[Math.floor((49_999 * grave.length) / count)]! > 0);
    assert.equal(grave.filter((share) => share > 0).length, Math.min(2, pixels));
    assert.ok(rates.every(Number.isNaN), 'without times there is no speed');
  }
  const { grave } = stripOf({ map: rowMap(0, []), marks: new Uint8Array(0), times: null, pixels: 100 });
  assert.deepEqual([...grave], [0]);
});

test('bars tell how fast messages came', () => {
  // A hundred in a second, a hundred in a hundred seconds, and some whose time is not known or goes back.
  const times = Float64Array.from({ length: 240 }, (_, at) => (at < 100 ? at * 10 : 1000 + (at - 99) * 1000));
  times.fill(Number.NaN, 200, 220);
  times.fill(0, 220);
  const { rates } = stripOf({ map: rowMap(240, []), marks: new Uint8Array(240), times, pixels: 36 });
  assert.equal(rates.length, 12);
  assert.ok(Math.abs(rates[2]! - 100) < 1 && Math.abs(rates[7]! - 1) < 0.1, `${rates[2]}, ${rates[7]}`);
  assert.ok(Number.isNaN(rates[10]) && Number.isNaN(rates[11]), 'a clock that goes back tells no speed');
  const lengths = barLengths(rates);
  assert.ok(lengths[2]! > lengths[7]! && lengths[7]! > 0);
  assert.equal(lengths[10], 0);
  assert.ok(lengths.every((length) => length >= 0 && length <= 1));
  assert.deepEqual([...barLengths(Float64Array.of(Number.NaN, Number.NaN))], [0, 0]);
  const [one, other] = barLengths(Float64Array.of(10, 10.1));
  assert.ok(other! - one! < 0.05, 'what is nearly alike looks so');
});

test('a single failure is strong, and where failures are usual only many are', () => {
  const one = new Float64Array(100);
  one[7] = 0.001;
  assert.ok(tickStrengths(one)[7]! > 0.98);
  assert.equal(tickStrengths(one)[8], 0);
  const all = new Float64Array(100).fill(0.05);
  all[7] = 0.9;
  const strengths = tickStrengths(all);
  assert.ok(strengths[7]! > 0.9 && strengths[8]! < 0.3 && strengths[8]! > 0.1);
});

test('the messages of a stretch are counted by what is known of them', () => {
  const marks = Uint8Array.of(
    Mark.checked,
    Mark.failure,
    Mark.checked | Mark.error | Mark.warning,
    Mark.checked | Mark.warning,
  );
  assert.deepEqual(stretchOf(rowMap(6, [2]), marks, 0, 6), {
    first: 1,
    last: 5,
    tally: { messages: 5, failures: 1, errors: 1, warnings: 1, unchecked: 2 },
  });
});
