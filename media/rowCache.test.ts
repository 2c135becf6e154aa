import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LadderRow } from '../server/view/protocol.ts';
import { RowCache } from './rowCache.ts';

/** A cache whose questions are answered one by one, and what it has asked. */
function answered() {
  const asked: { from: number; answer(label: string): Promise<void>; fail(): Promise<void> }[] = [];
  const fetch = (from: number, to: number) =>
    new Promise<readonly LadderRow[]>((resolve, reject) => {
      const row = (label: string) => (_: unknown, at: number) => ({ index: from + at + 1, label }) as LadderRow;
      const answer = async (label: string) => {
        resolve(Array.from({ length: to - from }, row(label)));
        await new Promise(setImmediate);
      };
      const fail = async () => {
        reject(new Error('It cannot be read.'));
        await new Promise(setImmediate);
      };
      asked.push({ from, answer, fail });
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

test('what was on its way when the trace changed is shown until the new rows come', async () => {
  const { cache, asked, labels } = answered();
  cache.wantEach([1, 129]);
  cache.invalidate();
  cache.wantEach([1, 129]);
  await asked[0]!.answer('old');
  assert.deepEqual(labels(1, 129), ['old', undefined]);
  await asked[1]!.answer('old');
  assert.deepEqual(labels(1, 129), ['old', 'old']);
  await asked[2]!.answer('new');
  assert.deepEqual(labels(1, 129), ['new', 'old']);
  await asked[3]!.answer('new');
  assert.deepEqual(labels(1, 129), ['new', 'new']);
  assert.equal(asked.length, 4);
});

test('a trace that changes faster than it answers is asked once at a time for a stretch, and shows each answer', async () => {
  const { cache, asked, labels } = answered();
  cache.want(1, 100);
  for (let change = 0; change < 50; change++) {
    cache.invalidate();
    cache.want(1, 100);
  }
  assert.equal(asked.length, 1);
  await asked[0]!.answer('first');
  assert.deepEqual([asked.length, labels(1)], [2, ['first']]);
  cache.invalidate();
  cache.want(1, 100);
  await asked[1]!.answer('second');
  assert.deepEqual([asked.length, labels(1)], [3, ['second']]);
  await asked[2]!.answer('last');
  cache.want(1, 100);
  assert.deepEqual([asked.length, labels(1)], [3, ['last']]);
});

test('what failed for a trace that has changed since is asked for again, without a word', async () => {
  const { cache, asked, labels } = answered();
  cache.want(1, 100);
  cache.invalidate();
  await asked[0]!.fail();
  await asked[1]!.answer('new');
  assert.deepEqual(labels(1), ['new']);
});
