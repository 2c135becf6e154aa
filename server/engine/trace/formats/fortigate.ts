import type { Lines, Peel, TraceFormat } from './format.ts';
import { peelDigits } from './hex.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /\bsip port (\d+) (read|write|send) \[\(0,\d+\)/;
const WAY = /\bsip port \d+ (\S+:\d+) -> (\S+:\d+)/;

/** FortiGate: `diag debug application sip -1`. Messages are written in hexadecimal digits. */
export const fortiGate: TraceFormat = {
  id: 'fortigate',
  title: 'FortiGate: diag debug application sip -1',
  rank: 2,
  marks: ['sip port '],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found || !/^\([0-9a-f]{8}/i.test(lines.text(1))) return null;
    const way = wayBefore(lines);
    return {
      direction: found[2] === 'read' ? 'received' : 'sent',
      source: way?.[1],
      destination: way?.[2],
      thread: `port ${found[1]}`,
      time: timeOf(line.slice(0, found.index)),
      column: 1,
    };
  },
  ends: (bytes, at, end) => looksLike(bytes, at, end, '0000-00-00 00:00:00'),
  peel: (block, from, to, into) => peelParts(block, from, to, into),
};

/** The addresses stand on the line before; the log may have broken that behind the arrow. */
function wayBefore(lines: Lines): RegExpExecArray | null {
  return WAY.exec(lines.text(-1)) ?? WAY.exec(`${lines.text(-2).trimEnd()} ${lines.text(-1).trimStart()}`);
}

/** Each part stands in brackets behind its offset and length; a square bracket ends the last. */
const peelParts: Peel = (block, from, to, into) => {
  const { bytes } = block;
  for (let at = from; at < to; ) {
    const end = peelDigits(block, at, to, into);
    if (bytes[end] === 93) return end;
    at = bytes[end] === 40 ? behindLength(bytes, end + 1, to) : end + 1;
  }
  return to;
};

/** Behind `515,300)` where an offset and a length stand there; otherwise the place itself. */
function behindLength(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && ((bytes[at]! >= 48 && bytes[at]! <= 57) || bytes[at] === 44)) at++;
  return bytes[at] === 41 && bytes.subarray(from, at).includes(44) ? at + 1 : from;
}
