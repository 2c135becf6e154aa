import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { TraceSummary } from '../server/view/protocol.ts';
import { ShownRows } from './shownRows.ts';

/** Two bits a message. */
const packed = (marks: readonly number[]) => {
  const octets = Array.from({ length: Math.ceil(marks.length / 4) }, (_, at) =>
    marks.slice(at * 4, at * 4 + 4).reduce((octet, mark, place) => octet | (mark << (2 * place)), 0),
  );
  return Buffer.from(octets).toString('base64');
};

const shownOf = (marks: readonly number[] | null, more: Partial<TraceSummary> = {}) => {
  const shown = new ShownRows();
  const rows = marks?.length ?? 6;
  shown.take({ rows, captionRows: [], retransmissions: [], keepAlives: marks && packed(marks), ...more } as never);
  return shown;
};

it('leaves keep-alives out, tells how many, and shows them when one is wanted', () => {
  const shown = shownOf([0, 1, 2, 0, 1, 2]);
  assert.deepEqual(shown.here, [1, 4]);
  assert.deepEqual([shown.keepAlives.count, shown.keepAlives.messages], [2, 4]);
  assert.equal(shown.next(1, 1), 4);
  assert.equal(shown.isHidden(2), false, 'they are found all the same');
  assert.equal(shown.reveal(4), false);
  assert.equal(shown.reveal(5), true);
  shown.layOut();
  assert.equal(shown.here, null);
  assert.deepEqual([shown.keepAlives.count, shown.keepAlives.areLeftOut], [2, false]);
});

it('hides none where nothing else is left, in the trace or by a filter', () => {
  assert.equal(shownOf([1, 2, 1, 2, 2]).here, null);
  assert.equal(shownOf(null).here, null);
  const shown = shownOf([0, 1, 2, 0, 1, 2]);
  shown.filter([2, 3]);
  assert.deepEqual(shown.here, [2, 3]);
  shown.filter([1, 2, 5]);
  assert.deepEqual([shown.here, shown.keepAlives.count], [[1], 2]);
  shown.filter([]);
  assert.deepEqual([shown.here, shown.keepAlives.messages], [[], 0]);
});

it('keeps captions above the messages that are left, and folds what they repeat', () => {
  const shown = shownOf([0, 1, 2, 0, 0, 0], { captionRows: [2, 4], retransmissions: [[5, 4]] });
  assert.deepEqual(shown.here, [1, 4, 6]);
  assert.equal(shown.map.count, 4);
  assert.deepEqual(shown.map.at(1), { message: 4, caption: true, gap: null });
  assert.equal(shown.map.rowOf(6), 3);
});
