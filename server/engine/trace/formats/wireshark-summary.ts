import type { Lines, TraceFormat } from './format.ts';
import { timeOf } from './times.ts';
import { hostOf, infoIn, infoMarks, infoPeel, isSipProtocol } from './wiresharkInfo.ts';

/** Columns are parted by tabs, or by blanks. Addresses may have an arrow between them. */
const ARROW = /^(?:->|<-|[\x80-\xff]{1,3})$/;
/** The packet itself follows, in words or in hex, behind an empty line: that tells more. */
const DETAILS = /^(?:Frame \d|0000:? |\s*0000 {2})/;

/** The list of packets as text: what `tshark` prints, and what Wireshark exports with the summary lines alone. */
export const wiresharkSummary: TraceFormat = {
  id: 'wireshark-summary',
  title: 'Wireshark and tshark: the list of packets as text (only start lines, times and addresses)',
  rank: 2,
  marks: infoMarks,
  announce(lines) {
    const line = lines.text(0);
    const column = infoIn(line);
    const words = column < 0 ? [] : line.slice(0, column).trim().split(/\s+/);
    // No., Time, Source, Destination, Protocol, Length where the version has it, and the word of the column.
    const protocol = words.findIndex(isSipProtocol);
    const hosts = words.slice(0, Math.max(0, protocol)).filter((word) => !ARROW.test(word));
    if (hosts.length < 4 || words.length - protocol > 3 || !/^\d+$/.test(hosts[0]!) || isDetailed(lines)) return null;
    const time = timeOf(hosts.slice(1, -2).join(' '));
    return { time, source: hostOf(hosts.at(-2)), destination: hostOf(hosts.at(-1)), line: 0, column };
  },
  ends: () => true,
  isRebuilt: true,
  isOutline: true,
  peel: infoPeel(''),
};

function isDetailed(lines: Lines): boolean {
  return [1, 2].some((line) => DETAILS.test(lines.text(line)));
}
