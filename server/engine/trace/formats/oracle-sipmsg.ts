import type { TraceFormat } from './format.ts';
import { isRule } from './lines.ts';
import { timeOf } from './times.ts';

const ADDRESS = String.raw`(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]]+):\d+`;
const RECORD = new RegExp(
  String.raw`^(?:[A-Z][a-z]{2} [ \d]\d \d\d:)?\d\d:\d\d\.\d{3} On (?:\[[\d:.]+\])?(${ADDRESS}) (received from|sent to) (${ADDRESS})\s*$`,
);

/** `sipmsg.log` of Oracle's and Acme Packet's session border controllers. */
export const oracleSipmsg: TraceFormat = {
  id: 'oracle-sipmsg',
  title: 'Oracle and Acme Packet session border controllers: sipmsg.log',
  rank: 1,
  marks: [' received from ', ' sent to '],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    const isReceived = found[2] === 'received from';
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? found[3] : found[1],
      destination: isReceived ? found[1] : found[3],
      // Minutes and seconds alone are no time.
      time: timeOf(line.slice(0, line.indexOf(' On '))),
    };
  },
  ends: (bytes, at, end) => isRule(bytes, at, end, 45, 40),
  closed: true,
};
