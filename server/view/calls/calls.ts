import type { LegLinks, Legs } from '../../engine/flow/sessions/evidence.ts';
import { callsOfLegs, type DecidedLinks, groupLegs } from '../../engine/flow/sessions/grouping.ts';
import { placeOf } from './callIds.ts';
import type { CallsView, LinkDecision, LinkingState, ShownCall } from './callNode.ts';
import type { CallSource } from './callSource.ts';
import { type CallTable, callTableOf, type LegTable, readLegTable } from './callTable.ts';
import { messagesIn } from './callTree.ts';
import { decidedLinks } from './linkDecisions.ts';
import { Linking } from './linking.ts';

/** Where the calls of a trace come from. */
export interface CallsOf<T> {
  sourceOf(trace: T): CallSource;
  /** The object that stands for the messages of a trace. */
  stateOf(trace: T): object;
  /** What somebody told of legs by hand. */
  decided(): readonly LinkDecision[];
}

/**
 * Which legs are one call, by the evidence in a trace and by what was told of them by hand. Whoever wants to know it asks here, so that the tree, the ladder, filters
 * and exports cannot differ.
 */
export class Calls<T> {
  private readonly of: CallsOf<T>;
  private readonly linking = new Linking();
  private readonly sources = new WeakMap<object, CallSource>();
  private readonly made = lastOf(callTableOf);
  private readonly grouped = lastOf(groupedLegs);
  private readonly numbered = lastOf(callsOfLegs);

  constructor(of: CallsOf<T>) {
    this.of = of;
  }

  /** What somebody told of the legs by hand. */
  told(): readonly LinkDecision[] {
    return this.of.decided();
  }

  /** The same by the legs of a trace. */
  decided(trace: T): DecidedLinks {
    return decidedLinks(this.source(trace), this.told());
  }

  /** The table of all calls; it is read once for each state of the trace. Of a large file legs are linked as far as they were looked for. */
  async table(trace: T): Promise<CallTable> {
    const [legTable, legs] = await Promise.all([this.legTable(trace), this.legs(trace)]);
    return this.made(legTable, legs);
  }

  /** What links legs, weak or strong, as far as it was looked for. */
  links(trace: T): Promise<LegLinks> {
    return this.linking.links(this.source(trace), this.of.stateOf(trace));
  }

  /** The call of each leg, by the numbers of Call-IDs, as far as legs are linked. */
  async callOf(trace: T): Promise<Uint32Array> {
    return this.numbered(await this.legs(trace), this.source(trace).built.calls);
  }

  /** The messages (zero-based) of a call or a part of one, as the tree names it. */
  async messagesOf(trace: T, { of, view }: Pick<ShownCall, 'of' | 'view'>): Promise<number[]> {
    const place = placeOf(String(of));
    return place ? messagesIn(await this.table(trace), place, checkedView(view)) : [];
  }

  /** The messages of the call of one (zero-based), with all of its legs. */
  async around(trace: T, index: number): Promise<number[]> {
    const leg = this.source(trace).messages.columns.call[index];
    if (!leg) return [index];
    await this.linked(trace);
    return this.messagesOf(trace, { of: `call ${leg}`, view: ALL });
  }

  /** How far the legs of a large file are linked; it goes on meanwhile, unless it was stopped. */
  look(trace: T): Promise<LinkingState> {
    return this.linking.look(this.source(trace), this.of.stateOf(trace));
  }

  /** Waits until the legs of a large file are linked, or that is stopped. */
  async linked(trace: T): Promise<void> {
    while ((await this.look(trace)).progress !== null);
  }

  /** It looks for no more links. */
  stop(): void {
    this.linking.stop();
  }

  /** It goes on where it was stopped. */
  resume(): void {
    this.linking.resume();
  }

  private async legs(trace: T): Promise<Legs> {
    return this.grouped(this.source(trace), await this.links(trace), JSON.stringify(this.told()));
  }

  private legTable(trace: T): Promise<LegTable> {
    const state = this.of.stateOf(trace);
    const known = tables.get(state) ?? readLegTable(this.source(trace));
    tables.set(state, known);
    return known;
  }

  private source(trace: T): CallSource {
    const state = this.of.stateOf(trace);
    const known = this.sources.get(state) ?? this.of.sourceOf(trace);
    this.sources.set(state, known);
    return known;
  }
}

/** Whatever else is asked for is everything, in the order of time. */
export function checkedView(view: CallsView | undefined): CallsView {
  const show = view?.show === 'failed' || view?.show === 'in progress' ? view.show : 'all';
  return { show, order: view?.order === 'duration' ? 'duration' : 'time' };
}

const ALL: CallsView = { show: 'all', order: 'time' };

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
