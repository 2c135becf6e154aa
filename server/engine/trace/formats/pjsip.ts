import type { Envelope, Lines, TraceFormat } from './format.ts';
import { isLine } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD =
  /\b(TX|RX) (\d+) bytes (?:Request|Response) msg \S+ \((?:tdta|rdata)(?:0x)?[0-9A-Fa-f]+\) (?:to|from) (\w+?)6? (\S+:\d+):\s*$/;

/** pjsua and everything that is built on pjsip: MicroSIP, Telephone, Jami, many softphones. */
export const pjsip: TraceFormat = {
  id: 'pjsip',
  title: 'pjsua and other programs built on PJSIP',
  rank: 1,
  marks: [' bytes Request msg ', ' bytes Response msg '],
  announce: announceTransfer,
  ends: (bytes, at, end) => isLine(bytes, at, end, '--end msg--'),
  closed: true,
};

/** Reads the line with which PJSIP's transport tells of a message that it sends or got. */
export function announceTransfer(lines: Lines): Envelope | null {
  const line = lines.text(0);
  const found = RECORD.exec(line);
  if (!found) return null;
  const isReceived = found[1] === 'RX';
  return {
    direction: isReceived ? 'received' : 'sent',
    source: isReceived ? found[4] : undefined,
    destination: isReceived ? undefined : found[4],
    transport: found[3],
    octets: Number(found[2]),
    time: timeOf(line.slice(0, found.index)),
    line: lines.text(1).trim() === '--start msg--' ? 2 : 1,
  };
}
