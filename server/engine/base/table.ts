/**
 * A map from pairs of 32-bit numbers to numbers above zero, in one typed array. A slot is three numbers, the two of the key and the
 * value, side by side so that a look costs one place in memory.
 */
export class PairTable {
  private slots = new Int32Array(3 * 256);
  private mask = 255;
  private used = 0;

  /** The value of a pair, or 0. */
  get(a: number, b: number): number {
    return this.slots[this.place(a | 0, b | 0) + 2]!;
  }

  /** Stores a value above zero. */
  set(a: number, b: number, value: number): void {
    const { slots } = this;
    const at = this.place(a | 0, b | 0);
    if (slots[at + 2] === 0) {
      slots[at] = a;
      slots[at + 1] = b;
      this.used++;
    }
    slots[at + 2] = value;
    if (this.used * 4 > this.mask * 3) this.grow();
  }

  /** Where the pair stands, or where it would. */
  private place(a: number, b: number): number {
    const { slots, mask } = this;
    let hash = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
    hash = (hash ^ (hash >>> 15)) & mask;
    let at = hash * 3;
    while (slots[at + 2] !== 0 && (slots[at] !== a || slots[at + 1] !== b)) {
      hash = (hash + 1) & mask;
      at = hash * 3;
    }
    return at;
  }

  private grow(): void {
    const { slots } = this;
    this.mask = this.mask * 2 + 1;
    this.slots = new Int32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 3) {
      if (slots[at + 2] === 0) continue;
      const into = this.place(slots[at]!, slots[at + 1]!);
      this.slots[into] = slots[at]!;
      this.slots[into + 1] = slots[at + 1]!;
      this.slots[into + 2] = slots[at + 2]!;
    }
  }
}
