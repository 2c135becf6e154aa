import { type CallIndex, type Flow, indexCalls, readFlow } from '../flow/flow.ts';
import { type Lanes, readLanes } from '../ladder/lanes.ts';
import { TraceBuilder } from '../trace/builder.ts';
import type { Columns } from '../trace/columns.ts';
import { formatOf } from '../trace/formatOf.ts';
import { sortByTime } from '../trace/order.ts';

/** What was read of a file up to a moment: in the order of time, with what its messages mean together. Numbers only. */
export interface Snapshot {
  readonly built: TraceBuilder;
  readonly columns: Columns;
  readonly flow: Flow;
  readonly calls: CallIndex;
  readonly lanes: Lanes;
  /** The id of the format that most messages have. */
  readonly format: string;
}

/** Takes a snapshot; the builder goes on as if nothing had been. It costs a pass over all messages. */
export function snapshotOf(builder: TraceBuilder): Snapshot {
  const built = new TraceBuilder(builder, builder.columns.copy());
  for (const [why, found] of builder.skipped) built.skipped.set(why, { ...found });
  sortByTime(built.columns);
  const flow = readFlow(built);
  return {
    built,
    columns: built.columns,
    flow,
    calls: indexCalls(built),
    lanes: readLanes(built),
    format: formatOf(built.columns),
  };
}
