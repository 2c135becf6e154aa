import type { Block } from '../../sip/frame.ts';
import { keepText } from './entities.ts';
import type { Peel, TraceFormat } from './format.ts';
import { fromDigits, peelDigits } from './hex.ts';
import { beginsWith } from './lines.ts';
import { isStartText } from './startText.ts';
import { behindLine, packetFields } from './wireshark.ts';

/** The bytes that a transport carries. */
const PAYLOAD =
  /<field name="(?:udp|tcp|sctp)\.(?:payload|reassembled\.data)"[^>]*? (?:show|value)="(?=[0-9a-f]{2}:?[0-9a-f]{2})/;
const START_LINE = /<field name="sip\.(?:Request|Status)-Line"[^>]*? value="/;
const REST = '<field name="sip.msg_hdr"';
const SHOWN = ' show="';
const LONGEST_LINE = 4000;
const BYTES = 60;
/** The protocol behind the bytes is named within so many characters. */
const AHEAD = 300;

/** Wireshark's and tshark's packets as XML: `-T pdml`. */
export const wiresharkPdml: TraceFormat = {
  id: 'wireshark-pdml',
  title: 'Wireshark and tshark: -T pdml, Export Packet Dissections as PDML',
  rank: 1,
  marks: ['.payload"', 'reassembled.data"', 'Request-Line"', 'Status-Line"'],
  announce(lines) {
    const line = lines.text(0, LONGEST_LINE);
    const found = PAYLOAD.exec(line) ?? START_LINE.exec(line);
    if (!found) return null;
    const column = found.index + found[0].length;
    if (!isStartText(fromDigits(line.slice(column), BYTES))) return null;
    const isStart = found[0].includes('-Line"');
    if (isStart ? !/<packet\b/.test(lines.above(LONGEST_PACKET)) : !hasSip(lines.passage(1, AHEAD))) return null;
    const { time, source, destination, transport } = packetFields(lines, '', '<packet', fieldForm);
    return { time, source, destination, transport, line: 0, column };
  },
  ends: (bytes, at, end) => beginsWith(bytes, at, end, '<packet'),
  peel: (block, from, to, into) => peelPacket(block, from, to, into),
};

const LONGEST_PACKET = 40_000;
/** TCP carries a part of a message if the packet has no SIP then; where the text ends that is open. */
function hasSip(behind: string): boolean {
  return behind.includes('<proto name="sip"') || behind.length < AHEAD;
}

function fieldForm(name: string): string {
  const value = name === 'timestamp' ? 'value' : 'show';
  return `<field name="${name}"[^>]*? ${value}="([^"]*)"`;
}

/** The bytes of a message, or those of its start line and, behind them, the text of its headers and its body. */
const peelPacket: Peel = (block, from, to, into) => {
  const end = peelDigits(block, from, to, into);
  const rest = restOf(block, end, to);
  if (rest >= 0) {
    into.put('\r\n', end, end);
    peelText(block, rest, to, into);
  }
  into.pass(behindLine(block, end, to, (at, stop) => beginsWith(block.bytes, at, stop, '</packet>')));
  return to;
};

/** Where the text begins that follows a start line; -1 where what was read is more than that. */
function restOf({ bytes }: Block, from: number, to: number): number {
  // Where a start line alone was read, the field's children come next, and no other protocol.
  for (let at = from; at < to; at++) {
    if (bytes[at] !== 60 && bytes[at] !== 32) continue;
    if (beginsWith(bytes, at, to, '<proto ') || beginsWith(bytes, at, to, '</packet>')) return -1;
    if (beginsWith(bytes, at, to, REST)) return shownBehind(bytes, at, to);
  }
  return -1;
}

function shownBehind(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to && bytes[at] !== 62; at++)
    if (bytes[at] === 32 && beginsWith(bytes, at, to, SHOWN)) return at + SHOWN.length;
  return -1;
}

/** The text of an attribute, down to its quotation mark. */
const peelText: Peel = (block, from, to, into) => {
  let at = from;
  while (at < to && block.bytes[at] !== 34) at++;
  keepText(block, from, at, into);
  return at;
};
