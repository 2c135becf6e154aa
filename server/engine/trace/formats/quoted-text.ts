import { isEmptyLine, latin1, lineEnd } from '../../sip/frame.ts';
import { takeLiteral } from './escapes.ts';
import type { Peel, TraceFormat } from './format.ts';
import { isStartText } from './startText.ts';

/** What may stand before a literal on its line: a sign that joins it to the one before, an opening bracket, a prefix. */
const OPENING = /^[\s+.,&([{\\]*(?:[rbfuL]{0,2})(?=["'`])/;
/** What may stand behind it. */
const CLOSING = /^[\s+.,&)\]}\\;]*(?:\/\/.*)?$/;
const START = /(["'`])(?:[A-Z]{2,20} [a-z][\w.+-]*:\S* SIP\/2\.0|SIP\/2\.0 \d{3} [^"'`\\]*)(?:\\r)?(?:\\n)?\1/;
const HEADER = /^[\s+.,&([{\\]*[rbfuL]{0,2}(["'`])[A-Za-z][\w-]*[ \t]*:.*\1/;
const LONGEST = 1000;

/** Messages in programs: a literal a line, joined by the language or by a sign, with line ends as escapes or without. */
export const quotedText: TraceFormat = {
  id: 'quoted-text',
  title: 'messages in the text of programs: a string literal for each line (C, C++, Java, JavaScript, Python, Go)',
  rank: 1,
  marks: ['SIP/2.0\\r\\n"', "SIP/2.0\\r\\n'", 'SIP/2.0\\n"', 'SIP/2.0"', "SIP/2.0'", '"SIP/2.0 ', "'SIP/2.0 "],
  announce(lines) {
    const line = lines.text(0);
    const start = START.exec(line);
    if (!start || !isStartText(line.slice(start.index + 1)) || !HEADER.test(lines.text(1))) return null;
    return { time: null, line: 0, column: start.index + 1 };
  },
  peel: (block, from, to, into) => peelLiterals(block, from, to, into),
};

/** The literals on a line and on those that follow it, down to a line with something else. */
const peelLiterals: Peel = (block, from, to, into) => {
  const { bytes } = block;
  const mark = closingMark(block, from, to);
  let at = from;
  let inside = from;
  while (at < to) {
    const end = lineEnd(block, at, to);
    const close = takeLiteral(block, { from: inside, to: end }, mark, into);
    if (close >= end) return Math.min(end + 1, to);
    if (!endsWithBreak(bytes, inside, close)) into.put('\n', close, close);
    const rest = latin1(bytes, close + 1, Math.min(end, close + LONGEST));
    if (!CLOSING.test(rest.trimEnd())) return Math.min(end + 1, to);
    at = end + 1;
    while (at < to && isEmptyLine(bytes, at, lineEnd(block, at, to))) at = lineEnd(block, at, to) + 1;
    const opening = at < to ? OPENING.exec(latin1(bytes, at, Math.min(lineEnd(block, at, to), at + LONGEST))) : null;
    if (!opening || rest.includes(';')) return Math.min(at, to);
    inside = at + opening[0].length + 1;
  }
  return to;
};

/** The mark that closes the first literal: the one that stands behind the start line. */
function closingMark(block: Parameters<Peel>[0], from: number, to: number): number {
  for (let at = from; at < Math.min(to, from + LONGEST) && block.bytes[at] !== 10; at++)
    if (block.bytes[at] === 34 || block.bytes[at] === 39 || block.bytes[at] === 96) return block.bytes[at]!;
  return 34;
}

/** Whether a literal ends with an escaped line feed. */
function endsWithBreak(bytes: Uint8Array, from: number, close: number): boolean {
  return close - from >= 2 && bytes[close - 2] === 92 && bytes[close - 1] === 110;
}
