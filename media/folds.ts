import { isIn } from './ascending.ts';

/** Retransmissions: each message that repeats another, and which; one-based, ascending. */
export type Repeats = readonly (readonly [message: number, of: number])[];

/** Which retransmissions are folded into the message that they repeat. */
export class Folds {
  /** Whether they are folded at all. */
  folded = true;
  private originals = new Map<number, number>();
  private readonly opened = new Set<number>();

  /** Takes the retransmissions of a trace; what was opened stays so. */
  take(repeats: Repeats): void {
    this.originals = new Map(repeats);
  }

  /** Opens the fold that hides a message; tells whether one did. */
  reveal(message: number): boolean {
    const original = this.hides(message) ? this.originals.get(message) : undefined;
    if (original !== undefined) this.opened.add(original);
    return original !== undefined;
  }

  /** Opens or closes the fold of a message. */
  toggle(message: number): void {
    const original = this.originals.get(message) ?? message;
    if (!this.opened.delete(original)) this.opened.add(original);
  }

  /** Folds all of them, or none. */
  toggleAll(): void {
    this.opened.clear();
    this.folded = !this.folded;
  }

  /**
   * The messages that have a row.
   * @param rows how many messages there are
   * @param shown those that a filter leaves, or null for all; a retransmission whose original it hides is not folded
   * @returns null for all
   */
  visible(rows: number, shown: readonly number[] | null): readonly number[] | null {
    if (!this.folded || this.originals.size === 0) return shown;
    const isFolded = (message: number) => this.hides(message) && (!shown || isIn(shown, this.originals.get(message)!));
    if (shown) return shown.filter((message) => !isFolded(message));
    const all: number[] = [];
    for (let message = 1; message <= rows; message++) if (!isFolded(message)) all.push(message);
    return all;
  }

  private hides(message: number): boolean {
    const original = this.originals.get(message);
    return this.folded && original !== undefined && !this.opened.has(original);
  }
}
