import type { Lines, TraceFormat } from './format.ts';
import { isHexLine, peelHex } from './hex.ts';
import { isRule } from './lines.ts';
import { isWrapped, peelDotted, peelWrapped } from './ngrepText.ts';
import { isRest, REST } from './startText.ts';
import { timeOf } from './times.ts';

const HEAD = /(?:^|\s)([UT]) (?:(\d{4}\/\S+ \S+|\+\d+\.\d+) )?(\S+:\d+) -> (\S+:\d+)(?: \[[A-Z]*\])?(?: #\d+)?(?=\s|$)/;

/** What the line before a packet tells; `behind` is the column where it ends. */
interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly transport: string;
  readonly time: number | null;
  readonly behind: number;
}

/** Reads the line that ngrep and sipgrep write before a packet: `U 2026/11/22 19:41:42.467091 192.0.2.1:5060 -> 192.0.2.2:5060 #1`. */
export function packetHead(lines: Lines): Packet | null {
  const head = HEAD.exec(lines.text(0));
  if (!head) return null;
  return {
    source: head[3]!,
    destination: head[4]!,
    transport: head[1] === 'T' ? 'TCP' : 'UDP',
    time: head[2] && !head[2].startsWith('+') ? timeOf(head[2]) : null,
    behind: head.index + head[0].length,
  };
}

/** Headers show in so much of a segment. */
const LONGEST = 400;
/** The line before another packet. */
const NEXT = /\n[UTI] .* -> /;

/** The first lines of a segment. */
function firstOf(lines: Lines): string {
  return lines.passage(1, LONGEST).split(NEXT)[0]!.split('\n', 4).join('\n');
}

/** ngrep's packets in lines, wrapped (`-W normal`), on one line each (`-W single`) and in hex (`-x`). */
export const ngrep: TraceFormat = {
  id: 'ngrep',
  title: 'ngrep: -W byline, normal and single, with -t or without, -x',
  rank: 1,
  marks: [' -> '],
  announce(lines) {
    const packet = packetHead(lines);
    if (!packet) return null;
    const { time, source, destination, transport, behind } = packet;
    const isSingle = lines.text(0).length > behind + 1;
    const column = isSingle ? behind + 1 : /^ {2}\S/.test(lines.text(1)) ? 2 : undefined;
    const skip = transport === 'TCP' && !isSingle && column === undefined && isRest(firstOf(lines)) ? REST : undefined;
    return { time, source, destination, transport, line: isSingle ? 0 : 1, column, skip };
  },
  /** `####`: packets that were passed over. */
  ends: (bytes, at, end) => isRule(bytes, at, end, 35, 1),
  peel(block, from, to, into) {
    if (isHexLine(block, from, to)) return peelHex(block, from, to, into);
    return (isWrapped(block, from, to) ? peelWrapped : peelDotted)(block, from, to, into);
  },
};
