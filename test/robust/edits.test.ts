import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { buildLadder, DEFAULT_OPTIONS, type Lint, lintSteps, type Memory, read } from '../../server/engine/engine.ts';
import type { Reading } from '../../server/engine/reading.ts';
import { loadVerdict } from '../../server/engine/xml/verdict.ts';
import { type Change, changed, mutation, runs, samples } from './mutations.ts';

await loadVerdict();

describe('a text that is edited', () => {
  it('has the problems and the ladder of the same text opened anew', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(mutation, fc.nat(60)), { minLength: 1, maxLength: 5 }),
        (text, edits) => {
          let state = open(text);
          for (const [mutate, steps] of edits) {
            const change = mutate(state.text);
            state = named(change, () => edited(state, change, steps));
          }
        },
      ),
      runs(250),
    );
  });
});

/** Adds to a failure by which change it came. */
function named<T>(change: Change, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`After ${JSON.stringify(change)}: ${error}`, { cause: error });
  }
}

interface State {
  readonly text: string;
  readonly reading: Reading;
  /** What the checks found so far, and in which text. */
  readonly memory: Memory;
  readonly checked: string;
}

function open(text: string): State {
  const reading = read(text);
  return { text, reading, memory: lint(reading).memory, checked: text };
}

/** After an edit: every other check is stopped after some steps, and the next goes on with what it left. */
function edited(before: State, change: Change, steps: number): State {
  const text = changed(before.text, change);
  const edit = { from: change.from, oldTo: change.to, newTo: change.from + change.by.length };
  const reading = read(text, { reading: before.reading, edit });
  const reuse = { memory: before.memory, edit: between(before.checked, text) };
  if (steps % 2 === 1) {
    const memory = stopped(reading, reuse, steps);
    if (memory) return { text, reading, memory, checked: text };
  }
  const again = lint(reading, reuse);
  const fresh = read(text);
  assert.deepEqual(again.problems, lint(fresh).problems);
  assert.deepEqual(shown(reading), shown(fresh));
  return { text, reading, memory: again.memory, checked: text };
}

function lint(reading: Reading, reuse?: Parameters<typeof lintSteps>[3]): Lint {
  const steps = lintSteps(reading, DEFAULT_OPTIONS, true, reuse);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The memory of a check that is stopped after some steps; null where it ended before. */
function stopped(reading: Reading, reuse: Parameters<typeof lintSteps>[3], count: number): Memory | null {
  const steps = lintSteps(reading, DEFAULT_OPTIONS, true, reuse);
  for (let at = 0; at < count - 1; at++) if (steps.next().done) return null;
  const last = steps.next();
  return last.done ? null : last.value;
}

/** The stretch in which two texts differ. */
function between(before: string, after: string): { from: number; oldTo: number; newTo: number } | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let end = 0;
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from, oldTo: before.length - end, newTo: after.length - end };
}

function shown(reading: Reading): unknown {
  const { lanes, rows, dialogs, format } = buildLadder(reading);
  return { lanes, rows, dialogs, format };
}
