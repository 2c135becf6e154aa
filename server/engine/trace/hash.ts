import type { Block } from '../sip/frame.ts';
import { HIGH_BITS, ONES } from '../sip/words.ts';
import { OTHER_PRIME, PRIME } from './primes.ts';

/** Two 32-bit hashes; each call of `hashOf` writes them anew, so that no object is made a header. */
export const hashed = new Int32Array(2);

/** Hashes bytes into `hashed`. Two hashes make a mistake among a million values about as likely as 1 in 10⁷. */
export function hashOf(memory: Block, from: number, to: number): void {
  hashUntil(memory, from, to, -1);
}

/**
 * Hashes bytes into `hashed` up to a byte of that value, or up to `limit`; gives where it stopped. It looks at eight bytes at a
 * time, put together from whole words wherever the bytes begin; words in the room behind the block's end are read, not used.
 */
export function hashUntil({ words }: Block, from: number, limit: number, stop: number): number {
  const pattern = Math.imul(stop, ONES);
  const wanted = stop < 0 ? 0 : HIGH_BITS;
  const right = (from & 3) << 3;
  const left = 31 - right; // and one more: a shift by 32 would be one by 0
  let first = 0x2545f491;
  let second = 0x811c9dc5 | 0;
  let word = from >> 2;
  let at = from;
  let a = 0;
  let b = 0;
  let zeros = 0;
  for (;;) {
    const middle = words[word + 1]!;
    a = (words[word]! >>> right) | ((middle << left) << 1);
    b = (middle >>> right) | ((words[word + 2]! << left) << 1);
    const one = a ^ pattern;
    const other = b ^ pattern;
    zeros = (one - ONES) & ~one & wanted;
    if (zeros !== 0) break;
    zeros = (other - ONES) & ~other & wanted;
    if (zeros !== 0 || at + 8 > limit) break;
    // Both halves go into both hashes, and nothing is lost: other bytes give other hashes until later ones make up for it.
    const product = Math.imul(second ^ b, OTHER_PRIME);
    first = Math.imul(first ^ a, PRIME) ^ (product >>> 15);
    second = (product + first) | 0;
    word += 2;
    at += 8;
  }
  const to = stopAt(a, pattern, at, zeros, limit);
  const rest = (to - at) << 3;
  const product = Math.imul(second ^ (rest > 32 ? low(b, rest - 32) : 0), OTHER_PRIME);
  first = Math.imul(first ^ low(a, rest), PRIME) ^ (product >>> 15);
  second = (product + first) | 0;
  first = Math.imul(first ^ (to - from), OTHER_PRIME);
  hashed[0] = first ^ (second >>> 13);
  hashed[1] = Math.imul(second ^ (first >>> 15), PRIME);
  return to;
}

/** Where the byte looked for stands, if `zeros` mark one in the first half `a` or else in the second, or `limit`. */
function stopAt(a: number, pattern: number, at: number, zeros: number, limit: number): number {
  if (zeros === 0) return limit;
  const one = a ^ pattern;
  const half = ((one - ONES) & ~one & HIGH_BITS) === 0 ? 4 : 0;
  return Math.min(limit, at + half + ((31 - Math.clz32(zeros & -zeros)) >> 3));
}

/** The lowest bits of a number. */
function low(value: number, bits: number): number {
  return bits >= 32 ? value : value & ((1 << bits) - 1);
}

/** Adds one more number to `hashed`. */
export function mixed(value: number): void {
  const second = hashed[1]!;
  hashed[0] = Math.imul(hashed[0]! ^ value, PRIME);
  hashed[1] = Math.imul(second + value, OTHER_PRIME) ^ (second >>> 13);
}
