import type { TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';

const HEAD =
  /\b(Sent to|Received from) (udp|tcp|tls|sctp):(\S+) at (\d{1,2})\/(\d{1,2})\/(\d{4}) (\d\d):(\d\d):(\d\d):(\d{3}) \((\d+) bytes\):/;

/** The SIP trace on the web page of snom's phones. Its days stand before its months. */
export const snom: TraceFormat = {
  id: 'snom',
  title: 'snom: SIP trace of the phone',
  rank: 1,
  // `Sent to udp:`, `Received from tls:`: their last letters are rarer.
  marks: ['o udp:', 'o tcp:', 'o tls:', 'm udp:', 'm tcp:', 'm tls:'],
  announce(lines) {
    const head = HEAD.exec(lines.text(0));
    if (!head) return null;
    const [, word, transport, place, day, month, year, ...clock] = head;
    const [hour, minute, second, millisecond, octets] = clock.map(Number);
    const isReceived = word === 'Received from';
    return {
      time: Date.UTC(+year!, +month! - 1, +day!, hour, minute, second, millisecond),
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? place : undefined,
      destination: isReceived ? undefined : place,
      transport,
      octets,
    };
  },
  ends: (bytes, at, end) => beginsWith(bytes, at, end, 'Sent to ') || beginsWith(bytes, at, end, 'Received from '),
};
