import { isoTime } from '../base/time.ts';
import { isCapture } from '../capture/capture.ts';
import type { Ladder, LadderRow, Lane } from './ladder.ts';

/** What is to be told beside the ladder. */
export interface MoreFacts {
  readonly whole: object;
  /** By the one-based number of the message. */
  ofMessage(index: number): object;
}

const NOTHING: MoreFacts = { whole: {}, ofMessage: () => ({}) };

/** The ladder in the shape that scripts read. */
export function jsonLadder(ladder: Ladder, more = NOTHING): string {
  const { format, lanes, rows, dialogs, calls, guesses, conferences, skipped } = ladder;
  const participants = lanes.map(({ id, label, kind, uri, addresses, why }) => ({
    id,
    label,
    kind,
    uri,
    addresses,
    why,
  }));
  const messages = rows.map((row) => ({
    ...messageJson(isCapture(format) ? { ...row, line: null } : row, lanes),
    ...more.ofMessage(row.index),
  }));
  const calling = { dialogs, calls, guesses, conferences };
  const whole = { version: 1, format, ...more.whole, participants, messages, ...calling, skipped };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function messageJson(row: LadderRow, lanes: readonly Lane[]): object {
  // What only the page draws is no part of it.
  const { failed, problems, from, to, named, time, facts, length, retransmissions, ...rest } = row;
  return {
    ...rest,
    time: isoTime(time),
    from: lanes[from]!.id,
    to: lanes[to]!.id,
    problems: problems.error + problems.warning + problems.info + problems.hint,
  };
}
