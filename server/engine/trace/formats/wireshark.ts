import { lineEnd } from '../../sip/frame.ts';
import type { Lines } from './format.ts';
import { timeOf } from './times.ts';

// What Wireshark and tshark tell of a packet's way, in JSON, EK and PDML alike.

/** A packet's fields before its SIP are no longer, JSON with raw bytes among them. */
const LONGEST = 40_000;

/** What the fields of a packet tell that stand above its SIP. */
export interface PacketFields {
  readonly time: number | null;
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly transport: string | undefined;
}

/** How a field is written: the text of its value in the first group, for a name as in `ip.src`. */
export type FieldForm = (name: string) => string;

/**
 * Reads the packet's fields above a line, and on the line before a column.
 * @param begins what a packet begins with
 */
export function packetFields(lines: Lines, own: string, begins: string, form: FieldForm): PacketFields {
  const above = lines.above(LONGEST) + own;
  const fields = above.slice(Math.max(0, above.lastIndexOf(begins)));
  const last = (...names: string[]) => {
    const found = names.map((name) => [...fields.matchAll(new RegExp(form(name), 'g'))].at(-1));
    return found.reduce((a, b) => ((b?.index ?? -1) > (a?.index ?? -1) ? b : a))?.[1];
  };
  const place = (way: 'src' | 'dst') => {
    const host = last(`ip.${way}`, `ipv6.${way}`);
    const port = last(`udp.${way}port`, `tcp.${way}port`, `sctp.${way}port`);
    return host && `${host.includes(':') ? `[${host}]` : host}${port ? `:${port}` : ''}`;
  };
  const time = last('frame.time_epoch', 'timestamp');
  return {
    time: time === undefined ? null : timeOf(time),
    source: place('src'),
    destination: place('dst'),
    transport:
      transportIn(last('frame.protocols') ?? '') ??
      (last('udp.srcport') ? 'UDP' : last('tcp.srcport') ? 'TCP' : undefined),
  };
}

/** The transport that a list of protocols names right before SIP: `eth:ethertype:ip:udp:sip:sdp`. */
function transportIn(protocols: string): string | undefined {
  if (!protocols.includes('sip')) return undefined;
  if (protocols.includes('websocket')) return /:(?:tls|ssl):/.test(protocols) ? 'WSS' : 'WS';
  return /.*:(udp|tcp|tls|sctp|dtls):.*?\bsip/.exec(protocols)?.[1]?.toUpperCase();
}

/** Behind the first line from `at` on of which a function says that a packet ends with it; `to` where there is none. */
export function behindLine(
  block: Parameters<typeof lineEnd>[0],
  at: number,
  to: number,
  isLast: (from: number, end: number) => boolean,
): number {
  for (let line = at; line < to; ) {
    const end = lineEnd(block, line, to);
    if (isLast(line, end)) return Math.min(end + 1, to);
    line = end + 1;
  }
  return to;
}
