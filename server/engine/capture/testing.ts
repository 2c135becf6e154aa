// Packets and captures for tests, made byte by byte.

type Bytes = readonly number[];

export const be16 = (value: number): Bytes => [(value >> 8) & 255, value & 255];
export const be32 = (value: number): Bytes => [...be16(value >>> 16), ...be16(value & 0xffff)];
export const le16 = (value: number): Bytes => [...be16(value)].reverse();
export const le32 = (value: number): Bytes => [...be32(value)].reverse();
export const ascii = (text: string): Bytes => [...text].map((char) => char.charCodeAt(0));

export const A = [192, 0, 2, 1];
export const B = [192, 0, 2, 2];
const A6 = [0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), 1];
const B6 = [0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), 2];

/** A request with a body of so many octets. */
export function message(number: number, body = ''): string {
  return [
    `OPTIONS sip:bob@example.org SIP/2.0`,
    `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${number}`,
    'From: <sip:alice@example.org>;tag=1',
    'To: <sip:bob@example.org>',
    `Call-ID: call${number}`,
    `CSeq: ${number} OPTIONS`,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

export const udp = (payload: Bytes, from = 5060, to = 5060): Bytes => [
  ...be16(from),
  ...be16(to),
  ...be16(payload.length + 8),
  0,
  0,
  ...payload,
];

export const tcp = (sequence: number, payload: Bytes, flags = 0x18): Bytes => [
  ...be16(5060),
  ...be16(5060),
  ...be32(sequence),
  ...be32(1),
  0x50,
  flags,
  0xff,
  0xff,
  0,
  0,
  0,
  0,
  ...payload,
];

export const sctp = (payload: Bytes, flags = 3): Bytes => [
  ...be16(5060),
  ...be16(5060),
  ...new Array<number>(8).fill(0),
  0,
  flags,
  ...be16(payload.length + 16),
  ...new Array<number>(12).fill(0),
  ...payload,
];

export const ipv4 = (protocol: number, payload: Bytes, fragment = 0, id = 7): Bytes => [
  0x45,
  0,
  ...be16(payload.length + 20),
  ...be16(id),
  ...be16(fragment),
  64,
  protocol,
  0,
  0,
  ...A,
  ...B,
  ...payload,
];

export const ipv6 = (next: number, payload: Bytes): Bytes => [
  0x60,
  0,
  0,
  0,
  ...be16(payload.length),
  next,
  64,
  ...A6,
  ...B6,
  ...payload,
];

export const fragment6 = (next: number, offset: number, isLast: boolean, payload: Bytes): Bytes =>
  ipv6(44, [next, 0, ...be16(offset | (isLast ? 0 : 1)), ...be32(99), ...payload]);

export const ethernet = (type: Bytes, payload: Bytes): Bytes => [...new Array<number>(12).fill(2), ...type, ...payload];

/** A file of libpcap; each packet one millisecond after the one before it. */
export function pcap(link: number, packets: readonly Bytes[], snap = 65_535): Uint8Array {
  const head = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, ...new Array<number>(8).fill(0), ...le32(snap), ...le32(link)];
  const records = packets.flatMap((packet, at) => [
    ...le32(1_700_000_000),
    ...le32(1000 * at),
    ...le32(Math.min(snap, packet.length)),
    ...le32(packet.length),
    ...packet.slice(0, snap),
  ]);
  return Uint8Array.from([...head, ...records]);
}

/** A block of pcapng. */
export function ngBlock(type: number, body: Bytes, order: (value: number) => Bytes = le32): Bytes {
  const padded = [...body, ...new Array<number>((4 - (body.length % 4)) % 4).fill(0)];
  return [...order(type), ...order(padded.length + 12), ...padded, ...order(padded.length + 12)];
}

/** A frame of WebSocket with the bits of its first byte; masked as those of clients are. */
export function frame(first: number, payload: Bytes, mask: Bytes = [1, 2, 3, 4]): Bytes {
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, ...be16(payload.length)];
  return [first, ...length, ...mask, ...payload.map((byte, at) => byte ^ mask[at % 4]!)];
}

const chunk = (type: number, value: Bytes): Bytes => [0, 0, ...be16(type), ...be16(value.length + 6), ...value];

/** A packet of HEP 3, at so many seconds. */
export function hep3(payload: string, seconds: number): Bytes {
  const chunks = [
    ...chunk(1, [2]),
    ...chunk(2, [17]),
    ...chunk(3, [10, 0, 0, 1]),
    ...chunk(4, [10, 0, 0, 2]),
    ...chunk(7, be16(5070)),
    ...chunk(8, be16(5080)),
    ...chunk(9, be32(seconds)),
    ...chunk(10, be32(250_000)),
    ...chunk(11, [1]),
    ...chunk(15, ascii(payload)),
  ];
  return [...ascii('HEP3'), ...be16(chunks.length + 6), ...chunks];
}

/** A packet of HEP 1 or 2. */
export function hep2(version: 1 | 2, payload: string): Bytes {
  const times = version === 1 ? [] : [...le32(1_600_000_000), ...le32(500_000), 1, 0, 0, 0];
  const head = [version, 16, 2, 17, ...be16(5070), ...be16(5080), 10, 0, 0, 1, 10, 0, 0, 2];
  return [...head, ...times, ...ascii(payload)];
}
