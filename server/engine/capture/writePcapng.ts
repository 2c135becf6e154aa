/** One end of a packet: 4 or 16 octets, and a port. */
export interface PacketEnd {
  readonly address: readonly number[];
  readonly port: number;
}

/** A message to be written as packets. */
export interface OutgoingPacket {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly source: PacketEnd;
  readonly destination: PacketEnd;
  readonly payload: Uint8Array;
  readonly isTcp: boolean;
}

const UDP = 17;
const TCP = 6;
/** Link type of packets that begin with their IP header. */
const RAW = 101;
/** The most that a packet carries, with room for its headers. */
const MOST = 65_000;

/** A capture in pcapng with these messages, each in a UDP datagram or in segments of TCP; what no datagram can hold goes in segments too. */
export function writePcapng(packets: Iterable<OutgoingPacket>): Uint8Array {
  const blocks = [
    block(0x0a0d0d0a, [...le32(0x1a2b3c4d), 1, 0, 0, 0, ...new Array<number>(8).fill(255)]),
    block(1, [...le16(RAW), 0, 0, 0, 0, 0, 0]),
  ];
  const sequences = new Map<string, number>();
  for (const packet of packets)
    for (const data of packetsOf(packet, sequences)) blocks.push(packetBlock(packet.time, data));
  return joined(blocks);
}

function packetsOf(packet: OutgoingPacket, sequences: Map<string, number>): Uint8Array[] {
  const { payload, source, destination } = packet;
  if (!packet.isTcp && payload.length <= MOST) {
    const header = [...be16(source.port), ...be16(destination.port), ...be16(payload.length + 8), 0, 0];
    return [ipPacket(packet, UDP, header, 6, payload)];
  }
  const flow = [...source.address, source.port, '>', ...destination.address, destination.port].join('.');
  const back = [...destination.address, destination.port, '>', ...source.address, source.port].join('.');
  const made: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += MOST) {
    const part = payload.subarray(at, at + MOST);
    const sequence = sequences.get(flow) ?? 1;
    sequences.set(flow, (sequence + part.length) >>> 0);
    const numbers = [...be32(sequence), ...be32(sequences.get(back) ?? 1)];
    const header = [...be16(source.port), ...be16(destination.port), ...numbers, 0x50, 0x18, 255, 255, 0, 0, 0, 0];
    made.push(ipPacket(packet, TCP, header, 16, part));
  }
  return made;
}

/** @param sum where the checksum stands in the header of the transport */
function ipPacket(
  { source, destination }: OutgoingPacket,
  protocol: number,
  header: number[],
  sum: number,
  payload: Uint8Array,
): Uint8Array {
  const length = header.length + payload.length;
  const pseudo = [...source.address, ...destination.address, 0, protocol, ...be16(length)];
  const total = checksum(pseudo, checksum(header, checksum(payload, 0)));
  header.splice(sum, 2, ...be16(folded(total) || 0xffff));
  const ip =
    source.address.length === 4
      ? ipv4(source, destination, protocol, length)
      : ipv6(source, destination, protocol, length);
  const packet = new Uint8Array(ip.length + length);
  packet.set(ip);
  packet.set(header, ip.length);
  packet.set(payload, ip.length + header.length);
  return packet;
}

function ipv4(source: PacketEnd, destination: PacketEnd, protocol: number, length: number): number[] {
  const header = [
    0x45,
    0,
    ...be16(length + 20),
    0,
    0,
    0x40,
    0,
    64,
    protocol,
    0,
    0,
    ...source.address,
    ...destination.address,
  ];
  header.splice(10, 2, ...be16(folded(checksum(header, 0))));
  return header;
}

function ipv6(source: PacketEnd, destination: PacketEnd, protocol: number, length: number): number[] {
  return [0x60, 0, 0, 0, ...be16(length), protocol, 64, ...source.address, ...destination.address];
}

/** Adds octets in pairs to a sum (RFC 1071). */
function checksum(bytes: ArrayLike<number>, sum: number): number {
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  return sum;
}

function folded(sum: number): number {
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** An Enhanced Packet Block; its time counts microseconds. */
function packetBlock(time: number, data: Uint8Array): Uint8Array {
  const micros = Math.max(0, Math.round(time * 1000));
  const head = [
    0,
    0,
    0,
    0,
    ...le32(Math.floor(micros / 2 ** 32)),
    ...le32(micros % 2 ** 32),
    ...le32(data.length),
    ...le32(data.length),
  ];
  const body = new Uint8Array(head.length + data.length);
  body.set(head);
  body.set(data, head.length);
  return block(6, body);
}

/** A block: type, length, body filled up to four octets, length again. */
function block(type: number, body: ArrayLike<number>): Uint8Array {
  const padded = Math.ceil(body.length / 4) * 4;
  const made = new Uint8Array(padded + 12);
  made.set(le32(type));
  made.set(le32(made.length), 4);
  made.set(body, 8);
  made.set(le32(made.length), padded + 8);
  return made;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const be16 = (value: number) => [(value >> 8) & 255, value & 255];
const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 0xffff)];
const le16 = (value: number) => be16(value).reverse();
const le32 = (value: number) => be32(value).reverse();
