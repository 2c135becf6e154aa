import { buildLadder, read } from '../server/engine/engine.ts';
import { ladderExports } from '../server/engine/ladder/exports.ts';

/** A ladder in a form, and the milliseconds that it took. */
export interface Exported {
  readonly format: string;
  readonly took: number;
  readonly length: number;
  readonly content: string;
}

const ROUNDS = 3;

/** The ladder of a text in every form, each the fastest of three times; without what checks find. */
export function exportsOf(text: string): Exported[] {
  const reading = read(text);
  const source = { ladder: buildLadder(reading), ...reading, problems: [] };
  return Object.entries(ladderExports).map(([format, { write }]) => {
    let took = Number.POSITIVE_INFINITY;
    let made: ReturnType<typeof write> = '';
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      made = write(source);
      took = Math.min(took, performance.now() - began);
    }
    const content = typeof made === 'string' ? made : '';
    const length = typeof made === 'string' || made instanceof Uint8Array ? made.length : 0;
    return { format, took, length, content };
  });
}
