import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allRules } from './all.ts';

// The rules that were planned, by group: none may get lost. There may be more of them.
const planned = JSON.parse(
  readFileSync(new URL('../../fixtures/planned-rules.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

test('every rule that was planned is there', () => {
  const ids = new Set(allRules.map(({ id }) => id));
  const wanted = Object.values(planned).flat();
  assert.equal(wanted.length, 234);
  assert.deepEqual(
    wanted.filter((id) => !ids.has(id)),
    [],
  );
});

test('rules are in the groups that they were planned for', () => {
  const groupOf = new Map<string, string>(allRules.map(({ id, group }) => [id, group]));
  const moved = Object.entries(planned).flatMap(([group, ids]) => ids.filter((id) => groupOf.get(id) !== group));
  assert.deepEqual(moved, []);
});
