import type { LadderRow, MessageDetail } from '../server/view/protocol.ts';
import { countBelow } from './ascending.ts';

interface Rows {
  get(message: number): LadderRow | undefined;
}

const NEARBY = 200;

/** How a row belongs to another one, as a class of the style sheet: `in-transaction`, `in-dialog`, or ''. */
export function kinship(one: LadderRow, other: LadderRow): string {
  if (one.transaction && one.transaction === other.transaction) return 'in-transaction';
  if (other.respondsTo === one.index || one.respondsTo === other.index) return 'in-transaction';
  const isSame = one.dialog ? one.dialog === other.dialog : one.callId !== '' && one.callId === other.callId;
  return isSame ? 'in-dialog' : '';
}

/** The messages near the given one that belong to the same transaction, without itself. */
export function related(message: number, rows: Rows): Set<number> {
  const found = new Set<number>();
  const row = rows.get(message);
  if (!row) return found;
  for (let other = message - NEARBY; other <= message + NEARBY; other++) {
    const transaction = rows.get(other)?.transaction;
    if (other !== message && transaction && transaction === row.transaction) found.add(other);
  }
  for (const other of [row.respondsTo, row.retransmissionOf]) if (other !== null) found.add(other);
  return found;
}

/**
 * The messages that are the first one shown of their dialog, ascending. Linear in the messages.
 * @param dialogs of each message of the trace, as a number; 0 is none
 */
export function dialogStarts(
  dialogs: Uint32Array,
  { here, count }: { readonly here: readonly number[] | null; readonly count: number },
): number[] {
  const starts: number[] = [];
  let most = 0;
  for (const dialog of dialogs) if (dialog > most) most = dialog;
  const seen = new Uint8Array(most + 1);
  seen[0] = 1;
  const length = here ? here.length : Math.min(count, dialogs.length);
  for (let place = 0; place < length; place++) {
    const message = here ? here[place]! : place + 1;
    const dialog = dialogs[message - 1]!;
    if (seen[dialog] !== 0) continue;
    seen[dialog] = 1;
    starts.push(message);
  }
  return starts;
}

/** The nearest of ascending messages to another one in the direction, without itself; null if there is none. */
export function nearest(messages: readonly number[], message: number, direction: 1 | -1): number | null {
  const at = direction > 0 ? countBelow(messages, message + 1) : countBelow(messages, message) - 1;
  return messages[at] ?? null;
}

/** The nearest message that belongs to this one, in the direction; null if there is none. */
export function partner(
  message: number,
  direction: 1 | -1,
  near: ReadonlySet<number>,
  links: MessageDetail['links'],
): number | null {
  const all = [...near, ...links.map(({ index }) => index)];
  const ahead = all.filter((other) => (other - message) * direction > 0);
  if (ahead.length === 0) return null;
  return ahead.reduce((best, other) => ((other - best) * direction < 0 ? other : best));
}
