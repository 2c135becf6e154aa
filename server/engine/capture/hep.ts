import type { Block } from '../sip/frame.ts';
import { spells, u16, u16le, u32, u32le } from './bytes.ts';
import { messageAt } from './sip.ts';

/** A packet of HEP: places in its bytes. */
export interface Hep {
  /** Milliseconds since 1970, or null where it has none. */
  readonly time: number | null;
  /** Bytes of an address: 4, 16, or 0 where it is missing. */
  readonly addressLength: number;
  readonly source: number;
  readonly destination: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Of IP. */
  readonly protocol: number;
  readonly from: number;
  readonly to: number;
  /** The payload is compressed. */
  readonly isPacked: boolean;
}

const AF_INET = 2;

/** Whether the payload of a datagram is a packet of HEP, of any version. */
export function isHep(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at] === 72) return spells(bytes, at, to, 'HEP3');
  return (
    (bytes[at] === 1 || bytes[at] === 2) &&
    (bytes[at + 1] === 16 || bytes[at + 1] === 40 || bytes[at + 1] === 28) &&
    to - at > 28
  );
}

/** Reads a packet of HEP 1, 2 or 3; null where it is none, or holds no SIP. */
export function readHep(memory: Block, at: number, to: number): Hep | null {
  return memory.bytes[at] === 72 ? readHep3(memory.bytes, at, to) : readHep2(memory, at, to);
}

/** Chunks of vendor 0 by type. Their order is free. */
function readHep3(bytes: Uint8Array, start: number, end: number): Hep | null {
  const chunks = new Map<number, { from: number; to: number }>();
  const to = Math.min(end, start + u16(bytes, start + 4));
  for (let at = start + 6; at + 6 <= to; ) {
    const length = u16(bytes, at + 4);
    if (length < 6) break;
    if (u16(bytes, at) === 0) chunks.set(u16(bytes, at + 2), { from: at + 6, to: Math.min(to, at + length) });
    at += length;
  }
  const value = (type: number, size: number): number => {
    const chunk = chunks.get(type);
    if (!chunk || chunk.to - chunk.from < size) return -1;
    return size === 1 ? bytes[chunk.from]! : size === 2 ? u16(bytes, chunk.from) : u32(bytes, chunk.from);
  };
  const payload = chunks.get(15) ?? chunks.get(16);
  if (!payload || (chunks.has(11) && value(11, 1) !== 1)) return null;
  const isIpv4 = chunks.has(3);
  const seconds = value(9, 4);
  return {
    time: seconds < 0 ? null : seconds * 1000 + Math.max(0, value(10, 4)) / 1000,
    addressLength: addressLength(chunks.get(isIpv4 ? 3 : 5), chunks.get(isIpv4 ? 4 : 6)),
    source: chunks.get(isIpv4 ? 3 : 5)?.from ?? 0,
    destination: chunks.get(isIpv4 ? 4 : 6)?.from ?? 0,
    sourcePort: Math.max(0, value(7, 2)),
    destinationPort: Math.max(0, value(8, 2)),
    protocol: value(2, 1),
    ...payload,
    isPacked: !chunks.has(15),
  };
}

function addressLength(...chunks: ({ from: number; to: number } | undefined)[]): number {
  const lengths = chunks.map((chunk) => (chunk ? chunk.to - chunk.from : 0));
  return lengths[0] === lengths[1] && (lengths[0] === 4 || lengths[0] === 16) ? lengths[0] : 0;
}

/** Version 1 has no time; version 2 has it behind the addresses, in the order of the machine that wrote it. */
function readHep2(memory: Block, at: number, to: number): Hep | null {
  const { bytes } = memory;
  const length = bytes[at + 2] === AF_INET ? 4 : 16;
  const addresses = at + 8;
  const times = addresses + 2 * length;
  const from = bytes[at] === 1 ? times : times + 12;
  if (from >= to || messageAt(memory, from, to) < 0) return null;
  const place = { source: addresses, destination: addresses + length, addressLength: length, from, to };
  const ports = { sourcePort: u16(bytes, at + 4), destinationPort: u16(bytes, at + 6) };
  return {
    time: bytes[at] === 1 ? null : timeAt(bytes, times),
    ...place,
    ...ports,
    protocol: bytes[at + 3]!,
    isPacked: false,
  };
}

/** Little endian where the microseconds are plausible so. */
function timeAt(bytes: Uint8Array, at: number): number {
  const isLittle = u32le(bytes, at + 4) < 1e6 && (u32(bytes, at + 4) >= 1e6 || u16le(bytes, at + 2) > u16(bytes, at));
  const u = isLittle ? u32le : u32;
  return u(bytes, at) * 1000 + u(bytes, at + 4) / 1000;
}
