import type { Envelope, Lines, TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { timeOf } from './times.ts';
import { peelDetails } from './wiresharkDetails.ts';

const TITLE = /^\s*Session Initiation Protocol(?: \([^()]*\))?\s*$/;
const START = /^\s*(?:Request|Status)-Line: /;
const TIME = /^\s*(?:Epoch (?:Arrival )?Time: (\d+\.\d+)|(?:UTC )?Arrival Time: (.*))$/gm;
const NETWORK = /^\s*Internet Protocol(?: Version [46])?, Src: (\S+)(?: \(([^)]+)\))?, Dst: (\S+)(?: \(([^)]+)\))?/gm;
const TRANSPORT =
  /^\s*(User Datagram|Transmission Control|Stream Control Transmission) Protocol, Src Port: (?:\S+ \()?(\d+)\)?(?: \(\d+\))?, Dst Port: (?:\S+ \()?(\d+)/gm;
const TRANSPORTS: Readonly<Record<string, string>> = { 'User Datagram': 'UDP', 'Transmission Control': 'TCP' };
/** The layers above SIP are no longer. */
const LONGEST = 16_000;

/** Packets as Wireshark prints and exports their details, and `tshark -V`. */
export const wiresharkDetails: TraceFormat = {
  id: 'wireshark-details',
  title: 'Wireshark and tshark: packet details as text (tshark -V, Export Packet Dissections as Plain Text)',
  rank: 1,
  marks: ['Session Initiation Protocol'],
  announce(lines) {
    if (!TITLE.test(lines.text(0))) return null;
    for (let line = 1; line <= 3; line++) {
      const start = START.exec(lines.text(line));
      if (start) return envelope(lines, line, start[0].length);
    }
    return null;
  },
  ends: (bytes, at, end) => beginsWith(bytes, at, end, 'Frame ') && bytes[at + 6]! >= 48 && bytes[at + 6]! <= 57,
  isRebuilt: true,
  peel: peelDetails,
};

function envelope(lines: Lines, line: number, column: number): Envelope {
  const above = lines.above(LONGEST);
  const layers = above.slice(Math.max(0, above.search(/^Frame \d+(?!.*^Frame \d+)/ms)));
  const times = [...layers.matchAll(TIME)];
  const time = times.find((found) => found[1]) ?? times.at(-1);
  const network = [...layers.matchAll(NETWORK)].at(-1);
  const transport = [...layers.matchAll(TRANSPORT)].at(-1);
  return {
    time: time ? timeOf(time[1] ?? time[2]!.replace(',', '')) : null,
    source: network && placeOf(network[2] ?? network[1]!, transport?.[2]),
    destination: network && placeOf(network[4] ?? network[3]!, transport?.[3]),
    transport: transport && (TRANSPORTS[transport[1]!] ?? 'SCTP'),
    line,
    column,
  };
}

function placeOf(host: string, port: string | undefined): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return port ? `${shown}:${port}` : shown;
}
