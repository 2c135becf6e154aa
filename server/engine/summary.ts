import { captureKindOf } from './capture/capture.ts';
import { indexCapture } from './capture/indexCapture.ts';
import { readFlow } from './flow/flow.ts';
import { partiesInOrder } from './ladder/lanes.ts';
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
  const { columns } = built;
  const flow = readFlow(built);
  const kinds = new Uint32Array(65_536);
  for (let index = 0; index < columns.count; index++) kinds[columns.kind[index]!]!++;
  const times = columns.time?.subarray(0, columns.count).filter((time) => !Number.isNaN(time)) ?? [];
  return {
    messages: columns.count,
    participants: partiesInOrder(built).length,
    dialogs: flow.dialogs.count,
    transactions: flow.transactions.count,
    methods: counted(kinds, REQUEST, 65_536, (kind) => built.methods.names[kind - REQUEST]!),
    statuses: counted(kinds, 1, REQUEST, String),
    first: times[0] ?? null,
    last: times[times.length - 1] ?? null,
    format: formatOf(columns),
    skipped: skippedOf(built),
  };
}

function counted(kinds: Uint32Array, from: number, to: number, name: (kind: number) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let kind = from; kind < to; kind++) if (kinds[kind]! > 0) counts[name(kind)] = kinds[kind]!;
  return counts;
}
