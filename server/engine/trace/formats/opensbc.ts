import type { TraceFormat } from './format.ts';
import { timeOf } from './times.ts';

const RECORD =
  /\[CID=(0x[0-9a-f]+)\] (>>>|<<<) .*? DST: (\S+?)(?::([A-Z]+))? SRC: (\S+?)(?::([A-Z]+))?(?: enc=\d+)?(?: bytes=(\d+))?\s*$/i;
const TEXT = /\bDBG: \[CID=0x/i;

/** OpenSBC: the start line with the addresses at level INF, then the message behind the words of level DBG. */
export const openSbc: TraceFormat = {
  id: 'opensbc',
  title: 'OpenSBC',
  rank: 2,
  marks: ['[CID=0x'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    if (!TEXT.test(lines.text(1)))
      return { skip: 'messages whose text the log leaves out: its level is INF', skipped: 1 };
    return {
      direction: found[2] === '>>>' ? 'sent' : 'received',
      source: found[5],
      destination: found[3],
      transport: found[4] ?? found[6],
      thread: found[1],
      octets: found[7] === undefined ? undefined : Number(found[7]),
      time: timeOf(line.slice(0, found.index)),
    };
  },
};
