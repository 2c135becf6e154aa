import type { FromPage } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';

export interface ComparisonHooks {
  readonly post: (message: FromPage & { type: 'compare' }) => void;
  /** Shows which message is marked; null where none is. */
  readonly mark: (message: number | null) => void;
}

/** The message that is marked for comparison, and the line that says so. */
export class Comparison {
  readonly root: HTMLElement = attributes(element('div', 'comparing'), { role: 'status' });
  private readonly hooks: ComparisonHooks;
  private marked: number | null = null;

  constructor(hooks: ComparisonHooks) {
    this.hooks = hooks;
    this.show(null);
  }

  /** Marks a message, takes the mark away, or compares it with the one that is marked. */
  choose(message: number): void {
    if (this.marked === null) this.show(message);
    else if (this.marked === message) this.show(null);
    else this.compare(this.marked, message, 'message');
  }

  /** Compares the calls of the marked message and of another one; marks that where none is. */
  compareCalls(message: number): void {
    if (this.marked === null) this.show(message);
    else this.compare(this.marked, message, 'call');
  }

  /** Compares two messages, whatever is marked. */
  compare(one: number, other: number, of: 'message' | 'call'): void {
    const [left, right] = one < other ? [one, other] : [other, one];
    this.hooks.post({ type: 'compare', left, right, of });
    this.show(null);
  }

  /** The trace has changed: the number may mean another message. */
  forget(): void {
    if (this.marked !== null) this.show(null);
  }

  private show(marked: number | null): void {
    this.marked = marked;
    this.hooks.mark(marked);
    this.root.replaceChildren();
    this.root.classList.toggle('is-idle', marked === null);
    if (marked === null) return;
    const words = `Message ${marked} is marked. Space on another message compares both, Shift+X their calls.`;
    const button = element('button', 'text-button', 'Remove mark');
    button.addEventListener('click', () => this.show(null));
    this.root.append(element('span', 'comparing-words', words), button);
  }
}
