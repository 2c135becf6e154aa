import type { TraceBuilder } from '../trace/builder.ts';
import { Flag, REQUEST } from '../trace/columns.ts';
import type { Transactions } from './transactions.ts';

/** What a message is to a keep-alive: nothing, the request, a response. */
export const [NO_KEEP_ALIVE, KEEP_ALIVE, KEEP_ALIVE_ANSWER] = [0, 1, 2] as const;

/** What is known of a transaction. */
const [ASKED, SUCCEEDED, NOTABLE] = [1, 2, 4] as const;

/**
 * The requests that only ask whether the other side is there, and their responses: OPTIONS outside of a dialog (RFC 3261 §11)
 * that was sent once and that nothing but success answered.
 * @param isNotable whether a message (zero-based) is worth a look all the same: then none of its transaction is marked
 * @returns a mark for each message; null where there is none
 */
export function keepAlives(
  { columns, methods }: TraceBuilder,
  { count, of, retransmissionOf }: Transactions,
  isNotable: (index: number) => boolean,
): Uint8Array | null {
  const options = methods.number('OPTIONS');
  const known = new Uint8Array(count + 1);
  const { kind, cseqMethod, flags } = columns;
  for (let index = 0; index < columns.count; index++) {
    const isRequest = kind[index] === REQUEST + options;
    if (!isRequest && (kind[index]! >= REQUEST || cseqMethod[index] !== options)) continue;
    const isAsked = isRequest && (flags[index]! & Flag.initial) !== 0 && retransmissionOf[index] === 0;
    const told = isRequest ? (isAsked ? ASKED : NOTABLE) : answered(kind[index]!);
    known[of[index]!]! |= isNotable(index) ? NOTABLE : told;
  }
  known[0] = NOTABLE; // what belongs to no transaction answers nothing
  if (!known.includes(ASKED | SUCCEEDED)) return null;
  const marks = new Uint8Array(columns.count);
  for (let index = 0; index < columns.count; index++)
    if (known[of[index]!] === (ASKED | SUCCEEDED))
      marks[index] = kind[index]! >= REQUEST ? KEEP_ALIVE : KEEP_ALIVE_ANSWER;
  return marks;
}

function answered(status: number): number {
  if (status < 200) return 0;
  return status < 300 ? SUCCEEDED : NOTABLE;
}
