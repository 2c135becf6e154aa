import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { startIn } from './startText.ts';
import { timeOf } from './times.ts';
import { webSocketOf } from './webSocket.ts';

const HEAD = /\| sip\.transport \| (sending|received) WebSocket (?:text |binary )?message:\s*/i;
/** `Sun Nov 22 2026 19:45:56 GMT+0000` */
const DATE = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})/;

/** SIP.js on the console of a browser or of Node. It tells no addresses, and times in seconds. */
export const sipJsConsole: TraceFormat = {
  id: 'sipjs-console',
  title: 'SIP.js: console of a browser or of Node',
  rank: 1,
  marks: ['| sip.transport |'],
  announce(lines) {
    const line = lines.text(0);
    const head = HEAD.exec(line);
    if (!head) return null;
    const date = DATE.exec(line);
    const behind = head.index + head[0].length;
    const isOwn = startIn(line.slice(behind)) === 0;
    return {
      time: date ? zoned(date) : timeOf(line.slice(0, head.index)),
      direction: head[1]!.toLowerCase() === 'sending' ? 'sent' : 'received',
      transport: webSocketOf(lines),
      line: isOwn ? 0 : 1,
      column: isOwn ? behind : undefined,
    };
  },
  ends: isLogLine,
};

function zoned([, date, zone]: RegExpExecArray): number | null {
  const time = timeOf(date!);
  const minutes = Number(zone!.slice(1, 3)) * 60 + Number(zone!.slice(3));
  return time === null ? null : time - (zone!.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** `Sun Nov 22 2026 19:45:56 GMT+0000 (…) | sip.…` */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  return looksLike(bytes, at, end, 'Aaa Aaa 00 0000 00:00:00 GMT');
}
