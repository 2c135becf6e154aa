import type { Block } from '../sip/frame.ts';
import { TRANSPORTS } from '../trace/endpoints.ts';
import { Addresses } from './addresses.ts';
import { bigEndian, type Order, u16, u32 } from './bytes.ts';
import { Copies } from './copies.ts';
import { exportedPdu } from './exported.ts';
import { Fragments, fragmentKey, type Whole } from './fragments.ts';
import { isHep, readHep } from './hep.ts';
import { ethernet, etherType, NO_IP, networkAt, UNKNOWN_LINK } from './link.ts';
import { dataChunks } from './sctp.ts';
import type { Facts, Sink } from './sink.ts';
import { messageAt } from './sip.ts';
import { TcpFlows } from './tcp.ts';

const UDP = TRANSPORTS.indexOf('UDP');
const TCP = TRANSPORTS.indexOf('TCP');
const SCTP = TRANSPORTS.indexOf('SCTP');
const WS = TRANSPORTS.indexOf('WS');
/** Numbers of IP that HEP and exported packets have for transports. */
const BY_PROTOCOL: Readonly<Record<number, number>> = { 6: TCP, 17: UDP, 132: SCTP };

const DEPTH = 8;
const EXPORTED = 252;
const SHORT = 'messages that the capture holds only in part, by its snapshot length (shown as far as they go)';
const LOST = 'packets with a fragment missing';
const ESP = 'packets encrypted with IPsec';

/** A packet as it stands in a capture. */
export interface Packet {
  link: number;
  /** How the capture's writer wrote numbers. */
  order: Order;
  from: number;
  to: number;
  /** Milliseconds since 1970, NaN where the capture has none. */
  time: number;
}

/** One object serves all packets of a capture: there are millions. */
export function newPacket(): Packet {
  return { link: 0, order: bigEndian, from: 0, to: 0, time: Number.NaN };
}

/** Takes packets apart, down to the SIP messages in them. Whatever a packet holds, it never fails. */
export class Dissector {
  private memory: Block;
  /** The block of the file that is being read, and where it begins in the file. */
  private page: Block;
  private base = 0;
  private packet = newPacket();
  private depth = 0;
  /** Where the addresses of the innermost IP header stand, and their bytes. */
  private addressesAt = 0;
  private addressLength = 4;
  /** Ports of the innermost header of UDP or SCTP. */
  private sourcePort = 0;
  private port = 0;
  private readonly sink: Sink;
  private readonly addresses: Addresses;
  private readonly copies = new Copies();
  private readonly flows: TcpFlows;
  private readonly fragments: Fragments;
  private count = 0;

  constructor(memory: Block, sink: Sink) {
    this.memory = this.page = memory;
    this.sink = sink;
    this.addresses = new Addresses(sink.endpoints);
    this.flows = new TcpFlows({
      message: (block, from, to, facts) => this.give(block, from, to, facts),
      hep: (block, from, to, facts) => this.within(block, () => this.hep(from, to, facts.time)),
      webSocket: (block, from, to, facts) => {
        const at = messageAt(block, from, to);
        if (at >= 0) this.give(block, at, to, { ...facts, transport: WS });
      },
      skip: (why, place) => sink.skip(why, place),
    });
    this.fragments = new Fragments((first, place) => this.lost(first, place));
  }

  /** Takes a packet of the block, which begins at `base` in the file. */
  take(memory: Block, base: number, packet: Packet): void {
    this.memory = this.page = memory;
    this.base = base;
    this.packet = packet;
    this.depth = 0;
    const { bytes } = memory;
    const at = networkAt(packet.link, bytes, packet.from, packet.to, packet.order);
    if (packet.link === EXPORTED) this.exported();
    else if (at === UNKNOWN_LINK) this.skip(`packets of a link type that is not read: ${packet.link}`);
    else if (at !== NO_IP) this.network(at, packet.to);
  }

  /** Takes a packet of HEP that stands in a file by itself. */
  takeHep(memory: Block, base: number, from: number, to: number): void {
    this.memory = this.page = memory;
    this.base = base;
    this.packet = { ...newPacket(), from, to };
    this.hep(from, to, Number.NaN);
  }

  /** What is remembered of the block must be taken out of it: it is used again. */
  release(): void {
    this.copies.release();
  }

  /** Nothing follows. */
  finish(): void {
    this.flows.finish();
    this.fragments.finish();
  }

  /** Says that a thing cannot be read. */
  skip(why: string): void {
    this.sink.skip(why, this.place);
  }

  private get place(): number {
    return this.base + this.packet.from;
  }

  private network(at: number, to: number): void {
    if (this.depth++ >= DEPTH || at + 20 > to) return;
    const version = this.memory.bytes[at]! >> 4;
    if (version === 4) this.ipv4(at, to);
    else if (version === 6) this.ipv6(at, to);
  }

