import { traceFacts } from './flow/calls.ts';
import { indexCalls, readFlow } from './flow/flow.ts';
import type { Reading } from './flow/reading.ts';
import { type Edit, readAgain } from './trace/reread.ts';
import { readText } from './trace/text.ts';

export type { Reading };

/** A text read before, and what changed since. */
export interface Before {
  readonly reading: Reading;
  readonly edit: Edit;
}

/**
 * Reads a text. Never fails; a text without SIP gives a reading without messages. With the reading before an edit, only what the
 * edit touches is looked at.
 */
export function read(text: string, before?: Before): Reading {
  const trace = (before && readAgain(before.reading.trace, text, before.edit)) ?? readText(text);
  const flow = readFlow(trace.built);
  return { trace, flow, calls: indexCalls(trace.built), facts: traceFacts(trace) };
}
