import { sqlPeel } from './escapes.ts';
import type { TraceFormat } from './format.ts';
import { timeOf } from './times.ts';

/** A row with its message is no longer, or tells less. */
const LONGEST = 8 * 1024;
/** A line without a row is not read farther. */
const FIRST_ROW = /\(\s*\d+\s*,/;
const ROW = /\(\s*\d+\s*,/g;
/** A value of a row, quoted or not, and what parts it from the next. */
const VALUE = /\s*(?:'((?:[^'\\]|\\.|'')*)'|([^,()']*))\s*([,)])/gy;
const START = /^(?:\\[rn])*(?=SIP\/2\.0 \d|[A-Z]{2,20} [A-Za-z][\w+.-]*:\S* SIP\/2\.0)/;
const PLACE = /^(\w+):(.+:\d+)$/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;

/** Rows of Kamailio's and OpenSIPS's sip_trace table, as `mysqldump` writes them. */
export const siptraceDb: TraceFormat = {
  id: 'siptrace-db',
  title: 'Kamailio and OpenSIPS: the sip_trace table as SQL',
  rank: 2,
  // The words behind a message bring up the next row of the line.
  marks: ['sip_trace', "'udp:", "'tcp:", "'tls:"],
  announce(lines) {
    if (!FIRST_ROW.test(lines.text(0))) return null;
    const text = lines.text(0, LONGEST);
    ROW.lastIndex = 0;
    for (let row = ROW.exec(text), tries = 0; row && tries < 3; row = ROW.exec(text), tries++) {
      const values = valuesOf(text, row.index + 1);
      const message = values.find(({ text: value }) => START.test(value));
      if (!message) continue;
      const told = values.map((value) => value.text);
      const places = told.map((value) => PLACE.exec(value)).filter((place) => place !== null);
      const way = told.includes('in') ? 'received' : told.includes('out') ? 'sent' : undefined;
      const at = told.findIndex((value) => TIME.test(value));
      const fraction = /^\d{1,6}$/.test(told[at + 1] ?? '') ? `.${told[at + 1]!.padStart(6, '0')}` : '';
      return {
        source: places[0]?.[2],
        destination: places[1]?.[2],
        transport: places[0]?.[1],
        direction: way,
        time: at < 0 ? null : timeOf(told[at] + fraction),
        line: 0,
        column: message.at + START.exec(message.text)![0].length,
      };
    }
    return null;
  },
  peel: sqlPeel,
};

/** The values of a row, and where each begins; the last one may be cut. */
function valuesOf(text: string, from: number): { text: string; at: number }[] {
  const values: { text: string; at: number }[] = [];
  VALUE.lastIndex = from;
  for (let found = VALUE.exec(text); found; found = VALUE.exec(text)) {
    const value = found[1] ?? found[2]!;
    values.push({
      text: value,
      at: found.index + found[0].indexOf(found[1] === undefined ? value : "'") + (found[1] === undefined ? 0 : 1),
    });
    if (found[3] === ')') break;
  }
  return values;
}
