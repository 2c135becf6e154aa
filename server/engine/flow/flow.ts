import type { TraceBuilder } from '../trace/builder.ts';
import { type Dialogs, groupDialogs } from './dialogs.ts';
import { pairTransactions, type Transactions } from './transactions.ts';
import { settleParticipants } from './ways.ts';

/** What the messages of a trace mean together, in numbers: it grows by columns only. */
export interface Flow {
  readonly transactions: Transactions;
  readonly dialogs: Dialogs;
}

/** Pairs, groups and settles who talks to whom, in one pass each over the columns. */
export function readFlow(built: TraceBuilder): Flow {
  const transactions = pairTransactions(built.columns, built.calls);
  settleParticipants(built, transactions);
  return { transactions, dialogs: groupDialogs(built, transactions) };
}

/** The messages of each Call-ID: `order.subarray(starts[n], starts[n + 1])` are those of Call-ID number n. */
export interface CallIndex {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

/** Sorts message numbers by Call-ID, trace order kept within each. Call-ID number 0 holds those without one. */
export function indexCalls(built: TraceBuilder): CallIndex {
  const { call, count } = built.columns;
  const starts = new Uint32Array(built.calls + 2);
  for (let index = 0; index < count; index++) starts[call[index]! + 1]!++;
  for (let number = 1; number < starts.length; number++) starts[number]! += starts[number - 1]!;
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[next[call[index]!]!++] = index;
  return { starts, order };
}
