import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LadderRow } from '../server/view/protocol.ts';
import { RowCache } from './rowCache.ts';

/** A cache whose questions are answered one by one, and what it has asked. */
function answered() {
  const asked: { from: number; answer(label: string): Promise<void> }[] = [];
  const fetch = (from: number, to: number) =>
    new Promise<readonly LadderRow[]>((resolve) => {
      const row = (label: string) => (_: unknown, at: number) => ({ index: from + at + 1, label }) as LadderRow;
      const answer = async (label: string) => {
        resolve(Array.from({ length: to - from }, row(label)));
        await new Promise(setImmediate);
      };
      asked.push({ from, answer });
    });
  const cache = new RowCache(
    fetch,
    () => {},
    (error) => assert.fail(String(error)),
  );
  const labels = (...messages: number[]) => messages.map((message) => cache.get(message)?.label);
  return { cache, asked, labels };
}

test('rows that were never there are asked for before those that have become old', async () => {
  const { cache, asked } = answered();
  cache.wantEach([1, 129]);
  for (const { answer } of asked) await answer('old');
  cache.invalidate();
  cache.wantEach([1, 129, 257, 385]);
  assert.deepEqual(
    asked.slice(2).map(({ from }) => from),
    [256, 384],
  );
});

test('what was on its way when the trace changed is shown until the new rows come, and does not take their place', async () => {
  const { cache, asked, labels } = answered();
  cache.wantEach([1, 129]);
  cache.invalidate();
  cache.wantEach([1, 129]);
  await asked[0]!.answer('old');
  assert.deepEqual(labels(1, 129), ['old', undefined]);
  await asked[3]!.answer('new');
  await asked[1]!.answer('old');
  assert.deepEqual(labels(1, 129), ['old', 'new']);
  await asked[2]!.answer('new');
  assert.deepEqual(labels(1, 129), ['new', 'new']);
});
