import { captureKindOf } from './capture/capture.ts';
import { indexCapture } from './capture/indexCapture.ts';
import { type Flow, readFlow } from './flow/flow.ts';
import { partiesInOrder } from './ladder/lanes.ts';
import type { Reading } from './reading.ts';
import type { TraceBuilder } from './trace/builder.ts';
import { REQUEST } from './trace/columns.ts';
import { formatOf } from './trace/formatOf.ts';
import { type Skipped, skippedOf } from './trace/skipped.ts';
import { type ByteSource, type ReadOptions, readTrace } from './trace/trace.ts';

/** Counts of a trace, found without parsing any body. Times are milliseconds since 1970. */
export interface Summary {
  readonly messages: number;
  readonly participants: number;
  readonly dialogs: number;
  readonly transactions: number;
  readonly methods: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly first: number | null;
  readonly last: number | null;
  /** The id of the format that most messages have. */
  readonly format: string;
  /** Records that hold no message, by why. */
  readonly skipped: readonly Skipped[];
}

/** Reads a trace or a capture once, in pages, and counts. */
export async function summarizeTrace(source: ByteSource, options?: ReadOptions): Promise<Summary> {
  const kind = await captureKindOf(source);
  const built = kind ? await indexCapture(source, kind, options) : await readTrace(source, options);
  return counts(built, readFlow(built));
}

/** Counts the wanted messages (1 for each by zero-based number) of a trace. */
export function summarizeSelected({ trace, flow }: Reading, wanted: Uint8Array): Summary {
  return counts(trace.built, flow, wanted);
}

function counts(built: TraceBuilder, flow: Flow, wanted?: Uint8Array): Summary {
  const { columns } = built;
  const kinds = new Uint32Array(65_536);
  const isWanted = (index: number) => !wanted || wanted[index] === 1;
  for (let index = 0; index < columns.count; index++) if (isWanted(index)) kinds[columns.kind[index]!]!++;
  let first: number | null = null;
  let last: number | null = null;
  for (let index = 0; columns.time && index < columns.count; index++) {
    const time = isWanted(index) ? columns.timeOf(index) : null;
    first ??= time;
    last = time ?? last;
  }
  return {
    messages: wanted ? wanted.reduce((sum, one) => sum + one, 0) : columns.count,
    participants: partiesInOrder(built, wanted).length,
    dialogs: wanted ? distinct(flow.dialogs.of, wanted) : flow.dialogs.count,
    transactions: wanted ? distinct(flow.transactions.of, wanted) : flow.transactions.count,
    methods: counted(kinds, REQUEST, 65_536, (kind) => built.methods.names[kind - REQUEST]!),
    statuses: counted(kinds, 1, REQUEST, String),
    first,
    last,
    format: formatOf(columns),
    skipped: skippedOf(built),
  };
}

/** How many groups the wanted messages belong to; 0 is none. */
function distinct(groups: Uint32Array, wanted: Uint8Array): number {
  return new Set(groups.filter((group, index) => group > 0 && wanted[index])).size;
}

function counted(kinds: Uint32Array, from: number, to: number, name: (kind: number) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let kind = from; kind < to; kind++) if (kinds[kind]! > 0) counts[name(kind)] = kinds[kind]!;
  return counts;
}
