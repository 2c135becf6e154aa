import type { Stretch } from '../trace/stretch.ts';
import { bigEndian, littleEndian, type Order } from './bytes.ts';
import { type Container, DAMAGED, LARGEST } from './container.ts';
import { type Dissector, newPacket } from './dissector.ts';

const HEAD = 24;

/** The files of libpcap by their first four bytes: milliseconds in a unit of their time, and bytes before a packet. */
const KINDS: Readonly<Record<number, { readonly unit: number; readonly head: number }>> = {
  2712847316: { unit: 1e-3, head: 16 },
  2712812621: { unit: 1e-6, head: 16 },
  2712849716: { unit: 1e-3, head: 24 },
};

/** Whether a file that begins so is one of libpcap. */
export function isPcap(bytes: Uint8Array): boolean {
  return orderOf(bytes) !== null;
}

function orderOf(bytes: Uint8Array): Order | null {
  return [bigEndian, littleEndian].find((order) => KINDS[order.u32(bytes, 0)] !== undefined) ?? null;
}

/** Reads files of libpcap, of all its kinds (draft-ietf-opsawg-pcap). */
export class PcapReader implements Container {
  private readonly dissector: Dissector;
  private order = bigEndian;
  private link = -1;
  private unit = 1e-3;
  private head = 16;
  private readonly packet = newPacket();

  constructor(dissector: Dissector) {
    this.dissector = dissector;
  }

  read(stretch: Stretch): number {
    let at = this.link < 0 ? this.begin(stretch) : 0;
    const { bytes, end, last } = stretch;
    const { order, head, packet } = this;
    packet.link = this.link;
    packet.order = order;
    while (at + head <= end) {
      const kept = order.u32(bytes, at + 8);
      if (kept > LARGEST) return DAMAGED;
      const next = at + head + kept;
      if (next > end && !last) break;
      packet.from = at + head;
      packet.to = Math.min(next, end);
      packet.time = order.u32(bytes, at) * 1000 + order.u32(bytes, at + 4) * this.unit;
      this.dissector.take(stretch, stretch.base, packet);
      at = next;
    }
    return Math.min(at, end);
  }

  /** The upper bits of the link type tell of checksums. */
  private begin({ bytes, end }: Stretch): number {
    this.order = orderOf(bytes) ?? bigEndian;
    const kind = KINDS[this.order.u32(bytes, 0)]!;
    this.unit = kind.unit;
    this.head = kind.head;
    this.link = end < HEAD ? 0 : this.order.u32(bytes, 20) & 0x0fffffff;
    return Math.min(HEAD, end);
  }
}
