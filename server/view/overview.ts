import { type Columns, REQUEST } from '../engine/trace/columns.ts';
import { Mark, type TraceOverview, writeMarks } from './traceOverview.ts';
import type { ViewedTrace } from './viewed.ts';

/** More messages than this are not told of one by one. */
const MOST = 3_000_000;

/** A trace at a glance, from its numbers and from what the checks have found so far: nothing is read or checked for it. */
export function overviewOf(trace: ViewedTrace, most = MOST): TraceOverview {
  const { revision, columns } = trace;
  if (columns.count > most) return { revision, isTooLong: true, marks: '', firstTime: null, waits: null };
  const marks = new Uint8Array(columns.count);
  for (let index = 0; index < marks.length; index++) {
    const kind = columns.kind[index]!;
    marks[index] = foundMarks(trace, index) | (kind >= 400 && kind < REQUEST ? Mark.failure : 0);
  }
  return { revision, isTooLong: false, marks: writeMarks(marks), ...waitsOf(columns) };
}

/** The dialog of each message, as a number that only tells dialogs apart; 0 is none. Throws, in a sentence, where there are too many messages. */
export function dialogsOf({ columns, flow }: ViewedTrace, most = MOST): readonly number[] {
  if (columns.count > most) throw new Error('The trace has too many messages to go from dialog to dialog.');
  return Array.from(flow.dialogs.of);
}

function foundMarks(trace: ViewedTrace, index: number): number {
  const found = trace.knownIn(index);
  if (!found) return 0;
  let marks: number = Mark.checked;
  for (const { severity } of found)
    if (severity === 'error' || severity === 'warning') marks |= severity === 'error' ? Mark.error : Mark.warning;
  return marks;
}

/** Times are rounded before they are subtracted, so that what is rounded does not add up. */
function waitsOf(columns: Columns): Pick<TraceOverview, 'firstTime' | 'waits'> {
  const waits: (number | null)[] = [];
  let firstTime: number | null = null;
  let last: number | null = null;
  for (let index = 0; columns.time && index < columns.count; index++) {
    const exact = columns.timeOf(index);
    const time: number | null = exact === null ? null : Math.round(exact);
    waits.push(time === null ? null : time - (last ?? time));
    firstTime ??= time;
    last = time ?? last;
  }
  return { firstTime, waits: firstTime === null ? null : waits };
}
