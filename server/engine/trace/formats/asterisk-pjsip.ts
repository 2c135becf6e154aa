import { isLogLine, threadOf } from './asterisk.ts';
import type { TraceFormat } from './format.ts';
import { timeOf } from './times.ts';

const ARROW = /<--- (Received|Transmitting) SIP (?:request|response) \((\d+) bytes\) (?:from|to) (\w+):(.+?) --->/;

/** Asterisk's `pjsip set logger on` (res_pjsip_logger), from the console and from log files. */
export const asteriskPjsip: TraceFormat = {
  id: 'asterisk-pjsip',
  title: 'Asterisk: pjsip set logger on',
  rank: 1,
  marks: ['SIP request (', 'SIP response ('],
  announce(lines) {
    const line = lines.text(0);
    const found = ARROW.exec(line);
    if (!found) return null;
    const head = line.slice(0, found.index);
    const isReceived = found[1] === 'Received';
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? found[4] : undefined,
      destination: isReceived ? undefined : found[4],
      transport: found[3],
      octets: Number(found[2]),
      thread: threadOf(head),
      time: timeOf(head),
    };
  },
  ends: isLogLine,
};
