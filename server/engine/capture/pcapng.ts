import type { Stretch } from '../trace/stretch.ts';
import { bigEndian, littleEndian, type Order, u32, u32le } from './bytes.ts';
import { type Container, DAMAGED, LARGEST } from './container.ts';
import type { Dissector } from './dissector.ts';

const SECTION = 0x0a0d0d0a;
const MAGIC = 0x1a2b3c4d;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const PACKET = 6;
/** Options of an interface. */
const RESOLUTION = 9;
const OFFSET = 14;

interface Interface {
  readonly link: number;
  /** Milliseconds in a unit of its times. */
  readonly unit: number;
  /** Milliseconds to add to them. */
  readonly offset: number;
  readonly snapLength: number;
}

/** Whether a file that begins so is one of pcapng. */
export function isPcapng(bytes: Uint8Array): boolean {
  return u32(bytes, 0) === SECTION && (u32(bytes, 8) === MAGIC || u32le(bytes, 8) === MAGIC);
}

/** Reads files of pcapng (draft-ietf-opsawg-pcapng): several sections, interfaces with link types and clocks of their own. */
export class PcapngReader implements Container {
  private readonly dissector: Dissector;
  private order: Order = littleEndian;
  private interfaces: Interface[] = [];

  constructor(dissector: Dissector) {
    this.dissector = dissector;
  }

  read(stretch: Stretch): number {
    const { bytes, end, last } = stretch;
    let at = 0;
    while (at + 12 <= end) {
      if (u32(bytes, at) === SECTION) this.order = u32(bytes, at + 8) === MAGIC ? bigEndian : littleEndian;
      const length = this.order.u32(bytes, at + 4);
      if (length < 12 || length > LARGEST) return DAMAGED;
      const next = at + ((length + 3) & ~3);
      if (next > end && !last) break;
      this.block(stretch, at, Math.min(at + length - 4, end));
      at = next;
    }
    return last ? end : Math.min(at, end);
  }

  private block(stretch: Stretch, at: number, to: number): void {
    const { bytes } = stretch;
    const { u16, u32 } = this.order;
    switch (u32(bytes, at)) {
      case SECTION:
        this.interfaces = [];
        break;
      case INTERFACE:
        if (at + 16 <= to) this.interfaces.push(this.interfaceAt(bytes, at, to));
        break;
      case PACKET:
        this.packet(stretch, at + 28, to, { number: u32(bytes, at + 8), at: at + 12 });
        break;
      case OLD_PACKET:
        this.packet(stretch, at + 28, to, { number: u16(bytes, at + 8), at: at + 12 });
        break;
      case SIMPLE_PACKET:
        this.simplePacket(stretch, at, to);
        break;
      default:
        break;
    }
  }

  /** The time and the lengths stand at the same places in both kinds of packets. */
  private packet(stretch: Stretch, from: number, limit: number, of: { number: number; at: number }): void {
    const { bytes, base } = stretch;
    const { order } = this;
    const own = this.interfaces[of.number];
    if (!own || from > limit) return;
    const kept = order.u32(bytes, of.at + 8);
    const to = Math.min(limit, from + kept);
    const ticks = order.u32(bytes, of.at) * 2 ** 32 + order.u32(bytes, of.at + 4);
    const time = millisecondsOf(ticks, own.unit) + own.offset;
    this.dissector.take(stretch, base, { link: own.link, order, from, to, time });
  }

  /** It has no time, and belongs to the first interface. */
  private simplePacket(stretch: Stretch, at: number, limit: number): void {
    const { bytes, base } = stretch;
    const { order } = this;
    const own = this.interfaces[0];
    const from = at + 12;
    if (!own || from > limit) return;
    const sent = order.u32(bytes, at + 8);
    const to = Math.min(limit, from + Math.min(sent, own.snapLength || sent));
    this.dissector.take(stretch, base, { link: own.link, order, from, to, time: Number.NaN });
  }

  private interfaceAt(bytes: Uint8Array, at: number, to: number): Interface {
    const { u16, u32 } = this.order;
    let [unit, offset] = [1e-3, 0];
    for (let option = at + 16; option + 4 <= to && u16(bytes, option) !== 0; ) {
      const length = u16(bytes, option + 2);
      const value = option + 4;
      if (u16(bytes, option) === RESOLUTION && length >= 1 && value < to) unit = unitOf(bytes[value]!);
      if (u16(bytes, option) === OFFSET && length === 8 && value + 8 <= to)
        offset = this.secondsAt(bytes, value) * 1000;
      option = value + ((length + 3) & ~3);
    }
    return { link: u16(bytes, at + 8), unit, offset, snapLength: u32(bytes, at + 12) };
  }

  /** A signed number of 64 bits. */
  private secondsAt(bytes: Uint8Array, at: number): number {
    const { u32 } = this.order;
    const isLittle = this.order === littleEndian;
    const high = u32(bytes, isLittle ? at + 4 : at) | 0;
    return high * 2 ** 32 + u32(bytes, isLittle ? at : at + 4);
  }
}

/** A power of ten, or of two where the first bit is set. */
function unitOf(resolution: number): number {
  return 1000 * (resolution & 0x80 ? 2 ** -(resolution & 0x7f) : 10 ** -resolution);
}

/** Divides where it can: a product with a part of ten is not exact. */
function millisecondsOf(ticks: number, unit: number): number {
  return unit < 1 ? ticks / Math.round(1 / unit) : ticks * unit;
}
