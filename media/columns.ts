/** Neighbouring lanes without an arrow on screen that have one narrow column together: the first and the last of them. */
export interface Bundle {
  readonly first: number;
  readonly last: number;
}

/** Where the columns stand, in pixels from the left. */
export interface Columns {
  readonly number: number;
  readonly time: number;
  readonly badges: number;
  /** Where the lanes begin. */
  readonly left: number;
  /** Where the line of each lane stands, and how wide its column is. */
  readonly at: readonly number[];
  readonly widths: readonly number[];
  /** Lanes that share a column; each of them has a part of its width. */
  readonly bundles: readonly Bundle[];
  /** The lanes at work are too narrow for their names on one line. */
  readonly isSlim: boolean;
  /** How many of the first lanes stay in view beside the times, and where the last of these ends. */
  readonly pinned: number;
  readonly pinnedTo: number;
  readonly width: number;
}

/** So that five lanes fit beside an editor, and an address with its port can be read. */
const [LEAST_LANE, LEAST_LONG_LANE] = [84, 164];
/** Where all lanes at work fit then: names are small and broken into lines. Where they do not even so, each has a little more than the least. */
const [LEAST_SQUEEZED, MOST_BEYOND] = [30, 110];
/** A lane without an arrow on screen, where there is no room for all. Lines closer than that would be a curtain. */
const [LEAST_IDLE, MOST_IDLE] = [8, 12];
/** Several of them, where there is no room for each. */
const [LEAST_BUNDLE, MOST_BUNDLE] = [3, 28];
/** So few lanes have all the same room, whether or not they are at work. */
const FEW_LANES = 8;
/** A little less for each where then all of them fit with their names on a line. */
const LEAST_FEW = 64;
/** How wide the line is behind which lanes are under pinned ones. */
const EDGE_LINE = 3;
/** The part of the room that pinned lanes may take from the others. */
const MOST_PINNED = 0.65;
const LANE_ICON = 30;
const CHARACTER = 8.2;
/** What stands beside the lanes has less room in a narrow page: a time of the day, and two badges. */
const NARROW = 480;
const [BADGES, BADGES_NARROW] = [92, 58];
const [TIME, TIME_NARROW] = [96, 82];

/** What is to be laid out. */
export interface Wanted {
  readonly width: number;
  readonly labels: readonly string[];
  readonly messages: number;
  readonly withTimes: boolean;
  /** The lanes that have arrows on screen; null for all. */
  readonly busy: ReadonlySet<number> | null;
  /** How many of the first lanes are to stay in view. They do where enough room is left beside them. */
  readonly pinned: number;
}

/** Divides the width among the columns. Lanes too many for it shrink where they are idle, and make the ladder wider than the page. */
export function columns({ width, labels, messages, withTimes, busy, pinned }: Wanted): Columns {
  const number = 26 + 8 * Math.max(2, String(messages).length);
  const isNarrow = width < NARROW;
  const badges = isNarrow ? BADGES_NARROW : BADGES;
  const time = withTimes ? (isNarrow ? TIME_NARROW : TIME) : 0;
  const left = number + time;
  const room = Math.max(0, width - left - badges);
  const { widths, bundles, isSlim } = laneWidths(labels, room, busy);
  const at: number[] = [];
  let from = left;
  for (const lane of widths) {
    at.push(Math.floor(from + lane / 2));
    from += lane;
  }
  const wanted = widths.slice(0, pinned).reduce((sum, lane) => sum + lane, 0);
  const arePinned = wanted <= room * MOST_PINNED;
  return {
    ...{ number, time, left, at, widths, bundles, isSlim },
    badges,
    pinned: arePinned ? pinned : 0,
    pinnedTo: arePinned ? left + Math.round(wanted) : left,
    width: Math.round(from) + badges,
  };
}

function laneWidths(
  labels: readonly string[],
  room: number,
  busy: ReadonlySet<number> | null,
): Pick<Columns, 'widths' | 'bundles' | 'isSlim'> {
  const lanes = labels.length;
  const share = Math.floor(room / Math.max(1, lanes));
  const leastOfAll = leastLane(labels);
  if (!busy || lanes <= FEW_LANES || leastOfAll <= share) {
    const squeezed = Math.max(LEAST_FEW, Math.min(leastOfAll, oneLine(labels)));
    const isSlim = share < squeezed && share >= LEAST_SQUEEZED && lanes <= FEW_LANES;
    const width = share >= squeezed || isSlim ? share : leastOfAll;
    return { widths: labels.map(() => width), bundles: [], isSlim };
  }
  const atWork = labels.filter((_, lane) => busy.has(lane));
  const least = leastLane(atWork);
  const idle = lanes - busy.size;
  const spare = room - least * busy.size;
  if (spare < LEAST_IDLE * idle) {
    const { widths, bundles } = bundled(lanes, busy, room, least);
    const widest = widths.reduce((most, width) => Math.max(most, width), 0);
    return { widths, bundles, isSlim: widest < Math.min(LEAST_LANE, oneLine(atWork)) };
  }
  const narrow = Math.min(Math.floor(spare / Math.max(1, idle)), MOST_IDLE);
  const wide = Math.max(least, Math.floor((room - narrow * idle) / Math.max(1, busy.size)));
  return { widths: labels.map((_, lane) => (busy.has(lane) ? wide : narrow)), bundles: [], isSlim: false };
}

