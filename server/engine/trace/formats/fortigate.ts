import type { Lines, Peel, TraceFormat } from './format.ts';
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
  peel: (block, from, to, into) => peelHex(block, from, to, into),
};

/** The addresses stand on the line before; the log may have broken that behind the arrow. */
function wayBefore(lines: Lines): RegExpExecArray | null {
  return WAY.exec(lines.text(-1)) ?? WAY.exec(`${lines.text(-2).trimEnd()} ${lines.text(-1).trimStart()}`);
}

/** Two digits are an octet. Each part stands in brackets behind its offset and length; a square bracket ends the last. */
const peelHex: Peel = ({ bytes }, from, to, into) => {
  for (let at = from; at < to; ) {
    const high = digit(bytes[at]!);
    const low = at + 1 < to ? digit(bytes[at + 1]!) : -1;
    if (high >= 0 && low >= 0) {
      into.put(String.fromCharCode(high * 16 + low), at, at + 2);
      at += 2;
    } else if (bytes[at] === 93) return at;
    else at = bytes[at] === 40 ? behindLength(bytes, at + 1, to) : at + 1;
  }
  return to;
};

/** Behind `515,300)` where an offset and a length stand there; otherwise the place itself. */
function behindLength(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && ((bytes[at]! >= 48 && bytes[at]! <= 57) || bytes[at] === 44)) at++;
  return bytes[at] === 41 && bytes.subarray(from, at).includes(44) ? at + 1 : from;
}

function digit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
