import type { TraceFormat } from './format.ts';
import { beginsWith, looksLike } from './lines.ts';
import { startIn } from './startText.ts';
import { timeOf } from './times.ts';
import { webSocketOf } from './webSocket.ts';

const HEAD = /\bJsSIP(?::| \| )Transport(?: \| | )(sending|received)(?: WebSocket)?(?: text| binary)? message:\s*/i;

/** JsSIP on the console of a browser or of Node. It tells no addresses. */
export const jsSipConsole: TraceFormat = {
  id: 'jssip-console',
  title: 'JsSIP: console of a browser or of Node',
  rank: 1,
  marks: ['JsSIP:Transport ', 'JsSIP | Transport | '],
  announce(lines) {
    const line = lines.text(0);
    const head = HEAD.exec(line);
    if (!head) return null;
    const behind = head.index + head[0].length;
    const isOwn = startIn(line.slice(behind)) === 0;
    return {
      time: timeOf(line.slice(0, head.index)),
      direction: head[1]!.toLowerCase() === 'sending' ? 'sent' : 'received',
      transport: webSocketOf(lines),
      line: isOwn ? 0 : 1,
      column: isOwn ? behind : undefined,
    };
  },
  ends: isLogLine,
};

/** `2026-11-22T19:45:53.760Z JsSIP:…`, `JsSIP:…`, `jssip.min.js:9 JsSIP:…`, `+1ms`, ` jssip-devel.js:519` */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at] === 32 ? at + 1 : at;
  if (['JsSIP', 'jssip', 'tryit-jssip'].some((text) => beginsWith(bytes, first, end, text))) return true;
  return looksLike(bytes, at, end, '0000-00-00T00:00:00.') || looksLike(bytes, first, end, '+0');
}
