import type { TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /SIP\.STACK MSG +(Rx|Tx): (\w+) src=(\S+) dst=(\S+)/;
/** An empty line of the log. */
const NOTHING = /SIP\.STACK MSG\s*$/;

/** ADTRAN AOS: `debug sip stack messages`. The same words stand before each line. */
export const adtran: TraceFormat = {
  id: 'adtran',
  title: 'ADTRAN AOS: debug sip stack messages',
  rank: 2,
  marks: ['SIP.STACK MSG'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    return {
      direction: found[1] === 'Rx' ? 'received' : 'sent',
      transport: found[2],
      source: found[3],
      destination: found[4],
      time: timeOf(line.slice(0, found.index)),
      line: NOTHING.test(lines.text(1)) ? 2 : 1,
    };
  },
  ends: (bytes, at, end) => beginsWith(bytes, at, end, 'Rx: ') || beginsWith(bytes, at, end, 'Tx: '),
};
