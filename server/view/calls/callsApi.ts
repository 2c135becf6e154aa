import type { TraceApi } from '../protocol.ts';
import { entriesOf } from './callEntries.ts';
import { placeOf } from './callIds.ts';
import type { CallsView } from './callNode.ts';
import { nodesOf } from './callNodes.ts';
import type { CallSource } from './callSource.ts';
import { callSummary } from './callSummary.ts';
import { type CallTable, readCallTable } from './callTable.ts';
import { childrenOf, messagesIn, pathTo } from './callTree.ts';

type CallsApi = Pick<TraceApi, 'calls' | 'callPath' | 'callMessages' | 'callSummary'>;

/**
 * What the tree of calls asks. The table of all calls is read once for each state of the trace.
 * @param stateOf the object that stands for the messages of a trace
 */
export function createCallsApi<T>(
  latest: () => Promise<T>,
  sourceOf: (trace: T) => CallSource,
  stateOf: (trace: T) => object,
): CallsApi {
  const table = async () => {
    const trace = await latest();
    const state = stateOf(trace);
    const known = tables.get(state) ?? readCallTable(sourceOf(trace));
    tables.set(state, known);
    return known;
  };
  return {
    async calls(of, view) {
      const asked = checked(view);
      const all = await table();
      const place = placeOf(String(of));
      const places = place ? childrenOf(all, place, asked) : [];
      const { shown } = entriesOf(all, asked);
      return { nodes: await nodesOf(all, places, asked), shown, all: all.calls.length };
    },
    async callPath(index, view) {
      const asked = checked(view);
      const all = await table();
      const { count } = all.source.messages.columns;
      if (!Number.isInteger(index) || index < 1 || index > count) return [];
      return nodesOf(all, pathTo(all, index - 1, asked), asked);
    },
    async callMessages(of, view) {
      const asked = checked(view);
      const all = await table();
      const place = placeOf(String(of));
      return place ? messagesIn(all, place, asked).map((index) => index + 1) : [];
    },
    async callSummary(of) {
      const all = await table();
      const call = callOfPlace(all, String(of));
      if (!call) throw new Error('What is asked for belongs to no call.');
      return callSummary(all, call);
    },
  };
}

const tables = new WeakMap<object, Promise<CallTable>>();

/** Whatever else is asked for is everything, in the order of time. */
function checked(view: CallsView | undefined): CallsView {
  const show = view?.show === 'failed' || view?.show === 'in progress' ? view.show : 'all';
  return { show, order: view?.order === 'duration' ? 'duration' : 'time' };
}

/** The call that a node belongs to; 0 where it belongs to none. */
function callOfPlace(table: CallTable, id: string): number {
  const place = placeOf(id);
  const [index] = place && place.is !== 'root' ? messagesIn(table, place, { show: 'all', order: 'time' }) : [];
  return index === undefined ? 0 : (table.callOf[table.source.messages.columns.call[index]!] ?? 0);
}
