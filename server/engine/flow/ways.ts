import { PairTable } from '../base/table.ts';
import { parseUri } from '../sip/values.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { type Columns, Flag, REQUEST } from '../trace/columns.ts';
import { stretchOf } from '../trace/stretch.ts';
import { findBetween, placeBetween } from './between.ts';
import { settleHops } from './hops.ts';
import { settleHosts } from './hosts.ts';
import type { Transactions } from './transactions.ts';

/**
 * Settles who sends and who gets each message. Requests go from From to To, over the proxies that the trace shows at work; responses
 * go back the way of their request.
 */
export function settleParticipants(built: TraceBuilder, transactions: Transactions): void {
  const { columns } = built;
  const between = findBetween(built);
  const place = between && placeBetween(built, between);
  settleOwn(built);
  if (columns.hop) settleHops(built, transactions);
  for (let index = 0; index < columns.count; index++) {
    if (columns.kind[index]! >= REQUEST) continue;
    const request = transactions.respondsTo[index]! - 1;
    if (request >= 0) {
      columns.sender[index] = columns.receiver[request]!;
      columns.receiver[index] = columns.sender[request]!;
    } else if (columns.sender[index] === 0 && columns.receiver[index] !== 0) {
      columns.sender[index] = serverOf(built, columns.receiver[index]!, index);
    }
  }
  place?.();
  settleHosts(built);
}

/**
 * Requests that name one party in From and To: between a user's device and the server of the domain, or another device. The From tags
 * tell the directions apart; the first NOTIFY comes from the server.
 */
function settleOwn(built: TraceBuilder): void {
  const { columns } = built;
  const byTag = new PairTable();
  for (let index = 0; index < columns.count; index++) {
    if ((columns.flags[index]! & Flag.toSelf) === 0) continue;
    const call = columns.call[index]!;
    const before = byTag.get(call, columns.fromTag[index]!) - 1;
    const opposite = columns.toTag[index] ? byTag.get(call, columns.toTag[index]!) - 1 : -1;
    if (before >= 0) go(columns, index, columns.sender[before]!, columns.receiver[before]!);
    else if (opposite >= 0) go(columns, index, columns.receiver[opposite]!, columns.sender[opposite]!);
    else guess(built, index);
    byTag.set(call, columns.fromTag[index]!, index + 1);
  }
}

function guess(built: TraceBuilder, index: number): void {
  const { columns, methods } = built;
  const self = columns.sender[index]!;
  const target = columns.receiver[index]!;
  const notifies = /^(?:BE)?NOTIFY$/.test(methods.names[columns.kind[index]! - REQUEST] ?? '');
  if (notifies) go(columns, index, serverOf(built, self, index), self);
  else if (target === self || target === 0) go(columns, index, self, serverOf(built, self, index));
}

function go(columns: Columns, index: number, sender: number, receiver: number): void {
  columns.sender[index] = sender;
  columns.receiver[index] = receiver;
}

/** The server of a party's domain. */
function serverOf(built: TraceBuilder, party: number, index: number): number {
  const uri = built.parties.uri(party);
  const { host } = parseUri(uri, { from: 0, to: uri.length });
  const server = stretchOf(`sip:${uri.slice(host.from, host.to)}`);
  return built.parties.of(server, 0, server.end, index + 1, 'To');
}
