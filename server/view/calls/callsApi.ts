import type { LegLinks, Legs } from '../../engine/flow/sessions/evidence.ts';
import { groupLegs } from '../../engine/flow/sessions/grouping.ts';
import type { TraceApi } from '../protocol.ts';
import { entriesOf } from './callEntries.ts';
import { placeOf } from './callIds.ts';
import type { CallsView, LinkDecision } from './callNode.ts';
import { nodesOf } from './callNodes.ts';
import type { CallSource } from './callSource.ts';
import { callSummary } from './callSummary.ts';
import { type CallTable, callTableOf, type LegTable, readLegTable } from './callTable.ts';
import { callsNear, childrenOf, messagesIn, pathTo } from './callTree.ts';
import { decide, decidedLinks } from './linkDecisions.ts';
import { Linking } from './linking.ts';
import { wholeCall } from './wholeCall.ts';

type CallsApi = Pick<
  TraceApi,
  'calls' | 'callPath' | 'callMessages' | 'callSummary' | 'wholeCall' | 'callsNear' | 'linkLegs' | 'decideLinks'
>;

/** Where the trees of a trace's calls come from. */
export interface CallsOf<T> {
  latest(): Promise<T>;
  sourceOf(trace: T): CallSource;
  /** The object that stands for the messages of a trace. */
  stateOf(trace: T): object;
  /** What somebody told of legs by hand. */
  decided(): readonly LinkDecision[];
}

/** What the tree of calls asks. The table of all legs is read once for each state of the trace, and what links them once. */
export function createCallsApi<T>(of: CallsOf<T>): CallsApi {
  const linking = new Linking();
  const made = lastOf(callTableOf);
  const grouped = lastOf(groupedLegs);
  const legs = async () => {
    const trace = await of.latest();
    const state = of.stateOf(trace);
    const known = tables.get(state) ?? readLegTable(of.sourceOf(trace));
    tables.set(state, known);
    return { legTable: await known, state };
  };
  const withLinks = async () => {
    const { legTable, state } = await legs();
    const links = await linking.links(legTable.source, state);
    const table = made(legTable, grouped(legTable.source, links, JSON.stringify(of.decided())));
    return { table, links: links.links.length };
  };
  const table = async () => (await withLinks()).table;
  return {
    async calls(of, view) {
      const asked = checked(view);
      const { table: all, links } = await withLinks();
      const place = placeOf(String(of));
      const places = place ? childrenOf(all, place, asked) : [];
      const { shown } = entriesOf(all, asked);
      return { nodes: await nodesOf(all, places, asked), shown, all: all.calls.length, links };
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
      return callSummary(all, checkedCall(all, of));
    },
    async wholeCall(of) {
      const all = await table();
      return wholeCall(all, checkedCall(all, of));
    },
    async callsNear(of) {
      const all = await table();
      const near = callsNear(all, callOfPlace(all, String(of)));
      return nodesOf(all, near, checked(undefined));
    },
    async linkLegs(how) {
      if (how === 'stop') linking.stop();
      if (how === 'resume') linking.resume();
      const { legTable, state } = await legs();
      return linking.look(legTable.source, state);
    },
    async decideLinks(nodes, how) {
      const known = (['link', 'cut', 'undo'] as const).find((one) => one === how) ?? 'undo';
      return decide(await table(), of.decided(), nodes.map(String), known);
    },
  };
}

const tables = new WeakMap<object, Promise<LegTable>>();

function groupedLegs(source: CallSource, links: LegLinks, decided: string): Legs {
  return groupLegs(links, decidedLinks(source, JSON.parse(decided) as LinkDecision[]));
}

/** The function, asked once for the same arguments: the last answer is kept. */
function lastOf<A extends readonly unknown[], V>(compute: (...args: A) => V): (...args: A) => V {
  let last: { readonly args: A; readonly value: V } | undefined;
  return (...args) => {
    if (!last?.args.every((one, at) => one === args[at])) last = { args, value: compute(...args) };
    return last.value;
  };
}

/** Whatever else is asked for is everything, in the order of time. */
function checked(view: CallsView | undefined): CallsView {
  const show = view?.show === 'failed' || view?.show === 'in progress' ? view.show : 'all';
  return { show, order: view?.order === 'duration' ? 'duration' : 'time' };
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
