import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /^(.*?): (?:SIPTR: )?(Received|Sending) +\[\d+,(\w+)\] (\d+) bytes (?:from|to) (\S+) *(?:<<<<<|>>>>>)/;

/** The log of Genesys SIP Server. */
export const genesysSipServer: TraceFormat = {
  id: 'genesys-sipserver',
  title: 'Genesys SIP Server',
  rank: 1,
  marks: [' bytes from ', ' bytes to '],
  announce(lines) {
    const found = RECORD.exec(lines.text(0));
    if (!found) return null;
    const isReceived = found[2] === 'Received';
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? found[5] : undefined,
      destination: isReceived ? undefined : found[5],
      transport: found[3],
      octets: Number(found[4]),
      time: timeOf(found[1]!),
    };
  },
  ends: isLogLine,
};

/** `13:39:18.897: …`, also behind a date. */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  return looksLike(bytes, at, end, '00:00:00.000') || looksLike(bytes, at, end, '0000-00-00T00:00:00.000');
}
