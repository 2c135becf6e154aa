import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { startIn } from './startText.ts';
import { timeOf } from './times.ts';

/** `[ V4 192.0.2.1:5060 TCP targetDomain=… flowKey=44 ]` */
const PLACE = String.raw`\[ V[46] (\S+) (\w+) [^\]]*\]`;
const RECEIVED = new RegExp(String.raw`\bincoming from: ${PLACE}\s*$`);
const ON_STREAM = new RegExp(String.raw`\bCONN_BASE: \S+ ${PLACE} received: `);
const SENT = new RegExp(String.raw`\bTransmitting to ${PLACE}(?: tlsDomain=\S*)?(?: via ${PLACE})?`);
/** `20251203-202603.508` */
const STAMP = /\b(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d\.\d+)\b/;

/** The log of reSIProcate: repro, 3CX and softphones built on it. */
export const resiprocate: TraceFormat = {
  id: 'resiprocate',
  title: 'reSIProcate: repro and other programs built on it',
  rank: 2,
  marks: ['incoming from: [ V', ' received: ', 'Transmitting to [ V'],
  announce(lines) {
    const line = lines.text(0);
    const sent = SENT.exec(line);
    const found = sent ?? ON_STREAM.exec(line) ?? RECEIVED.exec(line);
    if (!found) return null;
    const behind = found.index + found[0].length;
    const isOwn = startIn(line.slice(behind)) === 0;
    // What came on a stream is told once more, with its text, when it is whole.
    if (!sent && !isOwn && startIn(lines.passage(1, LOOK).trimStart()) !== 0) return null;
    return {
      direction: sent ? 'sent' : 'received',
      source: sent ? sent[3] : found[1],
      destination: sent ? sent[1] : undefined,
      transport: found[2],
      time: timeOf(line.slice(0, found.index).replace(STAMP, '$1-$2-$3 $4:$5:$6')),
      line: isOwn ? 0 : 1,
      column: isOwn ? behind : undefined,
    };
  },
  ends: isLogLine,
};

/** Enough for a start line, with the empty line before it. */
const LOOK = 1200;

/** `DEBUG | 20251203-202603.508 | …`, `2022-05-24 10:21:10.754 | INFO | …` */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  if (looksLike(bytes, at, end, '0000-00-00 00:00:00.000 | ')) return true;
  let word = at;
  while (bytes[word]! >= 65 && bytes[word]! <= 90) word++;
  return word > at && looksLike(bytes, word, end, ' | 00000000-000000.');
}
