import type { Lines } from './format.ts';
import { hexLine } from './hex.ts';
import { isStartText, startIn } from './startText.ts';

// The packet in the first lines of a dump: its network header, and where its SIP begins.

/** So much of a dump is read: headers of several tunnels, and the start line. */
const LONGEST = 2000;
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
  const bytes: number[] = [];
  const places: { line: number; column: number }[] = [];
  for (const [number, text] of lines.passage(first, LONGEST).split('\n').entries()) {
    const line = hexLine(octets(text), 0, text.length);
    if (!line || (number > 0 && line.offset === 0)) break;
    bytes.push(...line.bytes);
    places.push(...line.places.map((column) => ({ line: first + number, column })));
  }
  const packet = String.fromCharCode(...bytes);
  const network = networkOf(packet);
  const start = network?.payload ?? startIn(packet);
  const place = start < 0 ? undefined : places[start];
  if (!place) return null;
  const { source, destination, transport } = network ?? {};
  return { ...place, source, destination, transport };
}

function octets(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
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
