import type { Lines, TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /^\s*(udp|tcp|tls) (\d+) Bytes (IN from|OUT to) (\S+)\s*$/i;
/** `2019.11.03 10:15:42:117 EST | Info | SipMedia | …`: dots in the date, a colon before the milliseconds. */
const HEAD = /^(\d{4})\.(\d\d)\.(\d\d) (\d\d:\d\d:\d\d):(\d{3}) \S+ *\|/;
/** The head stands no more lines before. */
const MOST_LINES = 4;

/** BroadWorks application servers: XSLog. */
export const broadWorksXsLog: TraceFormat = {
  id: 'broadworks-xslog',
  title: 'Cisco BroadWorks: XSLog',
  rank: 2,
  marks: ['Bytes IN from ', 'Bytes OUT to '],
  announce(lines) {
    const found = RECORD.exec(lines.text(0));
    const head = found && headBefore(lines);
    if (!head) return null;
    const [, year, month, day, clock, fraction] = HEAD.exec(head)!;
    const isReceived = /^in/i.test(found[3]!);
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? found[4] : undefined,
      destination: isReceived ? undefined : found[4],
      transport: found[1],
      octets: Number(found[2]),
      thread: /\|\s*([^|\s]+:\d+)\s*$/.exec(head)?.[1],
      time: timeOf(`${year}-${month}-${day} ${clock}.${fraction}`),
    };
  },
  ends: (bytes, at, end) => looksLike(bytes, at, end, '0000.00.00 00:00:00'),
};

function headBefore(lines: Lines): string | null {
  for (let line = -1; line >= -MOST_LINES; line--) {
    const text = lines.text(line);
    if (HEAD.test(text)) return text;
    if (text.trim() !== '') return null;
  }
  return null;
}
