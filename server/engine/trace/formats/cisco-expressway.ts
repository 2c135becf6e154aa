import { lineEnd, skipBlanks } from '../../sip/frame.ts';
import type { Lines, Peel, TraceFormat } from './format.ts';
import { isLine, looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /Module="network\.sip" Level="DEBUG": +Action=" ?(Received|Sent) ?"/;
const TIME = /UTCTime="([^"]*)"/;
const TEXT = /^\s*\|\s?/;

/** The diagnostic log of Cisco Expressway and of the TelePresence Video Communication Server. */
export const ciscoExpressway: TraceFormat = {
  id: 'cisco-expressway',
  title: 'Cisco Expressway and VCS: diagnostic log with network.sip at DEBUG',
  rank: 1,
  marks: ['work.sip" Level="DEBUG"'],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    const isReceived = found[1] === 'Received';
    const start = startOf(lines);
    if (!start) return null;
    const local = placeOf(line, 'Local');
    const remote = placeOf(line, isReceived ? 'Src' : 'Dst');
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? remote : local,
      destination: isReceived ? local : remote,
      time: timeOf(TIME.exec(line)?.[1] ?? line),
      ...start,
    };
  },
  ends: (bytes, at, end) => isLine(bytes, at, end, '|') || isLogLine(bytes, at, end),
  peel: (block, from, to, into) => peelLines(block, from, to, into),
};

/** The message begins behind a bar, in the line behind `SIPMSG:`; null where it does not. */
function startOf(lines: Lines): { line: number; column: number } | null {
  if (lines.text(1).trim() !== 'SIPMSG:') return null;
  return { line: 2, column: TEXT.exec(lines.text(2))?.[0].length ?? 0 };
}

function placeOf(line: string, side: string): string | undefined {
  const field = (name: string) => new RegExp(`\\b${side}-${name}=" ?([^" ]*) ?"`).exec(line)?.[1];
  const host = field('ip');
  const port = field('port');
  const shown = host?.includes(':') && host[0] !== '[' ? `[${host}]` : host;
  return shown && port ? `${shown}:${port}` : shown;
}

/** The log writes a blank before each line of a message but the first; copies may have lost it. */
const peelLines: Peel = (block, from, to, into) => {
  const { bytes } = block;
  const first = lineEnd(block, from, to) + 1;
  into.keep(from, Math.min(first, to));
  const width = bytes[first] === 32 ? 1 : 0;
  for (let at = first; at < to; ) {
    const next = Math.min(lineEnd(block, at, to) + 1, to);
    into.keep(Math.min(skipBlanks(bytes, at, at + width), next), next);
    at = next;
  }
  return to;
};

/** `2017-09-19T14:16:15.836-04:00 host tvcs: …`, `Nov  3 10:15:42 host tvcs: …`. */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  return looksLike(bytes, at, end, '0000-00-00T00:00') || looksLike(bytes, at, end, 'Aaa ~0');
}
