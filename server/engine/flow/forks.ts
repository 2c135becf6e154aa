import { PairTable } from '../base/table.ts';
import { type Columns, REQUEST } from '../trace/columns.ts';
import type { Transactions } from './transactions.ts';

/**
 * Tells the devices of one user apart where a proxy passed a request on to several of them (RFC 3261 §16.6): each is named by the
 * Request-URI that it was sent. The To tags of their answers tell which of them the later requests come from and go to.
 * @param sent requests whose sender is a hop
 * @param got requests whose receiver is a hop
 */
export function settleForks(columns: Columns, { respondsTo }: Transactions, sent: Uint8Array, got: Uint8Array): void {
  const forked = forkedRequests(columns, got);
  if (!forked) return;
  const devices = new PairTable();
  for (let index = 0; index < columns.count; index++) {
    const call = columns.call[index]!;
    const request = respondsTo[index]! - 1;
    if (forked[index]) columns.receiver[index] = columns.target![index]!;
    else if (columns.kind[index]! < REQUEST) {
      const answered = request >= 0 && forked[request] === 1 && columns.toTag[index] !== 0;
      if (answered) devices.set(call, columns.toTag[index]!, columns.receiver[request]!);
    } else {
      const to = columns.toTag[index] ? devices.get(call, columns.toTag[index]!) : 0;
      const from = devices.get(call, columns.fromTag[index]!);
      if (to && !got[index]) columns.receiver[index] = to;
      if (from && !sent[index]) columns.sender[index] = from;
    }
  }
}

/** The requests of which another copy went to another device; null where there is none. */
function forkedRequests(columns: Columns, got: Uint8Array): Uint8Array | null {
  const firsts = new PairTable();
  const several = new PairTable();
  const isLast = (index: number) => columns.target![index] !== 0 && !got[index];
  for (let index = 0; index < columns.count; index++) {
    if (!isLast(index)) continue;
    const key = keyOf(columns, index);
    const first = firsts.get(key, columns.fromTag[index]!);
    if (first === 0) firsts.set(key, columns.fromTag[index]!, columns.target![index]!);
    else if (first !== columns.target![index]) several.set(key, columns.fromTag[index]!, 1);
  }
  let forked: Uint8Array | null = null;
  for (let index = 0; index < columns.count; index++) {
    if (!isLast(index) || several.get(keyOf(columns, index), columns.fromTag[index]!) === 0) continue;
    forked ??= new Uint8Array(columns.count);
    forked[index] = 1;
  }
  return forked;
}

/** A request of one sender, by call, method and CSeq number. */
function keyOf(columns: Columns, index: number): number {
  const call = Math.imul(columns.call[index]!, 0x9e3779b1) + columns.kind[index]!;
  return (Math.imul(call, 31) + columns.cseq[index]!) >>> 0;
}
