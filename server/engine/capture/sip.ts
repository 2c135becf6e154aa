import { type Block, headerColon, isStartLine, lineEnd } from '../sip/frame.ts';

/**
 * Where in a payload a SIP message begins, empty lines before it passed over, or -1: a start line, and a header behind it. Nothing
 * else that travels looks so: neither RTP, DNS and STUN nor HTTP and keep-alives.
 */
export function messageAt(memory: Block, from: number, to: number): number {
  const { bytes } = memory;
  const at = skipEmpty(bytes, from, to);
  const first = bytes[at]! | 32;
  if (at >= to || !((first >= 97 && first <= 122) || isOddStart(bytes[at]!))) return -1;
  const end = lineEnd(memory, at, to);
  if (!isStartLine(bytes, at, end)) return -1;
  return end + 1 >= to || headerColon(bytes, end + 1, to) >= 0 ? at : -1;
}

/** Keep-alives are empty lines, or zeros. */
export function skipEmpty(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === 13 || bytes[at] === 10 || bytes[at] === 0)) at++;
  return at;
}

/** A method may be any token (RFC 3261 §25.1); RFC 4475 §3.1.1.1 has one with `!`. */
function isOddStart(byte: number): boolean {
  return byte >= 33 && byte <= 57 && byte !== 34 && byte !== 40 && byte !== 41 && byte !== 44 && byte !== 47;
}
