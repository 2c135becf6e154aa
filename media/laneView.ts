import type { LadderRow, Lane, LaneArrangement } from '../server/view/protocol.ts';

/** A lane as it is drawn: one of the trace's, a part of one, or several. */
export interface ShownLane extends Lane {
  /** Names it in an arrangement; the same when the file is opened again. */
  readonly key: string;
  /** The lanes of the trace that are drawn here: their numbers, zero-based. */
  readonly parts: readonly number[];
  readonly isPinned: boolean;
  /** The arrangement can tell it apart by address. */
  readonly canSplit: boolean;
}

/** The lanes as the trace tells them. */
export const NO_ARRANGEMENT: LaneArrangement = {
  group: 'participant',
  order: [],
  hidden: [],
  pinned: [],
  names: {},
  merged: {},
  split: [],
};

/** The engine tells no more addresses of a party than this. */
const MOST_ADDRESSES = 20;

/** The trace's lanes in the reader's arrangement. */
export class LaneView {
  readonly lanes: readonly ShownLane[];
  private readonly places: ReadonlyMap<string, number>;
  private readonly of: readonly Lane[];
  private readonly arrangement: LaneArrangement;

  constructor(of: readonly Lane[], arrangement: LaneArrangement) {
    this.of = of;
    this.arrangement = arrangement;
    const found = new Map<string, number[]>();
    for (const [number, lane] of of.entries())
      for (const key of this.keysOf(lane)) {
        const known = found.get(key);
        if (known) known.push(number);
        else found.set(key, [number]);
      }
    const hidden = new Set(arrangement.hidden);
    const ordered = inOrder([...found.keys()], arrangement.order).filter((key) => !hidden.has(key));
    const isPinned = (key: string) => arrangement.pinned.includes(key);
    const keys = [...ordered.filter(isPinned), ...ordered.filter((key) => !isPinned(key))];
    this.lanes = keys.map((key) => this.shownLane(key, found.get(key)!));
    this.places = new Map(keys.map((key, at) => [key, at]));
  }

  /** A row with the places of its ends among these lanes; −1 for an end whose lane is hidden. */
  placed(row: LadderRow): LadderRow {
    const place = (lane: number, address: string | null) => {
      const one = this.of[lane];
      return one ? (this.places.get(this.keyOf(one, address)) ?? -1) : -1;
    };
    const from = this.namedAt(row.from, row.named?.from);
    const to = this.namedAt(row.to, row.named?.to);
    return { ...row, from: place(from, row.source), to: place(to, row.destination) };
  }

  /** Whether a guess is undone: its messages are drawn at those whom headers name, as far as these have lanes. */
  isUndone(lane: Lane): boolean {
    return lane.isGuess === true && (this.arrangement.undone ?? []).includes(laneKey(lane));
  }

  private namedAt(lane: number, named = -1): number {
    const guessed = this.of[lane];
    return named >= 0 && guessed && this.isUndone(guessed) ? named : lane;
  }

  /** The lane that a message comes from; null where it is hidden, or there is no message. */
  sender(row: LadderRow | undefined): number | null {
    const from = row ? this.placed(row).from : -1;
    return from < 0 ? null : from;
  }

  /** All keys a lane of the trace is drawn under. */
  private keysOf(lane: Lane): string[] {
    if (this.grain(lane) === 'participant') return [this.keyOf(lane, null)];
    const more = lane.addresses.length >= MOST_ADDRESSES ? [this.resolved(laneKey(lane))] : [];
    return [...new Set([...lane.addresses.map((address) => this.keyOf(lane, address)), ...more])];
  }

  private keyOf(lane: Lane, address: string | null): string {
    const grain = this.grain(lane);
    const known = address !== null && lane.addresses.includes(address) ? address : null;
    if (grain === 'participant') return this.resolved(laneKey(lane));
    const place = known ?? (lane.addresses.length >= MOST_ADDRESSES ? null : lane.addresses[0]!);
    if (place === null) return this.resolved(laneKey(lane));
    return this.resolved(grain === 'host' ? `host ${hostOf(place)}` : `address ${place}`);
  }

  private grain(lane: Lane): LaneArrangement['group'] {
    if (lane.addresses.length === 0) return 'participant';
    if (this.arrangement.group !== 'participant') return this.arrangement.group;
    return this.arrangement.split.includes(laneKey(lane)) ? 'address' : 'participant';
  }

  /** What a key was merged into, at last. */
  private resolved(key: string): string {
    const { merged } = this.arrangement;
    const seen = new Set<string>();
    for (let at = key; ; at = merged[at]!) {
      if (!Object.hasOwn(merged, at) || seen.has(at)) return at;
      seen.add(at);
    }
  }

  private shownLane(key: string, parts: readonly number[]): ShownLane {
    const lanes = parts.map((number) => this.of[number]!);
    const first = lanes[0]!;
    const name = this.arrangement.names[key];
    const isWhole = key === laneKey(first);
    const place = key.slice(key.indexOf(' ') + 1);
    const why = lanes.length > 1 || !isWhole ? lanes.map((one) => `${one.label}: ${one.why}`).join('\n') : first.why;
    const base = lanes.find((one) => laneKey(one) === key) ?? first;
    const isOwn = isWhole || laneKey(base) === key;
    const isPart = !isOwn && lanes.length === 1 && this.arrangement.group === 'participant';
    const label = isOwn ? base.label : isPart ? `${first.label} ${portion(first, place)}` : place;
    const kind = isPart ? first.kind : ('address' as const);
    return {
      ...(isOwn ? base : { ...first, kind, uri: null, addresses: [place] }),
      label: name || label,
      why: name ? `${label}, renamed\n${why}` : why,
      key,
      parts,
      isPinned: this.arrangement.pinned.includes(key),
      canSplit: this.arrangement.group === 'participant' && laneKey(base) === key && base.addresses.length > 1,
    };
  }
}

/** Names a lane: its URI, or its label where it has none. */
export function laneKey({ uri, label }: Lane): string {
  return uri ?? label;
}

/** `192.0.2.1` of `192.0.2.1:5060`. */
function hostOf(address: string): string {
  return address.replace(/:\d+$/, '');
}

/** What tells an address of a participant from the others: the port alone where that is all that differs. */
function portion({ addresses }: Lane, place: string): string {
  const host = hostOf(place);
  return addresses.every((address) => hostOf(address) === host) ? place.slice(host.length) || place : place;
}

function inOrder(keys: readonly string[], order: readonly string[]): string[] {
  const wanted = new Map(order.map((key, at) => [key, at]));
  const place = (key: string, at: number) => wanted.get(key) ?? order.length + at;
  return keys
    .map((key, at) => ({ key, place: place(key, at) }))
    .sort((one, other) => one.place - other.place)
    .map(({ key }) => key);
}

/** The arrangement with a lane moved by so many places. */
export function moved(view: LaneView, arrangement: LaneArrangement, at: number, to: number): LaneArrangement {
  const keys = view.lanes.map(({ key }) => key);
  const [key] = keys.splice(at, 1);
  if (key !== undefined) keys.splice(Math.max(0, Math.min(to, keys.length)), 0, key);
  return { ...arrangement, order: keys };
}

/** The arrangement with a lane's messages drawn at another one. */
export function mergedInto(arrangement: LaneArrangement, key: string, into: string): LaneArrangement {
  const { [into]: _, ...others } = arrangement.merged;
  return { ...arrangement, merged: { ...others, [key]: into } };
}
