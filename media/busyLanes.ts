import type { LaneView } from './laneView.ts';
import type { RowSource, View } from './rowPool.ts';
import type { ShownRows } from './shownRows.ts';

/** What is asked about: the rows in view, as far as they are here, and the lane in focus, or null. */
export interface Sight {
  readonly view: View;
  readonly shown: ShownRows;
  readonly source: Pick<RowSource, 'get'>;
  readonly lanes: LaneView;
  readonly visited: number | null;
}

/** The lanes that have arrows on screen, those that are pinned and the one in focus; none where no row is here. */
export function busyLanes({ view: { top, height, rowHeight }, shown, source, lanes, visited }: Sight): Set<number> {
  const busy = new Set<number>();
  const first = Math.floor(top / rowHeight);
  const last = Math.min(shown.map.count, first + Math.ceil(height / rowHeight) + 1);
  for (let row = first; row < last; row++) {
    const data = source.get(shown.map.at(row).message);
    if (!data) continue;
    const { from, to } = lanes.placed(data);
    for (const lane of [from, to]) if (lane >= 0) busy.add(lane);
  }
  if (busy.size === 0) return busy;
  for (const [at, { isPinned }] of lanes.lanes.entries()) if (isPinned) busy.add(at);
  if (visited !== null && visited < lanes.lanes.length) busy.add(visited);
  return busy;
}