/**
 * Lanes that have no room of their own share that between the lanes at work.
 * @param least how wide these are where there is room
 */
function bundled(
  lanes: number,
  busy: ReadonlySet<number>,
  room: number,
  least: number,
): Pick<Columns, 'widths' | 'bundles'> {
  const runs = idleRuns(lanes, busy);
  // Sooner a little narrower than beyond the edge.
  const fitting = Math.floor((room - LEAST_BUNDLE * runs.length) / Math.max(1, busy.size));
  const atWork = fitting >= LEAST_SQUEEZED ? Math.min(least, fitting) : Math.min(least, MOST_BEYOND);
  const spare = Math.floor((room - atWork * busy.size) / Math.max(1, runs.length));
  const most = Math.max(LEAST_BUNDLE, Math.min(spare, MOST_BUNDLE));
  const widthOf = ({ first, last }: Bundle) => Math.min(most, (last - first + 1) * MOST_IDLE);
  const taken = runs.reduce((sum, run) => sum + widthOf(run), 0);
  const wide = Math.max(atWork, Math.floor((room - taken) / Math.max(1, busy.size)));
  const widths = new Array<number>(lanes).fill(wide);
  for (const run of runs) widths.fill(widthOf(run) / (run.last - run.first + 1), run.first, run.last + 1);
  return { widths, bundles: runs.filter(({ first, last }) => last > first) };
}

function idleRuns(lanes: number, busy: ReadonlySet<number>): Bundle[] {
  const runs: Bundle[] = [];
  for (let lane = 0, first = 0; lane <= lanes; lane++) {
    if (lane < lanes && !busy.has(lane)) continue;
    if (lane > first) runs.push({ first, last: lane - 1 });
    first = lane + 1;
  }
  return runs;
}

function leastLane(labels: readonly string[]): number {
  return Math.max(LEAST_LANE, Math.min(LEAST_LONG_LANE, oneLine(labels)));
}

/** What the longest of the names needs to stand on one line. */
function oneLine(labels: readonly string[]): number {
  return Math.round(LANE_ICON + CHARACTER * labels.reduce((most, { length }) => Math.max(most, length), 0));
}

/** Where the line of a lane stands. @param scrolled how far the ladder is scrolled sideways: pinned lanes go with it */
export function laneAt(of: Columns, lane: number, scrolled = 0): number {
  return (of.at[lane] ?? of.left) + (lane < of.pinned ? scrolled : 0);
}

/** How wide the column of a lane is. */
export function laneWidth(of: Columns, lane: number): number {
  return of.widths[lane] ?? 0;
}

/** Where the column of a bundle begins and ends. */
export function bundlePlace({ left, widths }: Columns, { first, last }: Bundle): { from: number; to: number } {
  let from = left;
  for (let lane = 0; lane < first; lane++) from += widths[lane]!;
  let to = from;
  for (let lane = first; lane <= last; lane++) to += widths[lane]!;
  return { from: Math.round(from), to: Math.round(to) };
}

/** The bundle that a lane is in. */
export function bundleOf({ bundles }: Columns, lane: number): Bundle | undefined {
  return bundles.find(({ first, last }) => lane >= first && lane <= last);
}

/**
 * The lines of all lanes, from where these begin, as the picture of one row; lanes in a bundle are a strip. What is scrolled under pinned
 * lanes is not drawn.
 */
export function lifelines(of: Columns, scrolled: number): string {
  const { left, at, pinned, pinnedTo } = of;
  const stops: string[] = [];
  const stop = (colour: string, from: number, to: number) =>
    stops.push(`transparent ${from - left}px, ${colour} ${from - left}px ${to - left}px, transparent ${to - left}px`);
  const edge = pinnedTo + scrolled;
  const isPinned = pinned > 0 && scrolled > 0;
  for (let lane = 0; lane < at.length; lane++) {
    if (lane === pinned && isPinned) stop('var(--bundle)', edge - EDGE_LINE, edge);
    const bundle = bundleOf(of, lane);
    const place = laneAt(of, lane, scrolled);
    const { from, to } = bundle ? bundlePlace(of, bundle) : { from: place, to: place + 1 };
    if (lane < pinned || to > edge || !isPinned)
      stop(bundle ? 'var(--bundle)' : 'var(--lifeline)', lane < pinned || !isPinned ? from : Math.max(from, edge), to);
    if (bundle) lane = bundle.last;
  }
  return stops.length > 0 ? `linear-gradient(to right, ${stops.join(', ')})` : 'none';
}
