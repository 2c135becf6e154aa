import { type Block, block, latin1, ROOM } from '../sip/frame.ts';

/** So many packets are put together at a time; of one that lacks fragments the oldest is given up. */
const MOST = 256;
const LONGEST = 65_535;
/** Room for two addresses of IPv6. */
const ADDRESSES = 32;

interface Parts {
  memory: Block;
  /** Ranges that are there, in rising order, not touching. */
  ranges: { from: number; to: number }[];
  /** -1 while the last fragment is missing. */
  length: number;
  place: number;
  protocol: number;
  addresses: Uint8Array;
}

/** A packet of IP that was put together. */
export interface Whole {
  readonly memory: Block;
  readonly length: number;
  readonly protocol: number;
  /** Those of its source and destination, one behind the other. */
  readonly addresses: Uint8Array;
}

/** Where a fragment belongs. */
export interface Fragment {
  readonly key: string;
  readonly offset: number;
  readonly isLast: boolean;
  readonly protocol: number;
  readonly place: number;
  readonly addresses: Uint8Array;
}

/** Puts packets of IP together from their fragments, in whatever order these come (RFC 791 §3.2, RFC 8200 §4.5). */
export class Fragments {
  private readonly open = new Map<string, Parts>();
  private readonly lost: (first: Whole, place: number) => void;

  /** @param lost told of each packet that stays without one of its fragments: with what was there at its beginning */
  constructor(lost: (first: Whole, place: number) => void) {
    this.lost = lost;
  }

  /** Takes a fragment; gives the packet when it is the last that was missing. */
  add(bytes: Uint8Array, from: number, to: number, fragment: Fragment): Whole | null {
    if (fragment.offset + to - from > LONGEST) return null;
    const parts = this.partsOf(fragment);
    if (fragment.offset === 0) parts.protocol = fragment.protocol;
    room(parts, fragment.offset + to - from);
    parts.memory.bytes.set(bytes.subarray(from, to), fragment.offset);
    if (fragment.isLast) parts.length = fragment.offset + to - from;
    parts.ranges = merged([...parts.ranges, { from: fragment.offset, to: fragment.offset + to - from }]);
    const [first] = parts.ranges;
    if (parts.length < 0 || first!.from > 0 || first!.to < parts.length) return null;
    this.open.delete(fragment.key);
    return parts;
  }

  /** Gives up all that is still open. */
  finish(): void {
    for (const parts of this.open.values()) this.giveUp(parts);
    this.open.clear();
  }

  private partsOf({ key, protocol, place, addresses }: Fragment): Parts {
    const known = this.open.get(key);
    if (known) return known;
    if (this.open.size >= MOST) {
      const [oldest, parts] = this.open.entries().next().value!;
      this.open.delete(oldest);
      this.giveUp(parts);
    }
    const made: Parts = { memory: block(4096), ranges: [], length: -1, place, protocol, addresses };
    this.open.set(key, made);
    return made;
  }

  private giveUp({ memory, ranges, place, ...parts }: Parts): void {
    const first = ranges[0];
    this.lost({ ...parts, memory, length: first?.from === 0 ? first.to : 0 }, place);
  }
}

/** The name of a packet among those that are put together. */
export function fragmentKey(bytes: Uint8Array, addresses: number, length: number, id: string): string {
  return `${id} ${latin1(bytes, addresses, addresses + length)}`;
}

function room(parts: Parts, size: number): void {
  // The addresses are put behind it.
  if (size + ROOM + ADDRESSES <= parts.memory.bytes.length) return;
  const larger = block(Math.max(size + ADDRESSES, parts.memory.bytes.length * 2));
  larger.bytes.set(parts.memory.bytes);
  parts.memory = larger;
}

function merged(ranges: { from: number; to: number }[]): { from: number; to: number }[] {
  const sorted = ranges.sort((a, b) => a.from - b.from);
  const result: { from: number; to: number }[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else result.push({ ...range });
  }
  return result;
}
