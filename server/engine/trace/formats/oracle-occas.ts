import { headerColon, lineEnd } from '../../sip/frame.ts';
import type { Peel, TraceFormat } from './format.ts';
import { beginsWith, isLine } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /<SIP Tracer: (\S+) Message: ?/;
const TIME = /####<([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d:\d\d)(?:,(\d+))? (?:([AP])M)?/;

/** Oracle Communications Converged Application Server (WebLogic SIP): the tracer writes headers and body, the start line only if told to. */
export const oracleOccas: TraceFormat = {
  id: 'oracle-occas',
  title: 'Oracle Communications Converged Application Server (WebLogic SIP): SIP Tracer',
  rank: 2,
  marks: ['SIP Tracer:'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    return {
      time: clockOf(line),
      thread: found[1],
      line: 0,
      column: found.index + found[0].length,
    };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, '>') || beginsWith(bytes, at, end, '####<'),
  peel: (block, from, to, into) => peelTraced(block, from, to, into),
};

/** A message without its start line begins with a header: what is missing is said in its place. */
const peelTraced: Peel = (block, from, to, into) => {
  if (headerColon(block.bytes, from, lineEnd(block, from, to)) > 0) into.put('(no start line)\n', from, from);
  into.keep(from, to);
  return to;
};

/** `####<Nov 3, 2019 10:15:42 AM UTC>`; the zone is a name only, so that it is left aside. */
function clockOf(line: string): number | null {
  const found = TIME.exec(line);
  if (!found) return timeOf(line);
  const [, month, day, year, hour, rest, fraction, half] = found;
  const hours = (Number(hour) % (half ? 12 : 24)) + (half === 'P' ? 12 : 0);
  return timeOf(`${month} ${day} ${year} ${String(hours).padStart(2, '0')}:${rest}${fraction ? `.${fraction}` : ''}`);
}
