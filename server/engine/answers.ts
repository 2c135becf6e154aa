import { memo } from './base/memo.ts';
import { readCall } from './flow/calls.ts';
import { cccpAnswers } from './flow/cccpAnswers.ts';
import type { Reading } from './reading.ts';
import { Flag } from './trace/columns.ts';

/** Commands are not looked for in longer calls. */
const LONGEST_CALL = 2000;

/** The first final response to each request (zero-based), or its last provisional one, as a number from 1 on; 0 where there is none. */
export const answersOf: (reading: Reading) => Uint32Array = memo(({ trace: { columns }, flow }) => {
  const { respondsTo, retransmissionOf } = flow.transactions;
  const answers = new Uint32Array(columns.count);
  for (let index = 0; index < columns.count; index++) {
    const request = respondsTo[index]! - 1;
    if (request < 0) continue;
    const before = answers[request]! - 1;
    if (before < 0 || columns.kind[before]! < 200) answers[request] = index + 1;
  }
  for (let index = 0; index < columns.count; index++)
    if (retransmissionOf[index] && !answers[index]) answers[index] = answers[retransmissionOf[index]! - 1]!;
  return answers;
});

/** Milliseconds from one message to another (zero-based); null where the trace has no times for them. */
export function timeBetween({ trace: { columns } }: Reading, first: number, second: number): number | null {
  const from = columns.timeOf(first);
  const to = columns.timeOf(second);
  return from === null || to === null ? null : to - from;
}

/** A CCCP request and a response to it that came in another message (MS-CONFBAS): they share the requestId. Zero-based numbers. */
export interface CommandAnswer {
  readonly asked: number;
  readonly answered: number;
  /** Names of the commands: `deleteUser`. */
  readonly commands: readonly string[];
  /** `success`, `failure`, or `pending`, after which another answer comes; '' where none is given. */
  readonly code: string;
  readonly requestId: string;
}

/** The messages of the call that a message (zero-based) belongs to; none where it has no Call-ID. */
export function callMembers({ trace, calls: { starts, order } }: Reading, index: number): Uint32Array {
  const call = trace.columns.call[index]!;
  return call ? order.subarray(starts[call]!, starts[call + 1]!) : new Uint32Array();
}

/** The commands of the call of a message (zero-based) with their answers; none where the message carries no XML. */
export function commandAnswers(reading: Reading, index: number): readonly CommandAnswer[] {
  const members = callMembers(reading, index);
  const isXml = (reading.trace.columns.flags[index]! & Flag.xml) !== 0;
  return isXml && members.length > 0 && members.length <= LONGEST_CALL ? ofCall(reading, members) : [];
}

/** The commands of each call that was asked about, by its first message. */
const known: (reading: Reading) => Map<number, readonly CommandAnswer[]> = memo(() => new Map());

function ofCall(reading: Reading, members: Uint32Array): readonly CommandAnswer[] {
  const before = known(reading).get(members[0]!);
  if (before) return before;
  const answers: CommandAnswer[] = [];
  for (const { request, response } of cccpAnswers(readCall(reading.trace, reading.flow, reading.facts, members)))
    if (request && request.message !== response.message)
      answers.push({
        asked: request.message.index,
        answered: response.message.index,
        commands: request.cccp.commands.map(({ name }) => name),
        code: response.cccp.code?.value ?? '',
        requestId: response.cccp.requestId?.value ?? '',
      });
  known(reading).set(members[0]!, answers);
  return answers;
}
