import type { TraceFormat } from './format.ts';
import { packetHead } from './ngrep.ts';
import { peelDotted } from './ngrepText.ts';

/** The line behind a packet's head: empty, or the flags of TCP. */
const BEHIND = /^(?: \[[A-Z]*\])?$/;

/** sipgrep, which writes as `ngrep -W byline` does, with an empty line behind the head, and colours inside of headers. */
export const sipgrep: TraceFormat = {
  id: 'sipgrep',
  title: 'sipgrep',
  rank: 1,
  marks: [' -> '],
  announce(lines) {
    const packet = packetHead(lines);
    if (!packet || lines.text(0).length > packet.behind || !BEHIND.test(lines.text(1)) || !lines.text(2)) return null;
    const { time, source, destination, transport } = packet;
    return { time, source, destination, transport, line: 2 };
  },
  peel: peelDotted,
};
