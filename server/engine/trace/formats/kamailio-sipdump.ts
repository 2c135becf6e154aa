import type { TraceFormat } from './format.ts';
import { isRule } from './lines.ts';
import { timeOf } from './times.ts';

/** What stands between the tag and the rule before the message. */
const FIELDS = /^(?:\w+: ?.*\r?\n){1,20}?~{20}/;
const LONGEST = 500;

/** The files of Kamailio's sipdump module. */
export const kamailioSipdump: TraceFormat = {
  id: 'kamailio-sipdump',
  title: 'Kamailio: files of the sipdump module',
  rank: 1,
  marks: ['tag: rcv', 'tag: snd'],
  announce(lines) {
    const tag = lines.text(0);
    if (tag !== 'tag: rcv' && tag !== 'tag: snd') return null;
    const fields = FIELDS.exec(lines.passage(1, LONGEST))?.[0];
    if (fields === undefined) return null;
    return {
      direction: tag === 'tag: rcv' ? 'received' : 'sent',
      source: placeOf(/^srcip: ?(\S*)/m.exec(fields), /^srcport: ?(\d+)/m.exec(fields)),
      destination: placeOf(/^dstip: ?(\S*)/m.exec(fields), /^dstport: ?(\d+)/m.exec(fields)),
      transport: /^proto: ?(\w+)/m.exec(fields)?.[1],
      thread: /^pid: ?(\d+)/m.exec(fields)?.[1],
      time: timeOf(/^time: ?(\S+)/m.exec(fields)?.[1] ?? ''),
      line: fields.split('\n').length + 1,
    };
  },
  ends: (bytes, at, end) => isRule(bytes, at, end, 124, 20),
  closed: true,
};

function placeOf(host: RegExpExecArray | null, port: RegExpExecArray | null): string | undefined {
  const name = host?.[1] ?? '';
  const shown = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  return port ? `${shown}:${port[1]}` : shown;
}
