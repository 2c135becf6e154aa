import type { LineMap, Problem, Profile } from '../engine/base/text.ts';
import type { Reading } from '../engine/engine.ts';
import type { Clocks } from './protocol.ts';

/** An open trace as its latest analysis left it. */
export interface OpenTrace {
  readonly reading: Reading;
  readonly problems: readonly Problem[];
  readonly profiles: readonly Profile[];
  /** Rises with each analysis. */
  readonly revision: number;
  /** The file's name. */
  readonly title: string;
  /** Turns offsets of the document into positions and back. */
  readonly lines: Pick<LineMap, 'position'>;
  offsetAt(line: number, character: number): number;
  /** Something to know of the whole trace, in sentences. */
  readonly notices: readonly string[];
  /** Of several files as one trace. */
  readonly clocks?: Clocks | null;
}
