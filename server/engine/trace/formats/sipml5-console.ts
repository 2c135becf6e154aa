import type { TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { startIn } from './startText.ts';
import { timeOf } from './times.ts';
import { webSocketOf } from './webSocket.ts';

const HEAD = /(?:^|\s)(?:(SEND: )|recv=)(?=[A-Z])/;

/** sipML5 on the console of a browser. It tells neither times nor addresses. */
export const sipMl5Console: TraceFormat = {
  id: 'sipml5-console',
  title: 'sipML5: console of a browser',
  rank: 2,
  marks: ['SEND: ', 'recv='],
  announce(lines) {
    const line = lines.text(0);
    const head = HEAD.exec(line);
    const behind = head ? head.index + head[0].length : 0;
    if (!head || startIn(line.slice(behind)) !== 0) return null;
    return {
      time: timeOf(line.slice(0, head.index)),
      direction: head[1] ? 'sent' : 'received',
      transport: webSocketOf(lines),
      line: 0,
      column: behind,
    };
  },
  ends: (bytes, at, end) =>
    ['SIPml', 'tsk_utils.js', 'State machine: ', '__tsip', '==stack event', '==session event'].some((text) =>
      beginsWith(bytes, at, end, text),
    ),
};
