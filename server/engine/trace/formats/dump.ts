import { latin1 } from '../../sip/frame.ts';
import type { Lines } from './format.ts';
import { type HexLine, hexLine } from './hex.ts';
import { isStartText, startIn } from './startText.ts';

// The packet in the first lines of a dump: its network header, and where its SIP begins.

/** So much of a dump is read: headers of several tunnels, and the start line. */
const LONGEST = 2000;
/** Bytes of it that are enough for that. */
const ENOUGH = 400;
/** Network headers begin no farther from the packet's beginning. */
const FARTHEST = 120;
const UDP = 17;
const TCP = 6;

/** Where the SIP of a dumped packet begins, and what its headers tell. */
export interface DumpedPacket {
  readonly line: number;
  readonly column: number;
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly transport: string | undefined;
}

/** Reads the dump that begins on a line; null where no SIP begins in its packet. */
export function dumpedPacket(lines: Lines, first: number): DumpedPacket | null {
  const text = lines.passage(first, LONGEST);
  const bytes = octets(text);
  const rows: HexLine[] = [];
  let packet = '';
  for (let at = 0; at < text.length && packet.length < ENOUGH; ) {
    const end = text.indexOf('\n', at);
    const row = hexLine(bytes, at, end < 0 ? text.length : end);
    if (!row || (rows.length > 0 && row.offset === 0)) break;
    rows.push(row);
    packet += latin1(Uint8Array.from(row.bytes), 0, row.bytes.length);
    at = end < 0 ? text.length : end + 1;
  }
  const network = networkOf(packet);
  let start = network?.payload ?? startIn(packet);
  if (start < 0 || start >= packet.length) return null;
  let line = 0;
  while (start >= rows[line]!.bytes.length) start -= rows[line++]!.bytes.length;
  const place = rows[line]!.places[start]!;
  const column = place - (text.lastIndexOf('\n', place) + 1);
  const { source, destination, transport } = network ?? {};
  return { line: first + line, column, source, destination, transport };
}

function octets(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

interface Network {
  readonly payload: number;
  readonly source: string;
  readonly destination: string;
  readonly transport: string;
}

/** The network header right before whose payload SIP begins, whatever link or tunnel stands before it. */
function networkOf(packet: string): Network | null {
  for (let at = 0; at <= Math.min(FARTHEST, packet.length - 20); at++) {
    const version = packet.charCodeAt(at) >> 4;
    const found = version === 4 ? transportOf(packet, at, ipv4) : version === 6 ? transportOf(packet, at, ipv6) : null;
    if (found && isStartText(packet.slice(found.payload, found.payload + 60))) return found;
  }
  return null;
}

/** How a network header of one version is laid out. */
interface Layout {
  length(packet: string, at: number): number;
  protocol: number;
  source: number;
  width: number;
  show(part: string): string;
}

const ipv4: Layout = {
  length: (packet, at) => (packet.charCodeAt(at) & 15) * 4,
  protocol: 9,
  source: 12,
  width: 4,
  show: (part) => Array.from(part, (char) => char.charCodeAt(0)).join('.'),
};

const ipv6: Layout = {
  length: () => 40,
  protocol: 6,
  source: 8,
  width: 16,
  show: (part) => `[${shortened(Array.from({ length: 8 }, (_, word) => number(part, 2 * word)))}]`,
};

function transportOf(packet: string, at: number, layout: Layout): Network | null {
  const behind = at + layout.length(packet, at);
  const protocol = packet.charCodeAt(at + layout.protocol);
  if ((protocol !== UDP && protocol !== TCP) || behind + 8 > packet.length) return null;
  const host = (from: number) => layout.show(packet.slice(from, from + layout.width));
  return {
    payload: behind + (protocol === UDP ? 8 : (packet.charCodeAt(behind + 12) >> 4) * 4),
    source: `${host(at + layout.source)}:${number(packet, behind)}`,
    destination: `${host(at + layout.source + layout.width)}:${number(packet, behind + 2)}`,
    transport: protocol === UDP ? 'UDP' : 'TCP',
  };
}

function number(text: string, at: number): number {
  return text.charCodeAt(at) * 256 + text.charCodeAt(at + 1);
}

/** The eight words of an IPv6 address as RFC 5952 §4 has them. */
function shortened(words: readonly number[]): string {
  const text = words.map((word) => word.toString(16)).join(':');
  const zeros = (text.match(/\b0(?::0)+\b/g) ?? []).sort((a, b) => b.length - a.length)[0];
  return zeros === undefined ? text : text.replace(new RegExp(`(?:^|:)${zeros}(?::|$)`), '::');
}
