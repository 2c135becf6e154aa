import type { LadderRow, MessageDetail, TraceApi } from '../server/view/protocol.ts';

interface Rows {
  get(message: number): LadderRow | undefined;
}

const NEARBY = 200;

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

const STRIDE = 1000;

/** Which messages there are, and which of them are shown. */
interface Shown {
  readonly count: number;
  isHidden(message: number): boolean;
}

/** The next message on screen or off it with a problem or a failure, going round; null if there is none but this one. What is filtered out does not count. */
export async function withFinding(
  api: Pick<TraceApi, 'rows'>,
  shown: Shown,
  after: number,
  direction: 1 | -1,
): Promise<number | null> {
  const [below, above]: [Range, Range] = [
    [after, shown.count],
    [0, after - 1],
  ];
  const wanted = (row: LadderRow) => hasFinding(row) && !shown.isHidden(row.index);
  const [first, second] = direction > 0 ? [below, above] : [above, below];
  return (await firstOf(api, first, direction, wanted)) ?? (await firstOf(api, second, direction, wanted));
}

type Range = readonly [from: number, to: number];

async function firstOf(
  api: Pick<TraceApi, 'rows'>,
  [from, to]: Range,
  direction: 1 | -1,
  wanted: (row: LadderRow) => boolean,
): Promise<number | null> {
  const starts: number[] = [];
  for (let at = from; at < to; at += STRIDE) starts.push(at);
  if (direction < 0) starts.reverse();
  for (const start of starts) {
    const rows = [...(await api.rows(start, Math.min(start + STRIDE, to)))];
    if (direction < 0) rows.reverse();
    const found = rows.find(wanted);
    if (found) return found.index;
  }
  return null;
}

function hasFinding({ failed, problems }: LadderRow): boolean {
  return failed || problems.error + problems.warning + problems.info + problems.hint > 0;
}
