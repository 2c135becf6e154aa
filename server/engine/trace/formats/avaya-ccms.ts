import type { TraceFormat } from './format.ts';
import { beginsWith, isLine } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /\[(0x[0-9a-f]+)\] - (-->|<--).*?(?:Address IP: *(\S+?)\))?:?\s*\$\$begin_record/i;
/** Day before month. */
const TIME = /^(\d\d)\/(\d\d)\/(\d{4})-(\d\d:\d\d:\d\d\.\d+)/;
const START = /^Start-Line: ?/m;
/** So much may stand before the start line. */
const LONGEST = 500;

/** Avaya Aura Contact Center: CCMS_SGM logs. */
export const avayaCcms: TraceFormat = {
  id: 'avaya-ccms',
  title: 'Avaya Aura Contact Center: CCMS_SGM log',
  rank: 2,
  marks: ['$$begin_record'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    const time = found && TIME.exec(line);
    if (!found || !time) return null;
    const fields = lines.passage(1, LONGEST);
    const start = START.exec(fields);
    const isSent = found[2] === '-->';
    return {
      direction: isSent ? 'sent' : 'received',
      source: isSent ? undefined : found[3],
      destination: isSent ? found[3] : undefined,
      thread: found[1],
      time: timeOf(`${time[3]}-${time[2]}-${time[1]} ${time[4]}`),
      line: start ? fields.slice(0, start.index).split('\n').length : 1,
      column: start?.[0].length,
      skip: start ? undefined : 'records without a start line',
    };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, '$$end_record') || beginsWith(bytes, at, end, 'Base64 dump'),
  closed: true,
};
