import { lineEnd } from '../../sip/frame.ts';
import type { Lines, Peel, TraceFormat } from './format.ts';
import { beginsWith, looksLike } from './lines.ts';
import { isRest, isStartText, REST, startIn } from './startText.ts';
import { timeOf } from './times.ts';

const HEAD = /(?:^|\s)(\S+) > (\S+): (.*)$/;
const NETWORK = /\bIP6? /;
/** Names that tcpdump writes for ports. */
const PORTS: Readonly<Record<string, string>> = { sip: '5060', 'sip-tls': '5061', sips: '5061' };
/** The headers of a packet as text may hold line breaks, but no more than these. */
const MOST_LINES = 5;
/** Characters of them: IP with UDP is 28, a CR in it left out; IP version 6 with all options of TCP is not much over 100. */
const SHORTEST_HEADERS = 24;
const LONGEST_HEADERS = 120;
/** Blanks are rare in headers as characters, and so are three of them. */
const PROSE = / .* .* /;
const MARKS = [': SIP: ', 'SIP, length', 'UDP, length', 'Flags [', ') ack '];

/** What the lines tell that tcpdump writes before a packet. */
export interface PacketHead {
  readonly source: string;
  readonly destination: string;
  readonly transport: string;
  readonly time: number | null;
}

/** Reads `19:41:42.467091 IP 192.0.2.1.5060 > 192.0.2.2.5060: …`; with -v its first half stands on the line before. */
export function packetHead(lines: Lines): PacketHead | null {
  const line = lines.text(0);
  const head = HEAD.exec(line);
  if (!head) return null;
  const own = NETWORK.exec(line);
  const before = own ? line : lines.text(-1);
  const network = own ?? NETWORK.exec(before);
  if (!network) return null;
  const isTcp = /\bFlags \[|\) ack \d/.test(head[3]!);
  return {
    source: placeOf(head[1]!),
    destination: placeOf(head[2]!),
    transport: isTcp ? 'TCP' : 'UDP',
    time: timeOf(before.slice(0, network.index)),
  };
}

export const tcpdumpMarks = MARKS;

/** tcpdump's packets as text: -A, and SIP as -v prints it. */
export const tcpdump: TraceFormat = {
  id: 'tcpdump',
  title: 'tcpdump -A, -v, with any form of time',
  rank: 1,
  marks: MARKS,
  announce(lines) {
    const head = packetHead(lines);
    if (!head) return null;
    const { time, source, destination, transport } = head;
    if (lines.text(1).startsWith('\t') && isStartText(lines.text(1).slice(1)))
      return { time, source, destination, transport, line: 1, column: 1 };
    const place = startInPacket(lines);
    if (place) return { time, source, destination, transport, line: place.line, column: place.column };
    const isPart = transport === 'TCP' && /^[E`]/.test(lines.text(1)) && isRest(partOf(lines));
    return isPart ? { skip: REST } : null;
  },
  ends: isPacket,
  peel: (block, from, to, into) => peelTabs(block, from, to, into),
};

/** The lines behind the head of a packet, up to the next one. */
function partOf(lines: Lines): string {
  const part: string[] = [];
  for (let line = 1; line <= MOST_LINES + 3 && !(line > 1 && NETWORK.test(lines.text(line))); line++)
    part.push(lines.text(line));
  return part.join('\n');
}

/** Where SIP begins behind the headers of a packet, which are characters and dots, an E (IP version 4) or a backquote (6) first. */
function startInPacket(lines: Lines): { line: number; column: number } | null {
  let headers = 0;
  for (let line = 1; line <= MOST_LINES && headers <= LONGEST_HEADERS; line++) {
    const text = lines.text(line);
    if (line === 1 && !/^[E`]/.test(text)) return null;
    const column = startIn(text);
    const isPart = !PROSE.test(column < 0 ? text : text.slice(0, column));
    if (column >= 0) return isPart && headers + column >= SHORTEST_HEADERS ? { line, column } : null;
    if (!isPart) return null;
    headers += text.length + 1;
  }
  return null;
}

/** `19:41:42.467091 IP …`, `2026-11-22 19:41:42.467091 …`, `1795376502.467091 …`, `IP …` */
export function isPacket(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] === 73) return beginsWith(bytes, at, end, 'IP ') || beginsWith(bytes, at, end, 'IP6 ');
  return ['00:00:00.0', '0000-00-00 00:00:00.', '0000000000.000000 '].some((form) => looksLike(bytes, at, end, form));
}

/** With -v each line stands behind a tab; the packet as -A or -X prints it may follow. */
const peelTabs: Peel = (block, from, to, into) => {
  const { bytes } = block;
  const first = Math.min(lineEnd(block, from, to) + 1, to);
  into.keep(from, first);
  if (bytes[first] !== 9) {
    into.keep(first, to);
    return to;
  }
  let at = first;
  let count = 1;
  for (; at < to && bytes[at] === 9 && !beginsWith(bytes, at, to, '\t0x0'); count++) {
    const next = Math.min(lineEnd(block, at, to) + 1, to);
    into.keep(at + 1, next);
    at = next;
  }
  // The packet once more, as -A prints it, has as many lines.
  if (bytes[at] === 69 || bytes[at] === 96)
    for (let line = 0; line < count && at < to; line++) at = Math.min(lineEnd(block, at, to) + 1, to);
  into.pass(at);
  return at;
};

/** `192.0.2.1.5060` and `host.sip` as `192.0.2.1:5060` and `host:5060`. */
function placeOf(text: string): string {
  const dot = text.lastIndexOf('.');
  const host = text.slice(0, dot);
  const port = text.slice(dot + 1);
  return `${host.includes(':') ? `[${host}]` : host}:${PORTS[port] ?? port}`;
}
