import type { TraceFormat } from './format.ts';
import { timeOf } from './times.ts';
import { hostOf, infoIn, infoMarks, infoPeel, isSipProtocol } from './wiresharkInfo.ts';

const CELL = /"((?:[^"]|"")*)"(?:,|$)/g;

/** The list of packets with commas: Wireshark's Export Packet Dissections as CSV. */
export const wiresharkCsv: TraceFormat = {
  id: 'wireshark-csv',
  title: 'Wireshark: the list of packets as CSV (only start lines, times and addresses)',
  rank: 2,
  marks: ['"Request: ', '"Status: '],
  announce(lines) {
    const line = lines.text(0);
    const column = infoIn(line);
    if (column < 0 || !infoMarks.some((mark) => line.slice(0, column).endsWith(`"${mark}`))) return null;
    const cells = Array.from(line.slice(0, column).matchAll(CELL), (cell) => cell[1]!);
    const protocol = cells.findIndex(isSipProtocol);
    if (protocol < 3) return null;
    const [time, source, destination] = cells.slice(protocol - 3);
    return { time: timeOf(time!), source: hostOf(source), destination: hostOf(destination), line: 0, column };
  },
  ends: () => true,
  isRebuilt: true,
  isOutline: true,
  peel: infoPeel('"'),
};
