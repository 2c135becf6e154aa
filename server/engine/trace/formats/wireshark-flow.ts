import type { TraceFormat } from './format.ts';
import { timeOf } from './times.ts';
import { hostOf, infoIn, infoMarks, infoPeel } from './wiresharkInfo.ts';

/** `|Time     | 192.0.2.1                             |`: every other host, from the first on; the rest stand on the next line. */
const HEAD = /^\|Time +\|/;
/** `|0.000000 |         Request: INVITE sip:          |SIP/SDP: Request: INVITE sip:b@example.com | ` */
const MESSAGE = /^\|([^|]*)\|.*\|SIP(?:\/\S+)?: (?:Request|Status): /;
/** `|         |(5060)   ------------------>  (5060)   |` */
const WAY = /\((\d+)\) *(<?)-+(>?) *\((\d+)\)/;
/** Where the column of the first host begins, and how far the columns are apart; a port stands in the middle of two at its right end. */
const FIRST = 11;
const WIDTH = 20;
const RIGHT = 9;

/** The lines of a flow graph: `tshark -z flow,any,network`, Wireshark's Flow Graph saved as text. */
export const wiresharkFlow: TraceFormat = {
  id: 'wireshark-flow',
  title: 'Wireshark and tshark: flow graphs as text (only start lines, times and addresses)',
  rank: 2,
  marks: ['|Time  ', ...infoMarks],
  announce(lines) {
    const line = lines.text(0);
    if (HEAD.test(line)) return { names: namesIn(line, lines.text(1)) };
    const found = MESSAGE.exec(line);
    const way = found && WAY.exec(lines.text(1));
    if (!way) return null;
    const column = found[0].length - line.slice(0, found[0].length).match(/(?:Request|Status): $/)![0].length;
    const left = nodeAt(way.index - FIRST, way[1]!);
    const right = nodeAt(way.index + way[0].length - `(${way[4]})`.length - FIRST - RIGHT, way[4]!);
    const [source, destination] = way[2] === '<' ? [right, left] : [left, right];
    return { time: timeOf(found[1]!), source, destination, line: 0, column: column + infoIn(line.slice(column)) };
  },
  ends: () => true,
  isRebuilt: true,
  isOutline: true,
  peel: infoPeel(''),
};

/** The hosts by the numbers of their columns. */
function namesIn(even: string, odd: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const line of [even, odd])
    for (const cell of line.slice(FIRST).matchAll(/[^|\s]+/g))
      names[nameOf(Math.round(cell.index / WIDTH))] = hostOf(cell[0])!;
  return names;
}

function nodeAt(offset: number, port: string): string {
  return `${nameOf(Math.round(offset / WIDTH))}:${port}`;
}

function nameOf(column: number): string {
  return `column ${column}`;
}
