import { type TraceFacts, traceFacts } from '../flow/calls.ts';
import { type CallIndex, type Flow, indexCalls, readFlow } from '../flow/flow.ts';
import { type Lanes, readLanes } from '../ladder/lanes.ts';
import { TraceBuilder } from '../trace/builder.ts';
import type { Columns } from '../trace/columns.ts';
import { formatOf } from '../trace/formatOf.ts';
import { sortByTime } from '../trace/order.ts';
import type { ByteSource } from '../trace/pages.ts';
import type { TextTrace } from '../trace/text.ts';

/** What was read of a file up to a moment: in the order of time, with what its messages mean together. Numbers only. */
export interface Snapshot {
  readonly built: TraceBuilder;
  readonly columns: Columns;
  readonly flow: Flow;
  readonly calls: CallIndex;
  readonly facts: TraceFacts;
  readonly lanes: Lanes;
  /** Who sends and gets each message as its own headers tell, before the flow settled it. */
  readonly told: TextTrace['told'];
  /** The id of the format that most messages have. */
  readonly format: string;
}

/** A file as far as it was read, and where its messages are read again. */
export interface Indexed {
  readonly snapshot: Snapshot;
  readonly source: ByteSource;
}

/** Takes a snapshot; the builder goes on as if nothing had been. It costs a pass over all messages. */
export function snapshotOf(builder: TraceBuilder): Snapshot {
  const built = new TraceBuilder(builder, builder.columns.copy());
  for (const [why, found] of builder.skipped) built.skipped.set(why, { ...found });
  sortByTime(built.columns);
  const { sender, receiver } = built.columns;
  const told = { sender: sender.slice(), receiver: receiver.slice() };
  const flow = readFlow(built);
  return {
    built,
    columns: built.columns,
    flow,
    calls: indexCalls(built),
    facts: traceFacts({ columns: built.columns, built }),
    lanes: readLanes(built),
    told,
    format: formatOf(built.columns),
  };
}
