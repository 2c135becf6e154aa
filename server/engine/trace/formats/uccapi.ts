import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /:: (Sending Packet|Data Received) ?- ?(\S+) \((?:From|To) Local Address: (\S+?)\) (\d+) bytes/;
/** `11/03/2019|11:15:42.117 1A2C:0F44 INFO  :: ` */
const HEAD = /^\d\d\/\d\d\/\d{4}\|\d\d:\d\d:\d\d\.\d{3} ([0-9A-Fa-f]+:[0-9A-Fa-f]+) [A-Z]+ *:: ?/;

/** The log of Communicator, Lync and Skype for Business clients (`*.UccApilog`). */
export const uccApi: TraceFormat = {
  id: 'uccapi',
  title: 'Microsoft UCCAPI: the log of Communicator, Lync and Skype for Business clients (*.UccApilog)',
  rank: 1,
  marks: ['Sending Packet -', 'Received -'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    const isReceived = found[1] === 'Data Received';
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? found[2] : found[3],
      destination: isReceived ? found[3] : found[2],
      octets: Number(found[4]),
      time: timeOf(line.slice(0, found.index)),
      thread: HEAD.exec(line)?.[1],
      column: HEAD.exec(lines.text(1))?.[0].length,
    };
  },
  ends: (bytes, at, end) => looksLike(bytes, at, end, '00/00/0000|00:00:00'),
  closed: true,
};
