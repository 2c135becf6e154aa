import type { Lines, TraceFormat } from './format.ts';
import { isRule } from './lines.ts';
import { timeOf } from './times.ts';

/** Day before month; the arrow points to the server where it received the message. */
const TIME = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d(?:[.,:]\d+)?) (-->|<--)/;
const WAY = /^(ingress|egress): ?\{ ?L(\S+?)\/R(\S+?)\/(\w+)(?:\/(\w+))? ?\}?/;
const RULE = /^-{20,}\s*$/;
/** So many lines tell of a message between the two rules. */
const MOST_LINES = 8;

/** Avaya Aura Session Manager: asset.log, traceSM. */
export const avayaSm: TraceFormat = {
  id: 'avaya-sm',
  title: 'Avaya Aura Session Manager: asset.log, traceSM',
  rank: 2,
  marks: ['SIPMSGT'],
  announce(lines) {
    const first = RULE.test(lines.text(1)) ? 2 : 1;
    const time = TIME.exec(lines.text(first));
    if (!time) return null;
    const isReceived = time[5] === '-->';
    const told = fieldsOf(lines, first + 1, isReceived ? 'ingress' : 'egress');
    const [, , local, remote, transport, thread] = told.way ?? [];
    return {
      direction: isReceived ? 'received' : 'sent',
      source: isReceived ? remote : local,
      destination: isReceived ? local : remote,
      transport,
      thread,
      octets: told.octets,
      time: timeOf(`${time[3]}-${time[2]}-${time[1]} ${time[4]!.replace(/:(?=\d+$)(?<=:\d\d:\d\d:)/, '.')}`),
      line: told.end,
    };
  },
  ends: (bytes, at, end) => isRule(bytes, at, end, 45, 20),
  closed: true,
};

/** What stands between the time and the message: its length, and which way it went. */
function fieldsOf(lines: Lines, from: number, side: string) {
  let way: RegExpExecArray | null = null;
  let octets: number | undefined;
  let line = from;
  for (; line < from + MOST_LINES; line++) {
    const text = lines.text(line);
    if (RULE.test(text)) return { way, octets, end: line + 1 };
    const found = WAY.exec(text);
    if (found && (found[1] === side || !way)) way = found;
    const length = /^octets: (\d+)/.exec(text)?.[1];
    if (length) octets = Number(length);
  }
  return { way, octets, end: from };
}
