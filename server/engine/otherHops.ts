import { callMembers } from './answers.ts';
import type { Reading } from './reading.ts';
import { REQUEST } from './trace/columns.ts';

/** The same message on other hops; zero-based numbers. */
export interface OtherHops {
  /** As the proxy got it; null where that is not in the trace. */
  readonly before: number | null;
  /** As the proxy passed it on: several where it forked. */
  readonly after: readonly number[];
}

/**
 * Finds a message (zero-based) on the hops beside it. A proxy puts its own Via above that of the request it passes on (RFC 3261 §16.6), and
 * takes it away from responses (§16.7): a response is the same one if it has the status and answers the request of that hop.
 */
export function otherHops(reading: Reading, index: number): OtherHops {
  const { columns } = reading.trace;
  const { respondsTo } = reading.flow.transactions;
  if (columns.kind[index]! >= REQUEST) return hopsOfRequest(reading, index);
  const request = respondsTo[index]! - 1;
  if (request < 0) return { before: null, after: [] };
  const hops = hopsOfRequest(reading, request);
  const same = (other: number) => responseTo(reading, other, columns.kind[index]!);
  const before = hops.after.map(same).find((one) => one !== null) ?? null;
  const after = hops.before === null ? null : same(hops.before);
  return { before, after: after === null ? [] : [after] }; // responses go the other way
}

function hopsOfRequest(reading: Reading, index: number): OtherHops {
  const { kind, branch, below } = reading.trace.columns;
  const { retransmissionOf } = reading.flow.transactions;
  const others = [...callMembers(reading, index)].filter(
    (other) => other !== index && kind[other] === kind[index] && !retransmissionOf[other],
  );
  const under = below?.[index] ?? 0;
  const before = under ? others.find((other) => branch[other] === under) : undefined;
  const after = branch[index] ? others.filter((other) => below?.[other] === branch[index]) : [];
  return { before: before ?? null, after };
}

function responseTo(reading: Reading, request: number, status: number): number | null {
  const { kind } = reading.trace.columns;
  const { respondsTo } = reading.flow.transactions;
  const found = callMembers(reading, request).find(
    (other) => respondsTo[other] === request + 1 && kind[other] === status,
  );
  return found ?? null;
}
