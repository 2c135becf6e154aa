import type { TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { timeOf } from './times.ts';

const REMOTE = /^----Remote Host:(.+?)---- Port: (-?\d+)----\s*$/;
const LOCAL = /^----Local Host:(.+?)---- Port: (-?\d+)----\s*$/;
const WAY = /:-*>?(INCOMING|OUTGOING)<?-*:/;

/** sipXecs and sipXtapi: a record on one line with escapes, which are undone first. */
export const sipX: TraceFormat = {
  id: 'sipx',
  title: 'sipXecs and sipXtapi: logs of SIP messages',
  rank: 2,
  marks: ['Remote Host:'],
  announce(lines) {
    const remote = placeOf(REMOTE.exec(lines.text(0)));
    if (!remote) return null;
    const local = placeOf(LOCAL.exec(lines.text(-1)));
    const head = lines.text(local ? -2 : -1);
    const way = WAY.exec(head)?.[1];
    const isReceived = way === undefined ? !local : way === 'INCOMING';
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? remote : local,
      destination: isReceived ? local : remote,
      transport: /\b(UDP|TCP|TLS) SIP/.exec(head)?.[1],
      time: timeOf(head),
      skip: /failed to send/.test(head)
        ? 'messages that could not be sent'
        : /keepalive/.test(head)
          ? 'keep-alives'
          : undefined,
    };
  },
  ends: (bytes, at, end) =>
    beginsWith(bytes, at, end, '====================END') || beginsWith(bytes, at, end, '--------------------END'),
  closed: true,
};

function placeOf(found: RegExpExecArray | null): string | undefined {
  if (!found) return undefined;
  const host = found[1]!.includes(':') ? `[${found[1]}]` : found[1]!;
  return Number(found[2]) > 0 ? `${host}:${found[2]}` : host;
}
