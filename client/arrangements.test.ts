import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memento } from 'vscode';
import type { LaneArrangement } from '../server/view/protocol.ts';
import { savedLanes, saveLanes } from './arrangements.ts';

/** A workspace's memory, which keeps values as VS Code does. */
function memory(): Memento {
  const kept = new Map<string, string>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => (kept.has(key) ? JSON.parse(kept.get(key)!) : undefined),
    update: async (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
  };
}

const hiding = (...hidden: string[]): LaneArrangement => ({
  ...{ group: 'participant', order: [], pinned: [], names: {}, merged: {}, split: [] },
  hidden,
});

test('each file has its own lanes, until they are as the trace has them again', async () => {
  const state = memory();
  assert.equal(savedLanes(state, 'file:///a.sip'), null);
  await saveLanes(state, 'file:///a.sip', hiding('Alice'));
  await saveLanes(state, 'file:///b.sip', hiding('Bob'));
  assert.deepEqual(savedLanes(state, 'file:///a.sip'), hiding('Alice'));
  await saveLanes(state, 'file:///a.sip', null);
  assert.equal(savedLanes(state, 'file:///a.sip'), null);
  assert.deepEqual(savedLanes(state, 'file:///b.sip'), hiding('Bob'));
});

test('a workspace in which very many files are arranged keeps those of the last 500', async () => {
  const state = memory();
  for (let number = 0; number <= 500; number++) await saveLanes(state, `file:///${number}.sip`, hiding(String(number)));
  assert.equal(savedLanes(state, 'file:///0.sip'), null);
  assert.deepEqual(savedLanes(state, 'file:///1.sip'), hiding('1'));
  assert.deepEqual(savedLanes(state, 'file:///500.sip'), hiding('500'));
});
