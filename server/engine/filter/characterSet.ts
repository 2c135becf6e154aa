const CLASSES = {
  d: [[48, 57]],
  s: [
    [9, 13],
    [32, 32],
    [0xa0, 0xa0],
    [0x2028, 0x2029],
    [0xfeff, 0xfeff],
  ],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
} as const;
const LAST = 0xffff;

/** UTF-16 units that a place of a regular expression takes; the case of letters does not matter. */
export class CharacterSet {
  /** The first character that was added as text. */
  first = '';
  private ranges: [number, number][] = [];
  private readonly ascii = new Uint8Array(128);

  has(code: number): boolean {
    return code < 128 ? this.ascii[code] === 1 : this.ranges.some(([from, to]) => code >= from && code <= to);
  }

  addText(text: string): this {
    this.first ||= text[0]!;
    for (let at = 0; at < text.length; at++) this.addRange(text.charCodeAt(at), text.charCodeAt(at));
    return this;
  }

  /** `d`, `s` or `w`; a capital for all others. */
  addClass(name: 'd' | 's' | 'w' | 'D' | 'S' | 'W'): this {
    const ranges = CLASSES[name.toLowerCase() as 'd'];
    const wanted = name === name.toLowerCase() ? ranges : complement(ranges);
    for (const [from, to] of wanted) this.add(from, to);
    return this;
  }

  /** A range of characters, in both cases. */
  addRange(from: number, to: number): void {
    this.add(from, to);
    if (to - from > 1000) return;
    for (let code = from; code <= to; code++) {
      const char = String.fromCharCode(code);
      for (const other of [char.toLowerCase(), char.toUpperCase()])
        if (other.length === 1 && other !== char) this.add(other.charCodeAt(0), other.charCodeAt(0));
    }
  }

  /** All other characters. */
  inverted(): CharacterSet {
    const set = new CharacterSet();
    for (const [from, to] of complement(this.ranges)) set.add(from, to);
    return set;
  }

  private add(from: number, to: number): void {
    this.ranges.push([from, to]);
    for (let code = from; code <= Math.min(to, 127); code++) this.ascii[code] = 1;
  }
}

function complement(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (from > next) rest.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) rest.push([next, LAST]);
  return rest;
}
