import { latin1, lineEnd } from '../../sip/frame.ts';
import type { Peel, TraceFormat } from './format.ts';
import { isStartText } from './startText.ts';
import { timeOf } from './times.ts';

/** Date, time, seconds since 1970, `S` or `R`, Call-ID, CSeq, start line; tabs between them. */
const RECORD = /^\d{4}-\d\d-\d\d\t[\d:.]+\t(\d+\.\d+)\t([SR])\t([^\t]*)\tCSeq: ?([^\t]*)\t/;
/** The same from the Call-ID on. */
const REST = /^([^\t]*)\t(CSeq: ?)([^\t]*)\t(.*?)\r?$/;
const LONGEST = 1000;

/** sipp's `-trace_shortmsg`: a message a line. */
export const sippShortMsg: TraceFormat = {
  id: 'sipp-shortmsg',
  title: 'sipp -trace_shortmsg (only start lines, Call-ID and CSeq)',
  rank: 2,
  marks: ['\tCSeq:'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found || !isStartText(line.slice(found[0].length))) return null;
    return {
      time: timeOf(found[1]!),
      direction: found[2] === 'S' ? 'sent' : 'received',
      line: 0,
      column: line.indexOf(found[3]!, line.indexOf(`\t${found[2]}\t`)),
    };
  },
  ends: () => true,
  isRebuilt: true,
  isOutline: true,
  peel: (block, from, to, into) => peelFields(block, from, to, into),
};

/** The start line, which stands behind them, and the two headers. */
const peelFields: Peel = (block, from, to, into) => {
  const end = lineEnd(block, from, to);
  const found = REST.exec(latin1(block.bytes, from, Math.min(end, from + LONGEST)));
  if (!found) return end;
  const [, callId, name, cseq, start] = found;
  const second = from + callId!.length + 1 + name!.length;
  into.put(`${start!.replace(/[^ -~]/g, '?')}\r\nCall-ID: `, from, from);
  into.keep(from, from + callId!.length);
  into.put('\r\nCSeq: ', from + callId!.length, second);
  into.keep(second, second + cseq!.length);
  into.put('\r\n\r\n', second + cseq!.length, end);
  return end;
};
