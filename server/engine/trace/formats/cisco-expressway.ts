import type { Lines, TraceFormat } from './format.ts';
import { peelIndent } from './indent.ts';
import { isLine, looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /Module="network\.sip" Level="DEBUG": +Action=" ?(Received|Sent) ?"/;
const TIME = /UTCTime="([^"]*)"/;
const TEXT = /^\s*(.* )?SIPMSG:(?=\s|\||$)\s*(?:\|\s?)?/;

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
  // A blank stands before each line behind the first.
  peel: peelIndent,
};

/** The message begins behind a bar, in the line behind `SIPMSG:`, in copies also on the same; null where it does not. */
function startOf(lines: Lines): { line: number; column: number } | null {
  const line = TEXT.test(lines.text(0)) ? 0 : 1;
  const found = TEXT.exec(lines.text(line));
  if (!found || (line === 1 && found[1])) return null;
  if (found[0].length < lines.text(line).trimEnd().length) return { line, column: found[0].length };
  return { line: line + 1, column: /^\s*(?:\|\s?)?/.exec(lines.text(line + 1))![0].length };
}

function placeOf(line: string, side: string): string | undefined {
  const field = (name: string) => new RegExp(`\\b${side}-${name}=" ?([^" ]*) ?"`).exec(line)?.[1];
  const host = field('ip');
  const port = field('port');
  const shown = host?.includes(':') && host[0] !== '[' ? `[${host}]` : host;
  return shown && port ? `${shown}:${port}` : shown;
}

/** `2017-09-19T14:16:15.836-04:00 host tvcs: …`, `Nov  3 10:15:42 host tvcs: …`. */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  return looksLike(bytes, at, end, '0000-00-00T00:00') || looksLike(bytes, at, end, 'Aaa ~0');
}
