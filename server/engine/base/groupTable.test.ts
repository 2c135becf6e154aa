import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GroupTable } from './groupTable.ts';

test('a group finds its own entries, near and far', () => {
  const table = new GroupTable(3, 101);
  for (let entry = 1; entry <= 100; entry++) table.add(entry % 3, entry * 0x9e3779b1, entry);
  for (let entry = 1; entry <= 100; entry++) {
    assert.equal(table.find(entry % 3, entry * 0x9e3779b1), entry);
    assert.equal(table.find((entry + 1) % 3, entry * 0x9e3779b1), 0);
  }
});
