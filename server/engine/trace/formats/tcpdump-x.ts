import { dumpedPacket } from './dump.ts';
import type { TraceFormat } from './format.ts';
import { peelHex } from './hex.ts';
import { isPacket, packetHead, tcpdumpMarks } from './tcpdump.ts';

/** tcpdump's packets in hex: -X, -XX, -x, -xx. */
export const tcpdumpX: TraceFormat = {
  id: 'tcpdump-x',
  title: 'tcpdump -X, -XX, -x, -xx',
  rank: 1,
  marks: tcpdumpMarks,
  announce(lines) {
    const head = packetHead(lines);
    if (!head || !/^\s+0x0000:/.test(lines.text(1))) return null;
    const packet = dumpedPacket(lines, 1);
    if (!packet) return null;
    const { time, source, destination, transport } = head;
    return { time, source, destination, transport, line: packet.line, column: packet.column };
  },
  ends: isPacket,
  peel: peelHex,
};
