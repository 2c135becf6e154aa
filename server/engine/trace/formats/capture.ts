import { isoTime } from '../../base/time.ts';
import type { Envelope, TraceFormat } from './format.ts';
import { timeOf } from './times.ts';

// The lines that stand before messages in the text that is made of a capture.

const NOTHING = '-';
const MESSAGE = /^# [\w-]+ (\S+) (\S+) (\S+) -> (\S+)(?: \((\d+) copies\))?\s*$/;
const SKIPPED = /^# [\w-]+ skipped (\d+): (.+?)\s*$/;

/** What the line before a message tells. */
export interface Captured {
  readonly time: number | null;
  readonly transport: string;
  readonly source: string;
  readonly destination: string;
  readonly copies: number;
}

/** `# pcap 2026-11-22T19:41:42.467542Z UDP 192.0.2.1:5060 -> 192.0.2.2:5060`, with its line end. */
export function messageMark(format: string, { time, transport, source, destination, copies }: Captured): string {
  const way = [isoTime(time), transport, source].map((part) => part || NOTHING).join(' ');
  return `# ${format} ${way} -> ${destination || NOTHING}${copies > 1 ? ` (${copies} copies)` : ''}\n`;
}

/** `# pcap skipped 12: packets with encrypted TLS`, with its line end. */
export function skippedMark(format: string, why: string, count: number): string {
  return `# ${format} skipped ${count}: ${why}\n`;
}

function captured(id: string, title: string): TraceFormat {
  return {
    id,
    title,
    rank: 1,
    marks: [`# ${id} `],
    announce(lines) {
      const line = lines.text(0);
      if (!line.startsWith(`# ${id} `)) return null;
      const message = MESSAGE.exec(line);
      const skipped = message ? null : SKIPPED.exec(line);
      if (message) return envelopeOf(message);
      return skipped && { skip: skipped[2], skipped: Number(skipped[1]) };
    },
    closed: true,
    isBinary: true,
  };
}

function envelopeOf([, time, transport, source, destination, copies]: RegExpExecArray): Envelope {
  const told = (part: string | undefined) => (part === NOTHING ? undefined : part);
  return {
    time: timeOf(time!),
    transport: told(transport),
    source: told(source),
    destination: told(destination),
    copies: copies ? Number(copies) : 1,
  };
}

export const pcap = captured('pcap', 'packet captures of tcpdump, Wireshark and others: pcap');
export const pcapng = captured('pcapng', 'packet captures of Wireshark and others: pcapng');
export const hep = captured('hep', 'packets of HEP 3 (Homer), one behind the other');
export const together = captured(
  'sip-lens',
  'what SIP Lens has put together: several traces merged, the call of a large one',
);
