import type { LadderRow, MessageDetail } from '../server/view/protocol.ts';

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
 * The nearest message, in the direction, that is the first one shown of its dialog; null if there is none. Linear in the messages.
 * @param dialogs of each message of the trace; 0 is none
 */
export function firstOfDialog(
  dialogs: readonly number[],
  { here, count }: { readonly here: readonly number[] | null; readonly count: number },
  message: number,
  direction: 1 | -1,
): number | null {
  const seen = new Set<number>();
  let before: number | null = null;
  for (let place = 0; place < (here?.length ?? count); place++) {
    const one = here?.[place] ?? place + 1;
    const dialog = dialogs[one - 1] ?? 0;
    if (direction < 0 && one >= message) break;
    if (dialog === 0 || seen.has(dialog)) continue;
    seen.add(dialog);
    if (direction > 0 && one > message) return one;
    before = one;
  }
  return direction < 0 ? before : null;
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
