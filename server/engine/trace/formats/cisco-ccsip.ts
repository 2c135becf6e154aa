import { headerColon } from '../../sip/frame.ts';
import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /\/\/(-?\w+)\/(\w+)\/(?:CUBE_VT\/)?SIP\/Msg\/ccsipDisplayMsg:/;
const WAY = /\b(Received|Sent):\s*(?:SIP (\w+) message from (\S+) to (\S+))?\s*$/;
/** Of a router. */
const LONGEST_NAME = 64;

/** Cisco IOS and IOS XE: `debug ccsip messages`, and `show voip trace`. */
export const ciscoCcsip: TraceFormat = {
  id: 'cisco-ccsip',
  title: 'Cisco IOS, IOS XE and CUBE: debug ccsip messages, show voip trace',
  rank: 1,
  marks: ['ccsipDisplayMsg:'],
  announce(lines) {
    const line = lines.text(0);
    const record = RECORD.exec(line);
    if (!record) return null;
    const own = WAY.exec(line.slice(record.index));
    const way = own ?? WAY.exec(lines.text(1));
    const isReceived = way?.[1] === 'Received';
    return {
      time: timeOf(line.slice(0, record.index)),
      thread: record[1] === '-1' ? undefined : record[1],
      direction: way ? (isReceived ? 'received' : 'sent') : undefined,
      transport: way?.[2],
      source: way?.[3],
      destination: way?.[4],
      line: own || !way ? 1 : 2,
    };
  },
  ends: isLogLine,
};

/** `004211: *Nov  3 10:15:42.117: …`, `00:11:29: …`, `Router#`. */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  let from = at;
  while (from < end && isDigit(bytes[from]!)) from++;
  if (from > at && bytes[from] === 58 && bytes[from + 1] === 32) from += 2;
  else from = at;
  if (bytes[from] === 42 || bytes[from] === 46) from++;
  if (isDigit(bytes[from]!)) return looksLike(bytes, from, end, '00:00:00');
  return looksLike(bytes, from, end, 'Aaa ~0') || isPrompt(bytes, at, end);
}

/** `Router#`; a header may follow it on its line where the console mixed them. */
function isPrompt(bytes: Uint8Array, at: number, end: number): boolean {
  const limit = Math.min(end, at + LONGEST_NAME);
  let mark = at;
  while (mark < limit && bytes[mark] !== 35 && bytes[mark] !== 58 && bytes[mark]! > 32) mark++;
  return mark > at && bytes[mark] === 35 && headerColon(bytes, mark + 1, end) < 0;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
