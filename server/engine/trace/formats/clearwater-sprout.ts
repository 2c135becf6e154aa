import type { TraceFormat } from './format.ts';
import { isLine } from './lines.ts';
import { announceTransfer } from './pjsip.ts';
import { timeOf } from './times.ts';

const START = '--start msg--';
/** Day before month: `03-11-2014 18:03:36.029`. */
const TIME = /^(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d:\d\d\.\d{3})/;

/** The line that announces what goes over the wire. */
const TRANSFER = / (?:TX|RX) \d+ bytes /;

/** Sprout, Bono and Homestead of Project Clearwater: PJSIP's transfers, and what their parts hand each other inside. */
export const clearwaterSprout: TraceFormat = {
  id: 'clearwater-sprout',
  title: 'Project Clearwater: Sprout, Bono, Homestead',
  rank: 2,
  marks: [' bytes Request msg ', ' bytes Response msg ', 'msg--'],
  announce(lines) {
    const line = lines.text(0);
    const inside = line.trim() === START;
    const dated = TIME.exec(inside ? lines.text(-1) : line);
    if (!dated || (inside && TRANSFER.test(lines.text(-1)))) return null;
    if (inside) return { time: null, skip: 'messages handed on inside the server' };
    const found = lines.text(1).trim() === START ? announceTransfer(lines) : null;
    return found && { ...found, time: timeOf(`${dated[3]}-${dated[2]}-${dated[1]} ${dated[4]}`) };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, '--end msg--'),
  closed: true,
};
