import { lineEnd } from '../../sip/frame.ts';
import type { Peel, TraceFormat } from './format.ts';
import { isLine } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /SIGNAL: (\[[0-9a-f]{4}\]) (RECEIVED from|SENT to) (\S+?)\. Length= ?(\d+)/i;
/** Milliseconds stand behind a colon. */
const TIME = /\[(\d\d\/\d\d\/\d{4}) (\d\d:\d\d:\d\d)[:.](\d{3})\]/;

/** Avaya one-X Communicator, Equinox, Workplace and J100 phones: SIPMESSAGES.txt. */
export const avayaEndpoint: TraceFormat = {
  id: 'avaya-endpoint',
  title: 'Avaya one-X, Equinox, Workplace and J100 phones: SIPMESSAGES.txt',
  rank: 2,
  marks: ['SIGNAL: ['],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    const isReceived = /^received/i.test(found[2]!);
    const time = TIME.exec(line);
    const first = lines.text(1).trim() === '{' ? 2 : 1;
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? found[3] : undefined,
      destination: isReceived ? undefined : found[3],
      thread: found[1]!.slice(1, -1),
      octets: Number(found[4]),
      time: time ? timeOf(`${time[1]} ${time[2]}.${time[3]}`) : timeOf(line),
      line: first,
      column: lines.text(first).startsWith(`${found[1]} `) ? found[1]!.length + 1 : 0,
    };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, '}') || (bytes[at] === 91 && isLine(bytes, at + 6, end, '}')),
  closed: true,
  peel: (block, from, to, into) => peelMarks(block, from, to, into),
};

/** The words that stand before the first line may stand before the others as well. */
const peelMarks: Peel = (block, from, to, into) => {
  for (let at = from; at < to; ) {
    const next = Math.min(lineEnd(block, at, to) + 1, to);
    const isMarked = at > from && block.bytes[at] === 91 && block.bytes[at + 5] === 93;
    into.keep(isMarked ? Math.min(at + (block.bytes[at + 6] === 32 ? 7 : 6), next) : at, next);
    at = next;
  }
  return to;
};
