import type { CallIndex, Flow } from '../../engine/flow/flow.ts';
import type { LegLinks } from '../../engine/flow/sessions/evidence.ts';
import { findLinksSteps } from '../../engine/flow/sessions/legs.ts';
import { loadMessages } from '../../engine/indexed/load.ts';
import type { Indexed } from '../../engine/indexed/snapshot.ts';
import { type Lanes, readLanes } from '../../engine/ladder/lanes.ts';
import type { Reading } from '../../engine/reading.ts';
import { parseMessage } from '../../engine/sip/message.ts';
import type { TraceBuilder } from '../../engine/trace/builder.ts';
import { REQUEST } from '../../engine/trace/columns.ts';
import type { Messages } from '../../engine/trace/text.ts';
import type { Looking } from '../longAnswer.ts';
import { inSlices } from '../slices.ts';

/** A trace whose calls are listed: a document, or a file of which only the columns are at hand. */
export interface CallSource {
  readonly built: TraceBuilder;
  readonly flow: Flow;
  /** The messages of each Call-ID. */
  readonly legs: CallIndex;
  readonly lanes: Lanes;
  /** What can be asked of messages without reading any: those of a file have no headers here. */
  readonly messages: Messages;
  /** Messages (zero-based) with their headers. */
  load(indices: readonly number[]): Promise<Messages>;
  readonly legSearch: LegSearch;
}

/** Finds what makes Call-IDs legs of one call. */
export interface LegSearch {
  /** It takes long: nobody waits for it, and it is told as far as it has come. */
  readonly isLong: boolean;
  /** How far it looks, in a sentence; '' where it looks at everything. */
  limit(): string;
  /** Where it is given up, what was found up to there is the answer. */
  find(looking: Looking<LegLinks>): Promise<LegLinks>;
}

/** So much of a message tells what its call is about, its body included where that is short. */
const ENOUGH_BYTES = 16 * 1024;
const NOTHING = parseMessage('');

/** The messages of a leg (the number of its Call-ID; 0 is none), zero-based, in trace order. */
export function messagesOfLeg({ legs: { starts, order } }: CallSource, leg: number): number[] {
  return Array.from(order.subarray(starts[leg] ?? 0, starts[leg + 1] ?? 0));
}

/** The calls of an open document. */
export function sourceOfReading({ trace, flow, calls }: Reading): CallSource {
  return {
    built: trace.built,
    flow,
    legs: calls,
    lanes: readLanes(trace.built),
    messages: trace,
    load: async () => trace,
    legSearch: {
      isLong: false,
      limit: () => '',
      find: async () => (await inSlices(findLinksSteps(trace, flow), () => false))!,
    },
  };
}

/** The calls of a file that is read by ranges. */
export function sourceOfFile({ snapshot, source }: Indexed, legSearch: LegSearch): CallSource {
  const { built, columns, flow, calls, lanes } = snapshot;
  const method = (index: number) => {
    const kind = columns.kind[index]!;
    return built.methods.names[kind >= REQUEST ? kind - REQUEST : columns.cseqMethod[index]!] ?? '';
  };
  return {
    built,
    flow,
    legs: calls,
    lanes,
    messages: { columns, method, message: () => NOTHING },
    async load(indices) {
      const wanted = new Set(indices);
      const loaded = await loadMessages(source, snapshot, wanted, ENOUGH_BYTES);
      return { columns, method, message: (index) => (wanted.has(index) ? loaded.message(index) : NOTHING) };
    },
    legSearch,
  };
}
