import { isLogLine, threadOf } from './asterisk.ts';
import type { Lines, TraceFormat } from './format.ts';
import { beginsWith, isLine, isRule } from './lines.ts';
import { timeOf } from './times.ts';

/** Before 1.8 the log does not tell the transport, and 1.2 has a shorter arrow: `<-- SIP read from 192.0.2.1:5060: `. */
const READ = /<---? SIP read from (?:(UDP|TCP|TLS|WSS?):)?(\S+?)(?: --->|:\s*$)/;
const SENT = /(?:<--- )?(?:(?:Reliably )?Transmitting|Retransmitting #\d+) \((?:no )?NAT\) to (\S+?)(?::| --->)\s*$/i;
/** The log names time and thread in a line of its own before the arrow. */
const HEAD = /^\[.*chan_sip\.c:/;

/** Asterisk's `sip set debug on` (chan_sip), from the console and from log files. */
export const asteriskChanSip: TraceFormat = {
  id: 'asterisk-chansip',
  title: 'Asterisk: sip set debug on',
  rank: 1,
  marks: ['SIP read from ', 'ransmitting (', 'etransmitting #'],
  announce(lines) {
    const line = lines.text(0);
    const read = READ.exec(line);
    const sent = read ? null : SENT.exec(line);
    const arrow = read ?? sent;
    if (!arrow) return null;
    const head = headOf(lines, arrow.index);
    return {
      direction: read ? 'received' : 'sent',
      source: read?.[2],
      destination: sent?.[1],
      transport: read?.[1],
      time: timeOf(head),
      thread: threadOf(head),
    };
  },
  ends: (bytes, at, end) => isEndMark(bytes, at, end) || isLogLine(bytes, at, end),
  closed: true,
};

/** Where time and thread stand: before the arrow, or in the line before it. */
function headOf(lines: Lines, arrow: number): string {
  const own = lines.text(0).slice(0, arrow);
  const before = HEAD.test(own) ? own : lines.text(-1);
  return HEAD.test(before) ? before : own;
}

/** `<------------>`, `---`, `--- (16 headers 0 lines) ---` */
function isEndMark(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] === 45) return isLine(bytes, at, end, '---') || beginsWith(bytes, at, end, '--- (');
  const last = bytes[end - 1] === 13 ? end - 2 : end - 1;
  return bytes[at] === 60 && bytes[last] === 62 && isRule(bytes, at + 1, last, 45, 8);
}
