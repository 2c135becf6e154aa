import type { CallIndex, Flow } from '../../engine/flow/flow.ts';
import { type Legs, linkLegsSteps } from '../../engine/flow/sessions/legs.ts';
import { loadMessages } from '../../engine/indexed/load.ts';
import type { Indexed } from '../../engine/indexed/snapshot.ts';
import { type Lanes, readLanes } from '../../engine/ladder/lanes.ts';
import type { Reading } from '../../engine/reading.ts';
import { parseMessage } from '../../engine/sip/message.ts';
import type { TraceBuilder } from '../../engine/trace/builder.ts';
import { REQUEST } from '../../engine/trace/columns.ts';
import type { Messages } from '../../engine/trace/text.ts';

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
  /** Finds which Call-IDs are legs of one call; null where every INVITE would have to be read for it. */
  readonly link: (() => Generator<void, Legs>) | null;
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
    link: () => linkLegsSteps(trace, flow),
  };
}

/** The calls of a file that is read by ranges. Its legs are not linked. */
export function sourceOfFile({ snapshot, source }: Indexed): CallSource {
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
    link: null,
  };
}
