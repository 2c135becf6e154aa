import type { TextTrace } from '../trace/text.ts';
import type { TraceFacts } from './calls.ts';
import type { CallIndex, Flow } from './flow.ts';

/** A text read as a trace, and what its messages mean together. */
export interface Reading {
  readonly trace: TextTrace;
  readonly flow: Flow;
  readonly calls: CallIndex;
  readonly facts: TraceFacts;
  /** These are some messages of a longer trace, so that rules about a whole trace have nothing to say. */
  readonly isPart?: boolean;
}