  private ipv4(at: number, limit: number): void {
    const { bytes } = this.memory;
    const from = at + (bytes[at]! & 15) * 4;
    // A length of 0 was left to the network card (segmentation offload).
    const total = u16(bytes, at + 2) || limit - at;
    const to = Math.min(limit, at + total);
    this.addressesAt = at + 12;
    this.addressLength = 4;
    if (from < at + 20 || from > to) return;
    const fragment = u16(bytes, at + 6);
    const protocol = bytes[at + 9]!;
    if ((fragment & 0x3fff) === 0) {
      this.transport(protocol, from, to, at + total - to);
      return;
    }
    const id = `${protocol} ${u16(bytes, at + 4)}`;
    this.fragment(from, to, { offset: (fragment & 0x1fff) * 8, isLast: (fragment & 0x2000) === 0, protocol, id });
  }

  /** Extension headers may stand before the transport's (RFC 8200 §4). */
  private ipv6(at: number, limit: number): void {
    const { bytes } = this.memory;
    const total = 40 + (u16(bytes, at + 4) || limit - at - 40);
    const to = Math.min(limit, at + total);
    this.addressesAt = at + 8;
    this.addressLength = 16;
    let protocol = bytes[at + 6]!;
    let from = at + 40;
    while (from + 8 <= to) {
      if (protocol === 44) {
        const offset = u16(bytes, from + 2);
        const id = String(u32(bytes, from + 4));
        const isWhole = (offset & 0xfff9) === 0;
        protocol = bytes[from]!;
        from += 8;
        if (isWhole) continue;
        this.fragment(from, to, { offset: offset & 0xfff8, isLast: (offset & 1) === 0, protocol, id });
        return;
      }
      const size = protocol === 51 ? (bytes[from + 1]! + 2) * 4 : (bytes[from + 1]! + 1) * 8;
      if (protocol !== 0 && protocol !== 43 && protocol !== 51 && protocol !== 60 && protocol !== 135) break;
      protocol = bytes[from]!;
      from += size;
    }
    if (from <= to) this.transport(protocol, from, to, at + total - to);
  }

  private fragment(
    from: number,
    to: number,
    of: { offset: number; isLast: boolean; protocol: number; id: string },
  ): void {
    const { bytes } = this.memory;
    const key = fragmentKey(bytes, this.addressesAt, 2 * this.addressLength, of.id);
    const addresses = bytes.slice(this.addressesAt, this.addressesAt + 2 * this.addressLength);
    const whole = this.fragments.add(bytes, from, to, { ...of, key, addresses, place: this.place });
    if (whole) this.whole(whole, 0);
  }

  /** Reads what fragments make. */
  private whole({ memory, length, protocol, addresses }: Whole, missing: number): void {
    const own = memory.bytes;
    const at = length;
    own.set(addresses, at);
    this.addressesAt = at;
    this.addressLength = addresses.length / 2;
    this.within(memory, () => this.transport(protocol, 0, length, missing));
  }

  private lost(first: Whole, place: number): void {
    this.sink.skip(LOST, place);
    if (first.length > 0) this.whole(first, 1);
  }

  private within(memory: Block, work: () => void): void {
    const outer = this.memory;
    this.memory = memory;
    work();
    this.memory = outer;
  }

  /** @param missing so many bytes the capture did not keep */
  private transport(protocol: number, at: number, to: number, missing: number): void {
    const { bytes } = this.memory;
    switch (protocol) {
      case 17:
        this.udp(at, to, missing);
        break;
      case 6:
        this.tcp(at, to, missing);
        break;
      case 132:
        this.sctp(at, to);
        break;
      case 4:
      case 41:
        this.network(at, to);
        break;
      case 47:
        this.gre(at, to);
        break;
      case 50:
        this.skip(ESP);
        break;
      case 137:
        this.network(networkAt(12, bytes, at + 4, to, bigEndian), to);
        break;
      default:
        break;
    }
  }

  private udp(at: number, to: number, missing: number): void {
    const { bytes } = this.memory;
    if (at + 8 > to) return;
    const length = u16(bytes, at + 4);
    const from = at + 8;
    const end = length >= 8 ? Math.min(to, at + length) : to;
    const start = messageAt(this.memory, from, end);
    this.sourcePort = u16(bytes, at);
    this.port = u16(bytes, at + 2);
    if (start >= 0 && missing > 0) this.skip(SHORT);
    if (start >= 0) this.datagram(start, end, UDP);
    else if (isHep(bytes, from, end)) this.hep(from, end, this.packet.time);
    else this.tunnel(this.sourcePort, this.port, from, end);
  }

  /** VXLAN (RFC 7348), GTP-U (3GPP TS 29.281), Teredo (RFC 4380). */
  private tunnel(source: number, port: number, from: number, to: number): void {
    const { bytes } = this.memory;
    if ((port === 4789 || port === 8472) && bytes[from] === 8) this.inner(ethernet(bytes, from + 8, to), to);
    else if (port === 2152 || source === 2152) this.gtp(from, to);
    else if ((port === 3544 || source === 3544) && bytes[from]! >> 4 === 6) this.network(from, to);
  }

