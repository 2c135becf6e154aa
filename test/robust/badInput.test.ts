import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpuTime } from '../cpuTime.ts';
import { rulesHold, type Walk, walkThrough } from './holds.ts';
import { badInputs, FLATTENED, PLAIN } from './inputs.ts';

/** A guard against time that grows faster than the input, not a measure of speed: a loaded machine has room. */
const PATIENCE_MS = process.env.FUZZ_RUNS ? 200_000 : 20_000;
/** Rules are asked once more, without the net below them, where that is quick. */
const SMALL = 300_000;

describe('bad input', () => {
  for (const [name, make] of Object.entries(badInputs))
    it(name, async () => {
      const { text, messages, rule } = make();
      let walk: Walk | undefined;
      const took = await cpuTime(async () => {
        walk = await walkThrough(text);
      });
      const { reading, lint } = walk!;
      assert.ok(took < PATIENCE_MS, `took ${Math.round(took)} ms for ${text.length} characters`);
      if (messages !== undefined) assert.equal(reading.trace.count, messages, 'messages shown');
      if (rule)
        assert.ok(
          lint.problems.some((problem) => problem.rule === rule),
          `a problem of ${rule}`,
        );
      if (text.length <= SMALL) rulesHold(reading);
    });
});

describe('a file that is cut', () => {
  for (const [name, text, step, from, to] of [
    ['the flattened sample, here and there', FLATTENED, 1999, 0, FLATTENED.length],
    ['the flattened sample, at each character of a message', FLATTENED, 29, 300, 3500],
    ['a plain trace, here and there', PLAIN, 1999, 0, PLAIN.length],
    ['a plain trace, at each character of a message', PLAIN, 29, 3000, 5500],
  ] as const)
    it(name, async () => {
      const every = process.env.FUZZ_RUNS ? Math.ceil(step / 29) : step;
      let shown = 0;
      for (let at = from; at <= to; at += every) {
        const { reading } = await walkThrough(text.slice(0, at));
        rulesHold(reading);
        assert.ok(reading.trace.count >= shown - 1, `${reading.trace.count} messages after a cut at ${at}`);
        shown = reading.trace.count;
      }
    });
});
