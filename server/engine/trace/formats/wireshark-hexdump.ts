import { dumpedPacket } from './dump.ts';
import type { TraceFormat } from './format.ts';
import { peelHex } from './hex.ts';
import { timeOf } from './times.ts';

/** A line on which a dump begins. */
const FIRST = /^\s*(?:0000:? {1,3}|00000000 {2}(?=.*\|$))[0-9a-fA-F]{2} /;

/** The line on a packet, with an arrow between two addresses, that `tshark -P -x` prints above its bytes. */
const SUMMARY = /^\s*\d+ .* (?:->|[\x80-\xff]{1,3}) /;

/** Packets in hex without a word of their own: `tshark -x`, what Wireshark copies and prints, streams followed in hex. */
export const wiresharkHexdump: TraceFormat = {
  id: 'wireshark-hexdump',
  title: 'Wireshark and tshark: packet bytes in hex (tshark -x, Copy as Hex Dump)',
  rank: 1,
  marks: ['0000  '],
  announce(lines) {
    if (!FIRST.test(lines.text(0))) return null;
    const packet = dumpedPacket(lines, 0);
    if (!packet) return null;
    const { source, destination, transport, line, column } = packet;
    const summary = [-1, -2].map((before) => lines.text(before)).find((text) => SUMMARY.test(text));
    return { time: summary ? timeOf(summary) : null, source, destination, transport, line, column };
  },
  peel: peelHex,
};
