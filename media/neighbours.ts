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
