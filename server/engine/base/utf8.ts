import { octets } from './text.ts';

/** Text as UTF-8, a lone surrogate as U+FFFD. The engine has no TextEncoder: it is written for no platform. */
export function utf8Of(text: string): Uint8Array {
  const bytes = new Uint8Array(octets(text, 0, text.length));
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes[at++] = code;
    else at = encode(code >= 0xd800 && code < 0xe000 ? 0xfffd : code, bytes, at);
  }
  return bytes;
}

function encode(code: number, into: Uint8Array, at: number): number {
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  into[at] = [0, 0xc0, 0xe0, 0xf0][more]! | (code >> (6 * more));
  for (let index = 1; index <= more; index++) into[at + index] = 0x80 | ((code >> (6 * (more - index))) & 0x3f);
  return at + more + 1;
}
