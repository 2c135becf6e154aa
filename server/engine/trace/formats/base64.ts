import type { Peel } from './format.ts';
import { ByteSink } from './hex.ts';

/** Puts what lines of Base64 (RFC 4648 §4) write, from the beginning of a group of four characters on, down to what is none. */
export const peelBase64: Peel = ({ bytes }, from, to, into) => {
  const sink = new ByteSink(into);
  let places: number[] = [];
  let value = 0;
  let at = from;
  for (; at < to && (bytes[at]! <= 32 || digitOf(bytes[at]!) >= 0); at++) {
    if (bytes[at]! <= 32) continue;
    value = (value << 6) | digitOf(bytes[at]!);
    places.push(at);
    if (places.length < 4) continue;
    put(sink, value, places, 3);
    places = [];
    value = 0;
  }
  if (places.length > 1) put(sink, value << (6 * (4 - places.length)), places, places.length - 1);
  sink.end();
  while (bytes[at] === PADDING && at < to) at++;
  return at;
};

const PADDING = 61;

/** Each byte stands for the character that it begins in; the last of a group for the rest of it. */
function put(sink: ByteSink, group: number, places: readonly number[], count: number): void {
  for (let byte = 0; byte < count; byte++) {
    const end = byte === count - 1 ? places.at(-1)! + 1 : places[byte + 1]!;
    sink.add((group >> (16 - 8 * byte)) & 255, places[byte]!, end);
  }
}

function digitOf(byte: number): number {
  if (byte >= 65 && byte <= 90) return byte - 65;
  if (byte >= 97 && byte <= 122) return byte - 71;
  if (byte >= 48 && byte <= 57) return byte + 4;
  return byte === 43 ? 62 : byte === 47 ? 63 : -1;
}
