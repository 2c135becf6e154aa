import type { TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { isStartText } from './startText.ts';

const RECEIVED = /^received from: (\w+):(\S+:\d+)\s*$/;
/** The last reply's status line follows once more. */
const REPLY = /^\*\* reply received after \S+ ms \*\*$/;
const PLACE = /^send to: (\w+):(\S+:\d+)\s*$/m;
/** A request is no longer; the place that it is sent to follows it. */
const LONGEST = 8 * 1024;

/** sipsak with -vvv, which prints a request when it makes it and when it sends it. */
export const sipsak: TraceFormat = {
  id: 'sipsak',
  title: 'sipsak -vvv',
  rank: 1,
  marks: ['request:', ': UDP:', ': TCP:', ': TLS:', 'ia-Line:', ' reply received after '],
  announce(lines) {
    const line = lines.text(0).trimEnd();
    if (line === 'New message with Via-Line:' && isStartText(lines.text(1))) return { skip: 'messages printed twice' };
    if (line === 'request:' && isStartText(lines.text(1))) {
      const place = PLACE.exec(lines.passage(2, LONGEST));
      return { time: null, direction: 'sent', transport: place?.[1], destination: place?.[2] };
    }
    if (REPLY.test(line) && /^ +SIP\/2\.0 /.test(lines.text(1))) return { skip: 'status lines printed again' };
    const received = RECEIVED.exec(line);
    if (!received) return null;
    const first = [1, 2, 3].find((number) => isStartText(lines.text(number)));
    if (first === undefined) return null;
    return { time: null, direction: 'received', transport: received[1], source: received[2], line: first };
  },
  /** What sipsak writes behind a message. */
  ends: (bytes, at, end) =>
    ['send to: ', 'message received', 'request:', '** '].some((text) => beginsWith(bytes, at, end, text)),
};
