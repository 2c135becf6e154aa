import type { TraceFormat } from './format.ts';
import { isLine } from './lines.ts';

const HEAD = /^(UDP|TCP|TLS|WS|WSS) (\S+:\d+) -> (\S+:\d+)\s*$/;

/** baresip's trace of SIP messages (`-s`, `/sip_trace`). */
export const baresip: TraceFormat = {
  id: 'baresip',
  title: 'baresip -s',
  rank: 1,
  marks: [' -> '],
  announce(lines) {
    const head = HEAD.exec(lines.text(0));
    if (!head || !/#\s*$/.test(lines.text(-1))) return null;
    return { time: null, transport: head[1], source: head[2], destination: head[3] };
  },
  /** A record begins with `#` on a line of its own. */
  ends: (bytes, at, end) => isLine(bytes, at, end, '#'),
};
