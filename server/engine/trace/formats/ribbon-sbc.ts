import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD =
  /(received|sent|sending|receiving) msg for CallId:(\S+)(?: gcid:(\S+))? (?:from|to) IP\/port: ?(\S+?)\/(\d+), Local IP\/port: ?(\S+?)\/(\d+)/i;
/** `12162016 083615.737177`: month before day. */
const TIME = /^\d+ (\d\d)(\d\d)(\d{4}) (\d\d)(\d\d)(\d\d\.\d+)/;

/** Ribbon (Sonus) SBC Core: call traces (.TRC) and debug logs (.DBG). */
export const ribbonSbc: TraceFormat = {
  id: 'ribbon-sbc',
  title: 'Ribbon and Sonus SBC Core: call traces (.TRC), debug logs (.DBG)',
  rank: 2,
  marks: [' msg for CallId:'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found || lines.text(1).trim() !== 'RAW PDU:') return null;
    const isReceived = /^rec/i.test(found[1]!);
    const remote = placeOf(found[4]!, found[5]!);
    const local = placeOf(found[6]!, found[7]!);
    const time = TIME.exec(line);
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? remote : local,
      destination: isReceived ? local : remote,
      thread: found[3],
      time: time ? timeOf(`${time[3]}-${time[1]}-${time[2]} ${time[4]}:${time[5]}:${time[6]}`) : timeOf(line),
      line: 2,
    };
  },
  ends: isLogLine,
};

function placeOf(host: string, port: string): string {
  return host.includes(':') && host[0] !== '[' ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `242 12162016 083615.736943:1.02.00.…` */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  let from = at;
  while (from < end && bytes[from]! >= 48 && bytes[from]! <= 57) from++;
  return from > at && looksLike(bytes, from, end, ' 00000000 000000.');
}
