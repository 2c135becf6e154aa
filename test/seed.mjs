// Loaded before the tests by `npm test`: properties try the same cases in every run, so that a run tells of the change at hand.
// New cases are looked for with `FUZZ_RUNS=5000 node --import tsx --test test/robust/*.test.ts`, where each run has its own seed.
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_123 });
