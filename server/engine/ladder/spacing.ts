import type { Ladder, LadderRow } from './ladder.ts';

/** What the lanes of a drawing need, in its own unit (columns, pixels). */
export interface Needs {
  /** The room that a lane's name takes. */
  readonly name: (label: string) => number;
  /** The room that an arrow with its label takes from lane to lane. */
  readonly arrow: (row: LadderRow) => number;
  /** No two lanes stand closer than this. */
  readonly least: number;
  /** The most that a name or a label may ask for, and by how much that is lowered until all lanes fit into `total`. */
  readonly most: number;
  readonly step: number;
  /** How wide all lanes together should be, if that can be had. */
  readonly total: number;
}

/** The distances between neighbouring lanes: as wide as names and labels ask for, in the most generous way that fits. */
export function laneGaps(ladder: Ladder, needs: Needs): number[] {
  const arrows = widest(ladder, needs);
  for (let most = needs.most; ; most -= needs.step) {
    const gaps = spaced(ladder, needs, arrows, most);
    if (most - needs.step < needs.least || gaps.reduce((sum, gap) => sum + gap, 0) <= needs.total) return gaps;
  }
}

interface Arrows {
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** The widest arrow between each two lanes, near lanes first: what they get serves the far ones too. */
function widest({ rows, lanes }: Ladder, needs: Needs): Arrows[] {
  const byPair = new Map<number, Arrows>();
  for (const row of rows) {
    const left = Math.min(row.from, row.to);
    const right = Math.max(row.from, row.to);
    const width = needs.arrow(row);
    const key = left * lanes.length + right;
    if (left !== right && width > (byPair.get(key)?.width ?? 0)) byPair.set(key, { left, right, width });
  }
  return [...byPair.values()].sort((a, b) => a.right - a.left - (b.right - b.left));
}

function spaced({ lanes }: Ladder, needs: Needs, arrows: readonly Arrows[], most: number): number[] {
  const names = lanes.map(({ label }) => Math.min(most, needs.name(label)));
  const gaps = names.slice(1).map((name, at) => Math.max(needs.least, Math.ceil((names[at]! + name) / 2)));
  for (const { left, right, width } of arrows) {
    const count = right - left;
    const room = gaps.slice(left, right).reduce((sum, gap) => sum + gap, 0);
    const more = Math.ceil((Math.min(width, most * count) - room) / count);
    if (more > 0) for (let at = left; at < right; at++) gaps[at] = gaps[at]! + more;
  }
  return gaps;
}

/**
 * The room of each name between its neighbours, so that none touches another: a short one leaves its room to the other.
 * @param widths of the names
 * @param gaps between the lanes
 * @param blank that stays free between two names
 */
export function nameLimits(widths: readonly number[], gaps: readonly number[], blank: number): number[] {
  const limits = widths.slice();
  for (const [at, gap] of gaps.entries()) {
    const room = 2 * (gap - blank);
    const [left, right] = [widths[at]!, widths[at + 1]!];
    limits[at] = Math.min(limits[at]!, Math.max(gap - blank, room - right));
    limits[at + 1] = Math.min(limits[at + 1]!, Math.max(gap - blank, room - left));
  }
  return limits;
}
