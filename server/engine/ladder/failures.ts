import { failureSteps } from '../flow/sessions/failure.ts';
import { stepWords } from '../flow/sessions/stepWords.ts';
import { headerValue } from '../sip/message.ts';
import type { ExportSource } from './export.ts';
import type { LadderRow } from './ladder.ts';

/** A final failure (4xx to 6xx), and why it came to that, step by step. Plain text, which may hold pieces of the trace. */
export interface RowFailure {
  readonly row: LadderRow;
  readonly steps: readonly string[];
}

/** So many failures are explained; of more it is told how many there are. */
const MOST = 50;

/**
 * Why requests of a ladder failed. A challenge to a request without credentials is no failure (RFC 3261 §22.1), nor is one that was sent again.
 * @returns the first of them, explained, and how many there are in all
 */
export function rowFailures({ ladder, trace, flow }: Omit<ExportSource, 'problems'>): {
  readonly failures: readonly RowFailure[];
  readonly count: number;
} {
  const failed = ladder.rows.filter(
    (row) => row.failed && row.retransmissionOf === null && !isFirstChallenge(row, trace),
  );
  const shown = failed.slice(0, MOST);
  const members = membersOfCalls(
    trace.columns.call.subarray(0, trace.count),
    new Set(shown.map(({ index }) => trace.columns.call[index - 1]!)),
  );
  const failures = shown.map((row) => ({
    row,
    steps: failureSteps(trace, flow, members.get(trace.columns.call[row.index - 1]!) ?? [], row.index - 1).map(
      stepWords,
    ),
  }));
  return { failures, count: failed.length };
}

function isFirstChallenge({ status, respondsTo }: LadderRow, trace: ExportSource['trace']): boolean {
  if ((status !== 401 && status !== 407) || respondsTo === null) return false;
  return (
    headerValue(trace.message(respondsTo - 1), status === 401 ? 'authorization' : 'proxy-authorization') === undefined
  );
}

/** The messages (zero-based) of the wanted calls. A message without a Call-ID is alone. */
function membersOfCalls(callOf: Uint32Array, wanted: ReadonlySet<number>): Map<number, number[]> {
  const members = new Map<number, number[]>([...wanted].filter((call) => call !== 0).map((call) => [call, []]));
  for (const [index, call] of callOf.entries()) members.get(call)?.push(index);
  return members;
}
