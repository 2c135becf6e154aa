import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const SENT = /\bchannel \[([^\]]*)\]: message (?:partly )?sent to \[(\w+):\/\/([^\]]+?)\](?:, size: \[(\d+)\])?/;
const RECEIVED = /\bchannel \[([^\]]*)\]: received \[(\d+)\] new bytes from \[(\w+):\/\/([^\]]+?)\]/;
/** `10:06:37:635`: a colon before the milliseconds. */
const COLON = /(\d\d:\d\d:\d\d):(\d{3})\b/;

/** belle-sip, the SIP stack of linphone and of apps built on it. */
export const linphoneBelleSip: TraceFormat = {
  id: 'linphone-bellesip',
  title: 'linphone and other programs built on belle-sip',
  rank: 1,
  marks: [' [UDP:', ' [TCP:', ' [TLS:'],
  announce(lines) {
    const line = lines.text(0);
    const sent = SENT.exec(line);
    const received = sent ? null : RECEIVED.exec(line);
    const found = sent ?? received;
    if (!found) return null;
    return {
      direction: sent ? 'sent' : 'received',
      source: received?.[4],
      destination: sent?.[3],
      transport: sent ? sent[2] : received?.[3],
      octets: Number((sent ? sent[4] : received?.[2]) ?? 0) || undefined,
      thread: found[1],
      time: timeOf(line.slice(0, found.index).replace(COLON, '$1.$2')),
    };
  },
  ends: isLogLine,
};

/** `2022-05-17 09:55:28:671 belle-sip-message-…`, `[BELLE-SIP] …` */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  return looksLike(bytes, at, end, '0000-00-00 00:00:00') || looksLike(bytes, at, end, '00-00 00:00:00.');
}
