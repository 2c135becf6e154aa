import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowTime, type TimeLook, zoneWords } from './times.ts';

const FIRST = Date.UTC(2026, 0, 5, 9, 30, 12, 480);
const AT = Date.UTC(2026, 0, 5, 9, 31, 42, 980);
const LOOK: TimeLook = {
  mode: 'absolute',
  zone: 'utc',
  marked: null,
  logZone: 120,
  gap: 2000,
  slow: [100, 1000, 5000],
};

test('times are told of day, since the message above, the first and the marked one', () => {
  const told = (mode: TimeLook['mode'], previous: number | null) =>
    rowTime({ ...LOOK, mode, marked: AT + 20 }, AT, previous, FIRST).text;
  assert.equal(told('absolute', null), '09:31:42.980');
  assert.equal(told('first', null), '+1:30.5');
  assert.equal(told('previous', AT - 20), '+0.020');
  assert.equal(told('previous', null), '');
  assert.equal(told('marked', null), '−0.020');
  assert.equal(rowTime(LOOK, null, null, null).text, '');
});

test('a time is told in the zone that is wanted, and its title says in which', () => {
  const inZone = (zone: TimeLook['zone'], logZone: number | null) =>
    rowTime({ ...LOOK, zone, logZone }, AT, null, FIRST);
  assert.equal(inZone('log', 120).text, '11:31:42.980');
  assert.equal(inZone('log', null).text, '09:31:42.980');
  assert.equal(inZone('utc', 120).title, '2026-01-05 09:31:42.980, UTC');
  assert.equal(zoneWords({ zone: 'log', logZone: -210 }), 'as the log writes it (UTC−03:30)');
  assert.equal(rowTime(LOOK, 3_600_000, null, null).title, '01:00:00.000, UTC', 'a clock without a day has none');
  assert.match(rowTime(LOOK, Number.MAX_VALUE, null, null).text, /^\d\d:/, 'no time of a log makes it fail');
});

test('a long wait is a gap, and waits are told apart in three steps', () => {
  const after = (wait: number, change: Partial<TimeLook> = {}) =>
    rowTime({ ...LOOK, mode: 'previous', ...change }, AT, AT - wait, FIRST);
  assert.deepEqual(
    [50, 100, 1500, 6000].map((wait) => after(wait).slow),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    [1999, 4800, 65_000, 7_260_000, 3 * 86_400_000].map((wait) => after(wait).gap),
    ['', '4.8 s', '1 min 5 s', '2 h 1 min', '3 days'],
  );
  assert.equal(after(4800, { gap: 0 }).gap, '');
  assert.equal(after(4800, { mode: 'absolute' }).slow, 0);
});
