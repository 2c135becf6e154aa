import type { TraceFormat } from './format.ts';
import { isLine } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /#SIP#: \(([oi])\)\[/;

/** Tropo and Voxeo Prophecy: a message in square brackets, on one line with escapes, which are undone first. */
export const tropoVoxeo: TraceFormat = {
  id: 'tropo-voxeo',
  title: 'Tropo and Voxeo Prophecy',
  rank: 2,
  marks: ['SIP#: ('],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found || line.includes('\\n')) return null;
    return {
      direction: found[1] === 'o' ? 'sent' : 'received',
      time: timeOf(line.slice(0, found.index)),
      line: 0,
      column: found.index + found[0].length,
    };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, ']'),
};
