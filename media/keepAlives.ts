const [NONE, REQUEST] = [0, 1];

/** The keep-alives of a trace: OPTIONS that only ask whether the other side is there, and the answers to them. */
export class KeepAlives {
  /** Whether they are to be left out. */
  isHiding = true;
  /** How many there are among the messages that were laid out last, and in how many messages. */
  count = 0;
  messages = 0;
  /** Whether they were left out: where nothing else would be left they never are. */
  areLeftOut = false;
  /** Called when they are shown because one of them is wanted. */
  onRevealed: () => void = () => {};
  private octets = new Uint8Array(0);

  /** Takes those of a trace, as its summary has them. */
  take(packed: string | null): void {
    this.octets = Uint8Array.from(atob(packed ?? ''), (letter) => letter.charCodeAt(0));
  }

  /**
   * Leaves them out of what is shown.
   * @param rows how many messages there are
   * @param shown the messages (one-based, ascending) that a filter leaves, or null for all
   * @returns null for all
   */
  leave(rows: number, shown: readonly number[] | null): readonly number[] | null {
    this.count = 0;
    this.messages = 0;
    this.areLeftOut = false;
    if (this.octets.length === 0) return shown;
    const others: number[] = [];
    const all = shown?.length ?? rows;
    for (let at = 0; at < all; at++) {
      const message = shown ? shown[at]! : at + 1;
      const mark = this.mark(message);
      if (mark === NONE) others.push(message);
      else this.messages++;
      if (mark === REQUEST) this.count++;
    }
    this.areLeftOut = this.isHiding && this.messages > 0 && others.length > 0;
    return this.areLeftOut ? others : shown;
  }

  /** Whether a message is one that is left out. */
  hides(message: number): boolean {
    return this.areLeftOut && this.mark(message) !== NONE;
  }

  /** Shows them all if one of them is hidden that is wanted; tells whether it was. */
  reveal(message: number): boolean {
    if (!this.hides(message)) return false;
    this.isHiding = false;
    this.onRevealed();
    return true;
  }

  private mark(message: number): number {
    const at = message - 1;
    return ((this.octets[at >> 2] ?? 0) >> (2 * (at & 3))) & 3;
  }
}
