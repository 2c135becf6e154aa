import type { TraceFormat } from './format.ts';
import { isRule, looksLike } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD = /\b(recv|send) (\d+) bytes (?:from|to) (\w+)\/\[([^\]]+)\](?::(\d+))? at (\d\d:\d\d:\d\d(?:\.\d+)?):/;
const RULE = /^\s*-{20,}\s*$/;
const DATED = /\d{4}[-/]\d\d[-/]\d\d/;

/** The transport log of sofia-sip: FreeSWITCH's `sofia global siptrace on`, drachtio, flexisip, TPORT_LOG. */
export const freeswitchSofia: TraceFormat = {
  id: 'freeswitch-sofia',
  title: 'FreeSWITCH: sofia global siptrace on, sofia profile … siptrace on; drachtio, sofia-sip',
  rank: 1,
  marks: [' bytes from ', ' bytes to '],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    const head = line.slice(0, found.index);
    const host = found[4]!.includes(':') ? `[${found[4]}]` : found[4]!;
    const address = found[5] ? `${host}:${found[5]}` : host;
    const isReceived = found[1] === 'recv';
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? address : undefined,
      destination: isReceived ? undefined : address,
      transport: found[3],
      octets: Number(found[2]),
      time: (DATED.test(head) ? timeOf(head) : null) ?? timeOf(found[6]!),
      line: RULE.test(lines.text(1)) ? 2 : 1,
    };
  },
  ends: (bytes, at, end) => isRule(bytes, at, end, 45, 20) || looksLike(bytes, at, end, '0000-00-00 00:00:00'),
  closed: true,
};
