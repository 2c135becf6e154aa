import { GroupTable } from '../base/groupTable.ts';
import { PairTable } from '../base/table.ts';
import { type Columns, REQUEST } from '../trace/columns.ts';

/** How messages answer each other. All numbers are one-based, 0 is none. */
export interface Transactions {
  /** How many there are. */
  readonly count: number;
  /** The transaction of each message. */
  readonly of: Uint32Array;
  /** The request (message number + 1) that each response answers. */
  readonly respondsTo: Uint32Array;
  /** The equal message (number + 1) that was sent before in the same direction (RFC 3261 §17.1). */
  readonly retransmissionOf: Uint32Array;
}

/**
 * Pairs requests with responses: by top Via branch and CSeq (RFC 3261 §17.1.3), where there is no branch by Call-ID, CSeq and From
 * tag (§17.2.3). A response seen on another hop than its request is paired by the latter too.
 * @param calls how many Call-IDs there are
 */
export function pairTransactions(columns: Columns, calls: number): Transactions {
  const { count } = columns;
  const of = new Uint32Array(count);
  const requests = new Uint32Array(count + 1);
  const transactions = new GroupTable(calls + 1, count + 1);
  let loose: PairTable | null = null;
  let last = 0;
  for (let index = 0; index < count; index++) {
    const call = columns.call[index]!;
    if (call === 0) continue;
    const isRequest = columns.kind[index]! >= REQUEST;
    const key = keyOf(columns, index);
    let transaction = transactions.find(call, key);
    if (transaction === 0 && !isRequest) {
      loose ??= requestsBefore(columns, index, of);
      transaction = loose.get(call, looseKeyOf(columns, index));
    }
    if (transaction === 0) {
      transaction = ++last;
      requests[transaction] = isRequest ? index + 1 : 0;
      transactions.add(call, key, transaction);
    }
    if (isRequest) loose?.set(call, looseKeyOf(columns, index), transaction);
    of[index] = transaction;
  }
  const retransmissionOf = findRepeated(columns, of, last);
  const isResponse = (index: number) => of[index] !== 0 && columns.kind[index]! < REQUEST;
  const respondsTo = of.map((transaction, index) => (isResponse(index) ? requests[transaction]! : 0));
  return { count: last, of, respondsTo, retransmissionOf };
}

function keyOf(columns: Columns, index: number): number {
  return columns.branch[index] ? mix(numberOf(columns, index) ^ 1, columns.branch[index]!) : looseKeyOf(columns, index);
}

function looseKeyOf(columns: Columns, index: number): number {
  return mix(numberOf(columns, index), columns.fromTag[index]!);
}

/** CSeq number and method as one. */
function numberOf(columns: Columns, index: number): number {
  const kind = columns.kind[index]!;
  return mix(columns.cseq[index]!, kind >= REQUEST ? kind - REQUEST : columns.cseqMethod[index]!);
}

/** The transactions of the requests before a message, for responses whose branch is unknown. Few traces need it. */
function requestsBefore(columns: Columns, end: number, of: Uint32Array): PairTable {
  const loose = new PairTable();
  for (let index = 0; index < end; index++) {
    if (of[index] !== 0 && columns.kind[index]! >= REQUEST)
      loose.set(columns.call[index]!, looseKeyOf(columns, index), of[index]!);
  }
  return loose;
}

/** For each message the equal one (number + 1) sent before in its transaction. */
function findRepeated(columns: Columns, of: Uint32Array, transactions: number): Uint32Array {
  const { count, length, bodyAt, kind, toTag, branch } = columns;
  const repeated = new Uint32Array(count);
  const sent = new GroupTable(transactions + 1, count + 1);
  for (let index = 0; index < count; index++) {
    const transaction = of[index]!;
    if (transaction === 0) continue;
    const body = length[index]! - bodyAt[index]!;
    const what = mix(mix(kind[index]!, toTag[index]!), mix(body, branch[index]!));
    const first = sent.find(transaction, what);
    if (first === 0) sent.add(transaction, what, index + 1);
    else repeated[index] = first;
  }
  return repeated;
}

function mix(a: number, b: number): number {
  const value = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b + 0x9e3779b9, 0xc2b2ae35);
  return (value ^ (value >>> 13)) >>> 0;
}
