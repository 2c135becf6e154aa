import { isSpelled } from './headValues.ts';

/** Bytes of a word that the search for it looks at first. */
const WINDOW = 4;
const NOTHING: readonly number[] = [];

/**
 * Looks for many words at once, in any letter case. It reads two bytes at a time and jumps over what no word can begin with, so that
 * a line without any costs a look for each three of its bytes.
 */
export class Finder {
  /** The words that begin at the place found last, by number. */
  found: readonly number[] = NOTHING;
  private readonly words: readonly string[];
  /** Each word alone. */
  private readonly single: readonly (readonly number[])[];
  /** How far to go on from a pair of bytes; 0 where a word may stand. */
  private readonly shifts = new Uint8Array(1 << 14).fill(WINDOW - 1);
  private readonly byPair = new Map<number, number[]>();

  /** @param words of four ASCII characters or more */
  constructor(words: readonly string[]) {
    this.words = words.map((word) => word.toLowerCase());
    this.single = this.words.map((_, number) => [number]);
    for (const [number, word] of this.words.entries()) {
      for (let last = 1; last < WINDOW; last++) {
        const pair = pairOf(word.charCodeAt(last - 1), word.charCodeAt(last));
        this.shifts[pair] = Math.min(this.shifts[pair]!, WINDOW - 1 - last);
        if (last === WINDOW - 1) this.byPair.set(pair, [...(this.byPair.get(pair) ?? []), number]);
      }
    }
  }

  /** Where the first word between two offsets begins, or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const { shifts } = this;
    for (let last = from + WINDOW - 1; last < to; ) {
      const shift = shifts[pairOf(bytes[last - 1]!, bytes[last]!)]!;
      if (shift === 0 && this.isWord(bytes, last - WINDOW + 1, to)) return last - WINDOW + 1;
      last += shift || 1;
    }
    return -1;
  }

  private isWord(bytes: Uint8Array, at: number, to: number): boolean {
    const numbers = this.byPair.get(pairOf(bytes[at + WINDOW - 2]!, bytes[at + WINDOW - 1]!));
    let found = NOTHING;
    for (const number of numbers ?? NOTHING) {
      const word = this.words[number]!;
      if (at + word.length <= to && isSpelled(bytes, at, word))
        found = found === NOTHING ? this.single[number]! : [...found, number];
    }
    this.found = found;
    return found !== NOTHING;
  }
}

/** Two bytes as a number of 14 bits; letter case, and some other differences, are lost. */
function pairOf(one: number, other: number): number {
  return ((one | 32) & 127) | (((other | 32) & 127) << 7);
}
