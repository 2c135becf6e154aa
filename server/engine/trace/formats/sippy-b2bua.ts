import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /^(.*?)\/(.*)\/(\S+?\[\d+\]): (RECEIVED message from|SENDING message to) (\S+?):?\s*$/;
const TIME = /^(\d{1,2}) ([A-Z][a-z]{2}) (\d\d:\d\d:\d\d(?:\.\d+)?)/;

/** The Sippy B2BUA and RTPproxy's sibling library. */
export const sippyB2bua: TraceFormat = {
  id: 'sippy-b2bua',
  title: 'Sippy B2BUA',
  rank: 2,
  marks: ['RECEIVED message from ', 'SENDING message to '],
  announce(lines) {
    const found = RECORD.exec(lines.text(0));
    if (!found) return null;
    const isReceived = found[4]!.startsWith('RECEIVED');
    const time = TIME.exec(found[1]!);
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? found[5] : undefined,
      destination: isReceived ? undefined : found[5],
      thread: found[3],
      time: timeOf(time ? `${time[2]} ${time[1]} ${time[3]}` : found[1]!),
    };
  },
  ends: (bytes, at, end) => looksLike(bytes, at, end, '00 Aaa 00:00:00') || looksLike(bytes, at, end, '0 Aaa 00:00:00'),
};
