import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const HEAD = /(?:^|\s)(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{6}) (\S+:\d+) -> (\S+:\d+)\s*$/;

/** What sngrep saves as text. It writes one dialog after another: the messages are put into the order of their times. */
export const sngrepTxt: TraceFormat = {
  id: 'sngrep-txt',
  title: 'sngrep: dialogs saved as text',
  rank: 1,
  marks: [' -> '],
  announce(lines) {
    const head = HEAD.exec(lines.text(0));
    return head && { time: timeOf(head[1]!), source: head[2], destination: head[3] };
  },
  ends: (bytes, at, end) => looksLike(bytes, at, end, '0000/00/00 00:00:00.'),
};
