import { LineMap, type Problem, type Profile } from './base/text.ts';
import type { DecidedLinks } from './flow/sessions/grouping.ts';
import { readCalls } from './ladder/calls.ts';
import { readDialogs } from './ladder/dialogs.ts';
import type { Ladder } from './ladder/ladder.ts';
import { readLanes } from './ladder/lanes.ts';
import { countProblems, type RowSource, readRow } from './ladder/rows.ts';
import { type Lint, lintSteps, type Memory } from './lint.ts';
import { type Before, type Reading, read } from './reading.ts';
import { DEFAULT_OPTIONS, type LintOptions } from './severity.ts';
import { Flag } from './trace/columns.ts';
import { type Skipped, skippedOf } from './trace/skipped.ts';
import { loadVerdict } from './xml/verdict.ts';

export type { Edit } from './trace/reread.ts';
export { type Before, DEFAULT_OPTIONS, type Lint, type LintOptions, lintSteps, type Memory, type Reading, read };

/** Loads the schemas if the trace holds XML. Gives whether they are loaded: the first time takes about 0.1 s. */
export async function loadSchemasFor({ trace }: Reading): Promise<boolean> {
  for (let index = 0; index < trace.count; index++) {
    if ((trace.columns.flags[index]! & Flag.xml) !== 0) {
      await loadVerdict();
      return true;
    }
  }
  return false;
}

/** Reads and checks a whole text at once. Never fails. */
export async function lintText(
  text: string,
  options: LintOptions = DEFAULT_OPTIONS,
): Promise<{ reading: Reading; lint: Lint }> {
  const reading = read(text);
  const steps = lintSteps(reading, options, await loadSchemasFor(reading));
  for (;;) {
    const step = steps.next();
    if (step.done) return { reading, lint: step.value };
  }
}

/** What the rows of a ladder are made of; each row is made when it is asked for. */
export function rowSource(
  reading: Reading,
  problems: readonly Problem[],
  lines: Pick<LineMap, 'position'> = new LineMap(reading.trace.text),
): RowSource {
  const { trace, flow } = reading;
  return { trace, flow, lanes: readLanes(trace.built), lines, counts: countProblems(problems) };
}

/** What a ladder has besides its messages, where they were loaded from a file. */
export interface LadderParts extends Pick<RowSource, 'lanes' | 'lines'> {
  readonly skipped: readonly Skipped[];
}

/**
 * The whole ladder.
 * @param decided what was told of the legs of its calls by hand
 */
export function buildLadder(
  reading: Reading,
  problems: readonly Problem[] = [],
  { lanes, lines, skipped }: LadderParts = partsOf(reading),
  decided?: DecidedLinks,
): Ladder {
  const { trace, flow } = reading;
  const source = { trace, flow, lanes, lines, counts: countProblems(problems) };
  const dialogs = readDialogs(trace, flow, lanes);
  return {
    format: trace.format,
    lanes: lanes.lanes,
    rows: Array.from({ length: trace.count }, (_, index) => readRow(source, index)),
    dialogs,
    ...readCalls(trace, flow, dialogs, decided),
    skipped: skipped.map(({ why, count, first }) => ({ why, count, line: lines?.position(first).line ?? null })),
  };
}

function partsOf({ trace }: Reading): LadderParts {
  return { lanes: readLanes(trace.built), lines: new LineMap(trace.text), skipped: skippedOf(trace.built) };
}

/** The profiles in words for the status bar: `doc + ms`. */
export function profileTitle(profiles: readonly Profile[]): string {
  return profiles.join(' + ');
}
