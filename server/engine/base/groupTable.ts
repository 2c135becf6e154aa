import { PairTable } from './table.ts';

/** So many of a group's newest entries are looked through one by one. */
const NEAR = 8;

/**
 * Finds entries by a group and a key. Made for very many small groups whose entries come close together: a group is a chain from
 * its newest entry back, which lies near in memory where a hash table would not. What is far back in a long chain is in a table.
 */
export class GroupTable {
  private readonly newest: Uint32Array;
  private readonly older: Uint32Array;
  private readonly keys: Int32Array;
  private readonly far = new PairTable();

  /** Groups are numbers below `groups`, entries numbers from 1 on, below `entries`. */
  constructor(groups: number, entries: number) {
    this.newest = new Uint32Array(groups);
    this.older = new Uint32Array(entries);
    this.keys = new Int32Array(entries);
  }

  /** The entry of the group that has the key, or 0. */
  find(group: number, key: number): number {
    const { older, keys } = this;
    const wanted = key | 0;
    let entry = this.newest[group]!;
    for (let step = 0; entry !== 0; step++) {
      if (step === NEAR) return this.far.get(group, wanted);
      if (keys[entry] === wanted) return entry;
      entry = older[entry]!;
    }
    return 0;
  }

  /** Adds an entry; the group has none with that key yet. */
  add(group: number, key: number, entry: number): void {
    this.keys[entry] = key;
    this.older[entry] = this.newest[group]!;
    this.newest[group] = entry;
    let last = entry;
    for (let step = 0; step < NEAR && last !== 0; step++) last = this.older[last]!;
    if (last !== 0) this.far.set(group, this.keys[last]!, last);
  }
}
