import type { TraceApi } from '../protocol.ts';
import { entriesOf } from './callEntries.ts';
import { placeOf } from './callIds.ts';
import { nodesOf } from './callNodes.ts';
import { callSummary } from './callSummary.ts';
import { type Calls, checkedView } from './calls.ts';
import type { CallTable } from './callTable.ts';
import { callsNear, childrenOf, messagesIn, pathTo } from './callTree.ts';
import { decide } from './linkDecisions.ts';
import { wholeCall } from './wholeCall.ts';

type CallsApi = Pick<
  TraceApi,
  'calls' | 'callPath' | 'callMessages' | 'callSummary' | 'wholeCall' | 'callsNear' | 'linkLegs' | 'decideLinks'
>;

/** What the tree of calls asks; `latest` gives the trace as it is now. */
export function createCallsApi<T>(latest: () => Promise<T>, calls: Calls<T>): CallsApi {
  const table = async () => calls.table(await latest());
  return {
    async calls(of, view) {
      const asked = checkedView(view);
      const trace = await latest();
      const all = await calls.table(trace);
      const place = placeOf(String(of));
      const places = place ? childrenOf(all, place, asked) : [];
      const { shown } = entriesOf(all, asked);
      const { links } = await calls.links(trace);
      return { nodes: await nodesOf(all, places, asked), shown, all: all.calls.length, links: links.length };
    },
    async callPath(index, view) {
      const asked = checkedView(view);
      const all = await table();
      const { count } = all.source.messages.columns;
      if (!Number.isInteger(index) || index < 1 || index > count) return [];
      return nodesOf(all, pathTo(all, index - 1, asked), asked);
    },
    async callMessages(of, view) {
      return (await calls.messagesOf(await latest(), { of, view })).map((index) => index + 1);
    },
    async callSummary(of) {
      const all = await table();
      return callSummary(all, checkedCall(all, of));
    },
    async wholeCall(of) {
      const all = await table();
      return wholeCall(all, checkedCall(all, of));
    },
    async callsNear(of) {
      const all = await table();
      const near = callsNear(all, callOfPlace(all, String(of)));
      return nodesOf(all, near, checkedView(undefined));
    },
    async linkLegs(how) {
      if (how === 'stop') calls.stop();
      if (how === 'resume') calls.resume();
      return calls.look(await latest());
    },
    async decideLinks(nodes, how) {
      const known = (['link', 'cut', 'undo'] as const).find((one) => one === how) ?? 'undo';
      return decide(await table(), calls.told(), nodes.map(String), known);
    },
  };
}

function checkedCall(table: CallTable, of: string): number {
  const call = callOfPlace(table, String(of));
  if (!call) throw new Error('What is asked for belongs to no call.');
  return call;
}

/** The call that a node belongs to; 0 where it belongs to none. */
function callOfPlace(table: CallTable, id: string): number {
  const place = placeOf(id);
  const [index] = place && place.is !== 'root' ? messagesIn(table, place, { show: 'all', order: 'time' }) : [];
  return index === undefined ? 0 : (table.callOf[table.source.messages.columns.call[index]!] ?? 0);
}
