import { PairTable } from '../base/table.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { type Columns, Flag, REQUEST } from '../trace/columns.ts';
import { settleForks } from './forks.ts';
import type { Transactions } from './transactions.ts';

/**
 * Settles the requests of calls that show proxies at work. A request whose second Via is another copy's top Via was passed on by the
 * proxy that its top Via names (RFC 3261 §16.6), and that other copy went to it. In such a call the first Route names the next hop
 * of a request that is not seen passed on; a first request that is sent again takes the way of the other.
 */
export function settleHops({ columns, calls, methods }: TraceBuilder, transactions: Transactions): void {
  const hops: Hops = {
    columns,
    invite: REQUEST + methods.number('INVITE'),
    hopByHop: [REQUEST + methods.number('INVITE'), REQUEST + methods.number('ACK'), REQUEST + methods.number('CANCEL')],
    seen: new Uint8Array(calls + 1),
    sent: new Uint8Array(columns.count),
    got: new Uint8Array(columns.count),
    copies: new PairTable(),
    firsts: new PairTable(),
    ways: new PairTable(),
  };
  for (let index = 0; index < columns.count; index++) if (isRequest(hops, index)) followVia(hops, index);
  if (!hops.seen.includes(1)) return;
  for (let index = 0; index < columns.count; index++) if (isInHops(hops, index)) followRoute(hops, index);
  settleForks(columns, transactions, hops.sent, hops.got);
  for (let index = 0; index < columns.count; index++) if (isInHops(hops, index)) followBranch(hops, index);
}

interface Hops {
  readonly columns: Columns;
  readonly invite: number;
  /** Kinds of requests that go the way of the INVITE whose branch they bear (RFC 3261 §9.1, §17.1.1.3). */
  readonly hopByHop: readonly number[];
  /** Calls in which a request was passed on. */
  readonly seen: Uint8Array;
  /** Requests whose sender, whose receiver is a known hop. */
  readonly sent: Uint8Array;
  readonly got: Uint8Array;
  /** The last copy (number + 1) by call, method and branch. */
  readonly copies: PairTable;
  /** The hop that first requests go to, by call, method and From tag. */
  readonly firsts: PairTable;
  /** An INVITE (number + 1) whose way is known, by call, CSeq number and branch. */
  readonly ways: PairTable;
}

function isRequest({ columns }: Hops, index: number): boolean {
  return columns.kind[index]! >= REQUEST;
}

function isInHops(hops: Hops, index: number): boolean {
  return isRequest(hops, index) && hops.seen[hops.columns.call[index]!] === 1;
}

function callAndMethod({ columns }: Hops, index: number): number {
  return (Math.imul(columns.call[index]!, 31) + columns.kind[index]!) >>> 0;
}

function followVia(hops: Hops, index: number): void {
  const { columns, copies, firsts } = hops;
  if (columns.branch[index] === 0) return;
  const key = callAndMethod(hops, index);
  copies.set(key, columns.branch[index]!, index + 1);
  const below = columns.below![index]!;
  const before = below ? copies.get(key, below) - 1 : -1;
  if (before < 0) return;
  const hop = columns.hop![index]!;
  columns.sender[index] = columns.receiver[before] = hop;
  hops.sent[index] = hops.got[before] = hops.seen[columns.call[index]!] = 1;
  if (isFirst(columns, before)) firsts.set(key, columns.fromTag[before]!, hop);
}

/** A request outside of dialogs, from its own sender. */
function isFirst(columns: Columns, index: number): boolean {
  return (columns.flags[index]! & Flag.initial) !== 0 && columns.below![index] === 0;
}

function followRoute(hops: Hops, index: number): void {
  const { columns, got, ways } = hops;
  if (!got[index] && columns.below![index] === 0) {
    const first = isFirst(columns, index) ? hops.firsts.get(callAndMethod(hops, index), columns.fromTag[index]!) : 0;
    const next = columns.hop![index]! || first;
    if (next) columns.receiver[index] = next;
    if (next) got[index] = 1;
  }
  const isKnown = got[index] === 1 || hops.sent[index] === 1;
  const key = callAndNumber(columns, index);
  if (isKnown && columns.kind[index] === hops.invite && !ways.get(key, columns.branch[index]!))
    ways.set(key, columns.branch[index]!, index + 1);
}

function followBranch({ columns, hopByHop, sent, got, ways }: Hops, index: number): void {
  const { branch, kind, sender, receiver } = columns;
  if (branch[index] === 0 || !hopByHop.includes(kind[index]!)) return;
  const way = ways.get(callAndNumber(columns, index), branch[index]!) - 1;
  if (way < 0) return;
  if (!got[index]) receiver[index] = receiver[way]!;
  if (!sent[index]) sender[index] = sender[way]!;
}

function callAndNumber(columns: Columns, index: number): number {
  return (Math.imul(columns.call[index]!, 0x9e3779b1) + columns.cseq[index]!) >>> 0;
}
