import { allMethods } from '../sip/registry.ts';

/** Numbers for methods: the known ones first, others as they are met. 0 is none. */
export class MethodList {
  readonly names: string[] = ['', ...allMethods.map((row) => row.name)];
  private readonly numbers = new Map(this.names.map((name, at) => [name, at]));

  number(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    // A hostile file may name a new method in every message: the list is bounded, the rest share the last number.
    if (this.names.length >= 4000) return this.names.length - 1;
    const made = this.names.push(name) - 1;
    this.numbers.set(name, made);
    return made;
  }
}
