import type { TraceFormat } from './format.ts';
import { looksLike } from './lines.ts';
import { timeOf } from './times.ts';

/** A longer start line is not looked for behind the script's words. */
const LONGEST_START = 300;
const START = /(?:^|[\s>:])(?:[A-Z]{2,20} [a-z][\w+.-]*:\S* SIP\/2\.0|SIP\/2\.0 \d{3} .*)$/;
const ADDRESS = String.raw`(?:\w+:)?((?:\[[0-9A-Fa-f:.]+\]|[\w.-]+):\d{1,5})`;
const WAY = new RegExp(String.raw`(?:^|[\s,;(=])${ADDRESS}\s*(?:-+>|=>|to)\s*${ADDRESS}`);
const FROM = new RegExp(String.raw`\bfrom:? ${ADDRESS}`, 'i');
const PROCESS = /(?:^|\s)(?:\d+\((\d+)\)|(?:\S*\/)?(?:kamailio|opensips|openser|ser)\[(\d+)\]:)/;

/** Whole messages (`$mb`) that a routing script of Kamailio or OpenSIPS writes, on the console or by syslog. */
export const kamailioXlog: TraceFormat = {
  id: 'kamailio-xlog',
  title: 'Kamailio and OpenSIPS: messages written with xlog, on the console or by syslog',
  rank: 1,
  marks: ['<script>:', 'opensips['],
  announce(lines) {
    const line = lines.text(0);
    const process = PROCESS.exec(line);
    if (!process) return null;
    const tail = Math.max(0, line.length - LONGEST_START);
    const own = START.exec(line.slice(tail));
    if (!own && !START.test(lines.text(1))) return null;
    const way = WAY.exec(line);
    return {
      source: way?.[1] ?? FROM.exec(line)?.[1],
      destination: way?.[2],
      time: timeOf(line),
      thread: process[1] ?? process[2],
      line: own ? 0 : 1,
      column: own ? tail + own.index + (/^[\s>:]/.test(own[0]) ? 1 : 0) : undefined,
    };
  },
  ends: isLogLine,
};

/** ` 1(15498) NOTICE: …`, or a line of a syslog. */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  const isConsole = ['~0(0', '~00(0'].some((form) => looksLike(bytes, at, end, form));
  return isConsole || looksLike(bytes, at, end, 'Aaa ~0') || looksLike(bytes, at, end, '0000-00-00');
}