  private gtp(from: number, to: number): void {
    const { bytes } = this.memory;
    if ((bytes[from]! & 0xf0) !== 0x30 || bytes[from + 1] !== 0xff) return;
    let at = from + 8;
    if ((bytes[from]! & 7) !== 0) {
      let next = bytes[from + 11]!;
      at += 4;
      while (next !== 0 && at < to) {
        const size = Math.max(1, bytes[at]!) * 4;
        next = bytes[at + size - 1]!;
        at += size;
      }
    }
    this.network(at, to);
  }

  /** RFC 2784, with the fields of RFC 2890. */
  private gre(at: number, to: number): void {
    const { bytes } = this.memory;
    const flags = bytes[at]!;
    const from = at + 4 + (flags & 0x80 ? 4 : 0) + (flags & 0x20 ? 4 : 0) + (flags & 0x10 ? 4 : 0);
    const type = u16(bytes, at + 2);
    if (type === 0x6558) this.inner(ethernet(bytes, from, to), to);
    else if (type === 0x88be) this.inner(ethernet(bytes, from + (flags & 0x10 ? 8 : 0), to), to);
    else if (type === 0x0800 || type === 0x86dd) this.network(from, to);
    else if (from === at + 4) this.inner(etherType(bytes, at + 2, to), to);
  }

  private inner(at: number, to: number): void {
    if (at !== NO_IP) this.network(at, to);
  }

  private tcp(at: number, to: number, missing: number): void {
    const { bytes } = this.memory;
    const from = at + (bytes[at + 12]! >> 4) * 4;
    if (at + 20 > to || from > to) return;
    const source = this.number(this.addressesAt, u16(bytes, at));
    const destination = this.number(this.addressesAt + this.addressLength, u16(bytes, at + 2));
    const segment = { sequence: u32(bytes, at + 4), isFirst: (bytes[at + 13]! & 2) !== 0, from, to, lost: missing };
    const facts = () => this.factsOf(source, destination, TCP);
    this.flows.add(source * 2 ** 26 + destination, this.memory, segment, facts);
  }

  private sctp(at: number, to: number): void {
    const { bytes } = this.memory;
    this.sourcePort = u16(bytes, at);
    this.port = u16(bytes, at + 2);
    for (const chunk of dataChunks(bytes, at + 12, to)) {
      const start = messageAt(this.memory, chunk.from, chunk.to);
      if (start >= 0 && chunk.isWhole) this.datagram(start, chunk.to, SCTP);
      else if (start >= 0) this.skip('messages on SCTP that are sent in several chunks');
    }
  }

  private hep(at: number, to: number, captured: number): void {
    const hep = readHep(this.memory, at, to);
    if (hep?.isPacked) this.skip('packets of HEP whose content is compressed');
    const start = hep ? messageAt(this.memory, hep.from, hep.to) : -1;
    if (!hep || start < 0) return;
    this.addressLength = hep.addressLength;
    const address = (place: number, port: number) =>
      hep.addressLength ? this.addresses.endpoint(this.number(place, port)) : 0;
    const facts: Facts = {
      time: hep.time ?? captured,
      source: address(hep.source, hep.sourcePort),
      destination: address(hep.destination, hep.destinationPort),
      transport: BY_PROTOCOL[hep.protocol] ?? 0,
      place: this.place,
    };
    this.once(start, hep.to, facts);
  }

  private exported(): void {
    const { bytes } = this.memory;
    const { from, to, time } = this.packet;
    const pdu = exportedPdu(bytes, from, to);
    const start = messageAt(this.memory, pdu.from, to);
    if (start < 0) return;
    this.addressLength = pdu.addressLength;
    const address = (place: number, port: number) => (place ? this.addresses.endpoint(this.number(place, port)) : 0);
    const source = address(pdu.source, pdu.sourcePort);
    const destination = address(pdu.destination, pdu.destinationPort);
    this.once(start, to, { time, source, destination, transport: BY_PROTOCOL[pdu.protocol] ?? 0, place: this.place });
  }

  private datagram(at: number, to: number, transport: number): void {
    const source = this.number(this.addressesAt, this.sourcePort);
    const destination = this.number(this.addressesAt + this.addressLength, this.port);
    this.once(at, to, this.factsOf(source, destination, transport));
  }

  private number(at: number, port: number): number {
    return this.addresses.number(this.memory.bytes, at, this.addressLength, port);
  }

  private factsOf(source: number, destination: number, transport: number): Facts {
    return {
      time: this.packet.time,
      source: this.addresses.endpoint(source),
      destination: this.addresses.endpoint(destination),
      transport,
      place: this.place,
    };
  }

  /** A message that may be the copy of another. */
  private once(from: number, to: number, facts: Facts): void {
    const copy = this.copies.of(this.memory, from, to, facts, this.count);
    if (copy >= 0) this.sink.copy(copy);
    else this.give(this.memory, from, to, facts);
  }

  private give(memory: Block, from: number, to: number, facts: Facts): void {
    this.count++;
    this.sink.message(memory, from, to, facts, memory.bytes === this.page.bytes ? this.base + from : -1);
  }
}
