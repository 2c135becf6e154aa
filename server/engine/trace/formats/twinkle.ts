import type { TraceFormat } from './format.ts';
import { isLine } from './lines.ts';

const HEAD = /^\+\+\+ (\d\d?)-(\d\d?)-(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? \w+/;
const WAY = /^(Send to|Received from): (\w+):(\S+:\d+)\s*$/;
const INTERNAL = /^(?:Send internal|Cannot resolve destination for):?\s*$/;

/** The log of the softphone Twinkle. Its days stand before its months. */
export const twinkle: TraceFormat = {
  id: 'twinkle',
  title: 'Twinkle: twinkle.log',
  rank: 1,
  marks: ['+++ '],
  announce(lines) {
    const head = HEAD.exec(lines.text(0));
    if (!head) return null;
    const way = WAY.exec(lines.text(1));
    if (!way) return INTERNAL.test(lines.text(1)) ? { skip: 'messages that were never sent', line: 2 } : null;
    const [, day, month, year, hour, minute, second, fraction] = head;
    const isReceived = way[1] === 'Received from';
    return {
      time: Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!) + Number(`0.${fraction ?? 0}`) * 1000,
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? way[3] : undefined,
      destination: isReceived ? undefined : way[3],
      transport: way[2],
      line: 2,
    };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, '---'),
  closed: true,
};
