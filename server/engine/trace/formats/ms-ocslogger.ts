import { lineEnd } from '../../sip/frame.ts';
import type { Direction, Peel, TraceFormat } from './format.ts';
import { beginsWith, isLine } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /\bTL_\w+ ?\(TF_PROTOCOL\) ?(?:\[([^\]]*)\])?([0-9A-Fa-f]+\.[0-9A-Fa-f]+)?.*\$\$begin_record/;
const START = /^Start-Line: ?/m;
const DIRECTION = /^Direction: (incoming|outgoing)/m;
const PEER = /^Peer: (\S+)/m;
const CALL = /^Trace-Correlation-Id: (\S+)/m;
const BODY = 'Message-Body:';
/** So much may stand before the start line. */
const LONGEST = 500;

/** Lync and Skype for Business: OCSLogger and CLSLogger as text, Snooper. */
export const msOcsLogger: TraceFormat = {
  id: 'ms-ocslogger',
  title: 'Microsoft OCSLogger and CLSLogger: Office Communications Server, Lync, Skype for Business',
  rank: 1,
  marks: ['$$begin_record'],
  announce(lines) {
    const line = lines.text(0);
    const record = RECORD.exec(line);
    if (!record) return null;
    const fields = lines.passage(1, LONGEST);
    const start = START.exec(fields);
    const before = start ? fields.slice(0, start.index) : fields;
    const direction = directionOf(before);
    const peer = PEER.exec(before)?.[1];
    const machine = record[1] && /\\([^\\]+)$/.exec(record[1])?.[1];
    return {
      direction,
      source: direction === 'received' ? peer : direction && machine,
      destination: direction === 'sent' ? peer : direction && machine,
      time: timeOf(line),
      thread: CALL.exec(before)?.[1] ?? record[2],
      line: start ? before.split('\n').length : 1,
      column: start?.[0].length,
      skip: start ? undefined : 'records without a start line',
    };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, '$$end_record'),
  closed: true,
  peel: (block, from, to, into) => peelRecord(block, from, to, into),
};

function directionOf(fields: string): Direction | undefined {
  const value = DIRECTION.exec(fields)?.[1];
  return value === undefined ? undefined : value === 'incoming' ? 'received' : 'sent';
}

/** The headers follow the start line; the body stands behind `Message-Body:`, a dash where there is none. */
const peelRecord: Peel = (block, from, to, into) => {
  const { bytes } = block;
  for (let at = from; at < to; ) {
    const end = lineEnd(block, at, to);
    if (beginsWith(bytes, at, end, BODY)) {
      into.keep(from, at);
      into.put('\n', at, at);
      let body = at + BODY.length;
      if (bytes[body] === 32) body++;
      if (!isDash(bytes, body, to)) into.keep(body, to);
      return to;
    }
    at = end + 1;
  }
  into.keep(from, to);
  return to;
};

/** Nothing but a hyphen or another dash, of any encoding. */
function isDash(bytes: Uint8Array, at: number, to: number): boolean {
  while (to > at && bytes[to - 1]! <= 32) to--;
  return to === at || (to - at <= 3 && (bytes[at]! >= 0x80 || (bytes[at] === 45 && to - at === 1)));
}
