import { latin1 } from '../../sip/frame.ts';
import { peelBase64 } from './base64.ts';
import { namedEnds, wayOf } from './followed.ts';
import type { Envelope, Lines, TraceFormat } from './format.ts';
import { fromDigits, isHexLine, peelDigits, peelHex } from './hex.ts';
import { isStartText } from './startText.ts';
import { timeOf } from './times.ts';

const DUMP = /^(\t?)[0-9A-F]{8} {2}(?=[0-9a-f]{2} [0-9a-f]{2} )/;
const DIGITS = /^(\t?)(?=[0-9a-f]{40})/;
const DATA = /^ *data: !!binary \|\s*$/;
const PEER = /^ *peer: (\d+)\s*$/m;
const TIME = /^ *timestamp: (\d+\.\d+)/m;
const LONGEST = 400;
/** What messages begin with: a part that begins otherwise goes on with one. */
const WORDS = 'SIP/ INVI ACK_ BYE_ CANC REGI OPTI SUBS NOTI MESS INFO REFE UPDA PRAC PUBL SERV BENO'.replaceAll(
  '_',
  ' ',
);
const BEGINNINGS = [...WORDS.matchAll(/(.{4})(?: |$)/g)].map(([, word]) =>
  Array.from(word!, (char) => char.charCodeAt(0).toString(16)),
);

/** Streams that Wireshark and tshark follow as bytes: hex, raw and YAML. */
export const wiresharkFollowBytes: TraceFormat = {
  id: 'wireshark-follow-bytes',
  title: 'tshark -z follow,…,hex, raw and yaml; Wireshark: Follow Stream as YAML',
  rank: 1,
  marks: ['- peer: 0', '!!binary', ...BEGINNINGS.flatMap((digits) => [`  ${digits.join(' ')}`, digits.join('')])],
  announce(lines) {
    const line = lines.text(0);
    if (/^ *- peer: 0\s*$/.test(line)) return namedEnds(lines.passage(0, LONGEST));
    if (DATA.test(line)) return ofYaml(lines);
    const found = DUMP.exec(line) ?? DIGITS.exec(line);
    if (!found || line.endsWith('|')) return null;
    const column = found[0].length;
    if (!isStartText(fromDigits(line.slice(column).replace(/ {1,2}(?=[0-9a-f]{2}(?: |$))/g, ''), 12))) return null;
    const { source, destination } = wayOf(found[1]!);
    return { time: null, source, destination, line: 0, column };
  },
  peel(block, from, to, into) {
    if (isHexLine(block, from, to) && block.bytes[from + 2] === 32) return peelHex(block, from, to, into);
    const isDigits = /^[0-9a-f]{20}/.test(latin1(block.bytes, from, Math.min(to, from + 20)));
    return (isDigits ? peelDigits : peelBase64)(block, from, to, into);
  },
};

function ofYaml(lines: Lines): Envelope | null {
  const above = [-3, -2, -1].map((line) => lines.text(line)).join('\n');
  const peer = PEER.exec(above)?.[1];
  const time = TIME.exec(above)?.[1];
  if (peer === undefined) return null;
  const column = lines.text(1).search(/\S/);
  return {
    time: time ? timeOf(time) : null,
    source: `peer ${peer}`,
    destination: `peer ${peer === '0' ? 1 : 0}`,
    line: 1,
    column,
  };
}
