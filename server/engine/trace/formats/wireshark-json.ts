import type { Block } from '../../sip/frame.ts';
import { quotedPeel } from './escapes.ts';
import type { Envelope, Lines, Peel, TraceFormat } from './format.ts';
import { fromDigits, peelDigits } from './hex.ts';
import { beginsWith } from './lines.ts';
import { isStartText } from './startText.ts';
import { behindLine, packetFields } from './wireshark.ts';

/** The bytes that a transport carries. */
const PAYLOAD = /"(?:(?:udp|tcp)_)?(?:udp|tcp|sctp)[._](?:payload|reassembled[._]data)" ?: ?"/;
/** Where these are not to be had (streams that were decrypted, old versions): the start line, and the rest of the message behind it. */
const START_LINE = /"(?:sip_)?sip[._](?:Request|Status)-Line" ?: ?"/;
const REST = /^"(?:sip_)?sip[._]msg_hdr" ?: ?"/;
/** TCP carries a part of a message if the packet has no SIP then. */
const SIP_FOLLOWS = /^[^"]*"[^"]*"sip(?:_raw)?" ?:/;
/** A packet on one line is looked at no farther. */
const LONGEST_LINE = 64 * 1024;
/** The layers above SIP, where they do not hold its bytes. */
const LONGEST_LAYERS = 16_000;
const BYTES = 60;
/** The protocol behind the bytes is named within so many characters. */
const AHEAD = 200;

/** Wireshark's and tshark's packets as JSON, pretty or a packet a line: `-T json`, `-T jsonraw`, `-T ek`. */
export const wiresharkJson: TraceFormat = {
  id: 'wireshark-json',
  title: 'Wireshark and tshark: -T json, -T jsonraw, -T ek, Export Packet Dissections as JSON',
  rank: 1,
  marks: ['payload"', 'reassembled.data"', 'reassembled_data"', 'Request-Line"', 'Status-Line"'],
  announce(lines) {
    const line = lines.text(0, LONGEST_LINE);
    const payload = PAYLOAD.exec(line);
    if (payload) {
      const column = payload.index + payload[0].length;
      const isSip = isStartText(fromDigits(line.slice(column), BYTES)) && hasSip(lines, line.slice(column));
      if (isSip) return envelope(lines, line, column);
    }
    const start = START_LINE.exec(line);
    return start && isStartText(line.slice(start.index + start[0].length)) ? dissected(lines, line, start) : null;
  },
  ends: isPacket,
  peel: (block, from, to, into) => peelPacket(block, from, to, into),
};

/** Whether SIP stands behind the bytes, or the text ends before that shows. */
function hasSip(lines: Lines, behind: string): boolean {
  const quote = behind.indexOf('"');
  const own = quote < 0 ? '' : behind.slice(quote, quote + AHEAD);
  if (own.length > 10) return SIP_FOLLOWS.test(own) || (own.length < AHEAD && !own.endsWith('}'));
  const next = lines.passage(1, AHEAD);
  return SIP_FOLLOWS.test(`"${next}`) || next.length < AHEAD;
}

/** A packet of which only the dissection tells the message; its beginning must be at hand, so that its bytes do not stand before it. */
function dissected(lines: Lines, line: string, start: RegExpExecArray): Envelope | null {
  const isWhole = /"layers" ?:/.test(line.slice(0, start.index)) || /"layers" ?:/.test(lines.above(LONGEST_LAYERS));
  return isWhole ? envelope(lines, line, start.index + start[0].length) : null;
}

function envelope(lines: Lines, line: string, column: number): Envelope {
  const own = line.slice(0, column);
  const begins = own.includes('"layers"') ? '"layers"' : '"_source"';
  const form = (name: string) => {
    const [layer, ...rest] = name.split('.');
    const names = rest.length > 0 ? `(?:${layer}_)?${layer}[._]${rest.join('[._]')}` : name;
    return `"${names}" ?: ?"([^"]*)"`;
  };
  const { time, source, destination, transport } = packetFields(lines, own, begins, form);
  return { time, source, destination, transport, line: 0, column };
}

/** Down to the end of the packet: of its line, or of its object. */
const peelPacket: Peel = (block, from, to, into) => {
  const { bytes } = block;
  const isHex = fromDigits(textAt(block, from, from + 3 * BYTES), BYTES).length >= 8;
  const end = isHex ? peelDigits(block, from, to, into) : peelDissected(block, from, to, into);
  // A packet on one line ends with it: the object that holds all is closed there.
  into.pass(behindLine(block, end, to, (at, stop) => isPacketEnd(bytes, at, stop)));
  return to;
};

/** The start line, and the headers and the body that stand behind it. */
const peelDissected: Peel = (block, from, to, into) => {
  const end = quotedPeel(block, from, to, into);
  into.put('\r\n', end, end);
  for (let at = end; at < to; at++) {
    if (block.bytes[at] === 10 && isPacketEnd(block.bytes, at + 1, to)) break;
    const rest = block.bytes[at] === 34 ? REST.exec(textAt(block, at, at + 40)) : null;
    if (rest) return quotedPeel(block, at + rest[0].length, to, into);
  }
  return end;
};

function textAt({ bytes }: Block, from: number, to: number): string {
  return Array.from(bytes.subarray(from, to), (byte) => String.fromCharCode(byte)).join('');
}

/** `  },` closes a packet in a list; a line that ends with four brackets is a packet of its own. */
function isPacketEnd(bytes: Uint8Array, at: number, end: number): boolean {
  if (['  }', ' }', '}', '\t}'].some((text) => beginsWith(bytes, at, end, text))) return true;
  const last = bytes[end - 1] === 13 ? end - 1 : end;
  return last - at > 3 && bytes[last - 1] === 125 && bytes[last - 2] === 125;
}

/** `"_index": …`, `{"index":{"_index": …` */
function isPacket(bytes: Uint8Array, at: number, end: number): boolean {
  let from = at;
  while (from < end && (bytes[from] === 32 || bytes[from] === 9)) from++;
  return beginsWith(bytes, from, end, '"_index"') || beginsWith(bytes, from, end, '{"index"');
}
