import { u16, u32 } from './bytes.ts';

/** What the tags before an exported packet tell: places and numbers, 0 where they tell nothing. */
export interface ExportedPdu {
  readonly from: number;
  readonly addressLength: number;
  readonly source: number;
  readonly destination: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: number;
}

/** Kinds of ports by Wireshark's number for them: SCTP, TCP, UDP. */
const PROTOCOLS: Readonly<Record<number, number>> = { 1: 132, 2: 6, 3: 17 };

/** Reads the tags that Wireshark writes before a packet of “Export PDUs to File” (link type 252). */
export function exportedPdu(bytes: Uint8Array, start: number, to: number): ExportedPdu {
  const places = new Map<number, number>();
  let at = start;
  while (at + 4 <= to) {
    const tag = u16(bytes, at);
    const length = u16(bytes, at + 2);
    at += 4 + length;
    if (tag === 0) break;
    if (at <= to) places.set(tag, at - length);
  }
  const number = (tag: number) => (places.has(tag) ? u32(bytes, places.get(tag)!) : 0);
  const isIpv4 = places.has(20);
  return {
    from: at,
    addressLength: isIpv4 ? 4 : 16,
    source: places.get(isIpv4 ? 20 : 22) ?? 0,
    destination: places.get(isIpv4 ? 21 : 23) ?? 0,
    sourcePort: number(25),
    destinationPort: number(26),
    protocol: PROTOCOLS[number(24)] ?? 0,
  };
}
