import { latin1 } from '../sip/frame.ts';

// Numbers and texts in packets. Network order is big endian.

/** Two bytes, big endian. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** Four bytes, big endian. */
export function u32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** Two bytes, little endian. */
export function u16le(bytes: Uint8Array, at: number): number {
  return (bytes[at + 1]! << 8) | bytes[at]!;
}

/** Four bytes, little endian. */
export function u32le(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 3]! << 24) | (bytes[at + 2]! << 16) | (bytes[at + 1]! << 8) | bytes[at]!) >>> 0;
}

/** How a file writes its numbers. */
export interface Order {
  u16(bytes: Uint8Array, at: number): number;
  u32(bytes: Uint8Array, at: number): number;
}

export const bigEndian: Order = { u16, u32 };
export const littleEndian: Order = { u16: u16le, u32: u32le };

const CHUNK = 8192;

/** The bytes as UTF-8, or one character a byte where they are no UTF-8. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  let isAscii = true;
  for (let at = from; at < to; at += CHUNK) {
    const part = bytes.subarray(at, Math.min(to, at + CHUNK));
    isAscii &&= part.every((byte) => byte < 0x80);
    text += String.fromCharCode.apply(null, part as unknown as number[]);
  }
  if (isAscii) return text;
  try {
    return decodeURIComponent(
      text.replace(/[%\x80-\xff]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return text;
  }
}

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`; without a port where it is 0. */
export function addressText(bytes: Uint8Array, at: number, length: number, port: number): string {
  const host = length === 4 ? bytes.subarray(at, at + 4).join('.') : ipv6(bytes, at);
  if (port === 0) return host;
  return length === 4 ? `${host}:${port}` : `[${host}]:${port}`;
}

/** As RFC 5952 writes it: small letters, the longest run of zeros left out. */
function ipv6(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, group) => u16(bytes, at + 2 * group));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${bytes.subarray(at + 12, at + 16).join('.')}`;
  let [first, most] = [-1, 1];
  for (let group = 0; group < 8; group++) {
    let end = group;
    while (end < 8 && groups[end] === 0) end++;
    if (end - group > most) [first, most] = [group, end - group];
  }
  const hex = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return first < 0 ? hex(0, 8) : `${hex(0, first)}::${hex(first + most, 8)}`;
}

/** Whether an ASCII text stands there. */
export function spells(bytes: Uint8Array, at: number, to: number, text: string): boolean {
  return at + text.length <= to && latin1(bytes, at, at + text.length) === text;
}
