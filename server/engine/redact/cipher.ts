/** Gives each word another of the same form: as many letters and digits, in the same places and cases. */
export type Cipher = (word: string) => string;

/** Ranges of characters within which one may stand for another; all of a range take as many octets in UTF-8. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x61, 0x7a],
  [0x31, 0x39],
  [0xe0, 0xf6],
  [0x3b1, 0x3c9],
  [0x430, 0x44f],
  [0x5d0, 0x5ea],
  [0x627, 0x63a],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x4e00, 0x9fa5],
  [0xac00, 0xd7a3],
];
const DIGITS = [0x30, 0x39] as const;
const HEX_LETTERS = [0x61, 0x66] as const;
/** A longer word is taken in pieces. */
const LONGEST = 256;
const HEX = /^[\da-f]+$/i;

/**
 * The cipher of a key. Under one key a word always becomes the same, and no two words of one form become the same, so that what was equal stays equal and
 * what differed still does. Words of hexadecimal digits stay such, numbers stay numbers and keep the zeros they begin with. Each character is moved within its range by a keyed hash of
 * all others (HalfSipHash, there and back): without the key a word cannot be found out from what became of it.
 */
export function cipherOf(key: string): Cipher {
  const forward = keyWords(key, 1);
  const backward = keyWords(key, 2);
  const known = new Map<string, string>();
  const cipher: Cipher = (word) => {
    const lower = word.toLowerCase();
    let made = known.get(lower);
    if (made === undefined) {
      made = lower;
      const isHex = HEX.test(lower);
      // What was not hexadecimal must not become so: it might be what another word becomes.
      do made = moved(moved(made, forward, isHex), backward, isHex, true);
      while (!isHex && HEX.test(made));
      known.set(lower, made);
    }
    return made.length === word.length ? inCaseOf(word, made) : made;
  };
  return (word) => (word.length <= LONGEST ? cipher(word) : inPieces(word, cipher));
}

function inPieces(word: string, cipher: Cipher): string {
  const pieces: string[] = [];
  for (let at = 0; at < word.length; at += LONGEST) pieces.push(cipher(word.slice(at, at + LONGEST)));
  return pieces.join('');
}

/** Moves each character by a hash of those before it; or of those behind it. */
function moved(word: string, key: readonly [number, number], isHex: boolean, fromEnd = false): string {
  const state = new HashState(key);
  state.take(word.length);
  const codes = Array.from({ length: word.length }, (_, at) => word.charCodeAt(at));
  const leading = /^0*/.exec(word)![0].length;
  for (let step = 0; step < codes.length; step++) {
    const at = fromEnd ? codes.length - 1 - step : step;
    const code = codes[at]!;
    const range = at < leading ? undefined : rangeOf(code, isHex, at === leading);
    if (range) {
      const size = range[1] - range[0] + 1;
      codes[at] = range[0] + ((code - range[0] + (state.value() % size)) % size);
    }
    state.take(fromEnd ? codes[at]! : code);
  }
  return String.fromCharCode(...codes);
}

function rangeOf(code: number, isHex: boolean, isFirst: boolean): readonly [number, number] | undefined {
  if (code >= 0x30 && code <= 0x39) return isFirst ? RANGES[1] : DIGITS;
  if (isHex) return HEX_LETTERS;
  return RANGES.find(([from, to]) => code >= from && code <= to);
}

function inCaseOf(word: string, made: string): string {
  let text = '';
  for (let at = 0; at < word.length; at++)
    text += word[at] === word[at]!.toLowerCase() ? made[at]! : made[at]!.toUpperCase();
  return text.length === word.length ? text : made;
}

/** Two words of a key, made from a text of any length. */
function keyWords(key: string, use: number): [number, number] {
  const words = [1, 2].map((part) => {
    const state = new HashState([0x5bd1e995 * part, use]);
    for (let at = 0; at < key.length; at++) state.take(key.charCodeAt(at));
    return state.value();
  });
  return [words[0]!, words[1]!];
}

/** HalfSipHash-2-4 that takes a word at a time and tells the hash of what it has taken so far. */
export class HashState {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor([low, high]: readonly [number, number]) {
    this.a = low | 0;
    this.b = high | 0;
    this.c = 0x6c796765 ^ low;
    this.d = 0x74656462 ^ high;
  }

  take(word: number): void {
    this.d ^= word;
    this.round();
    this.round();
    this.a ^= word;
  }

  /** 32 bits, without a sign. */
  value(): number {
    const { a, b, c, d } = this;
    this.c ^= 0xff;
    for (let times = 0; times < 4; times++) this.round();
    const value = (this.b ^ this.d) >>> 0;
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    return value;
  }

  private round(): void {
    this.a = (this.a + this.b) | 0;
    this.b = rotated(this.b, 5) ^ this.a;
    this.a = rotated(this.a, 16);
    this.c = (this.c + this.d) | 0;
    this.d = rotated(this.d, 8) ^ this.c;
    this.a = (this.a + this.d) | 0;
    this.d = rotated(this.d, 7) ^ this.a;
    this.c = (this.c + this.b) | 0;
    this.b = rotated(this.b, 13) ^ this.c;
    this.c = rotated(this.c, 16);
  }
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
