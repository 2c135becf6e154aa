import type { FromPage, TraceApi } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';

export interface ComparisonHooks {
  readonly api: Pick<TraceApi, 'message'>;
  /** The message that is selected (one-based), or null. */
  readonly selected: () => number | null;
  readonly failed: (error: unknown) => void;
  /** Tells the reader why something cannot be had. */
  readonly say: (message: string) => void;
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

  /** What the actions do that compare. */
  runs() {
    return {
      compare: () => this.ofSelected((message) => this.choose(message)),
      compareCalls: () => this.ofSelected((message) => this.compareCalls(message)),
      compareHops: () => this.ofSelected((message) => this.compareHops(message)),
    };
  }

  /** The trace has changed: the number may mean another message. */
  forget(): void {
    if (this.marked !== null) this.show(null);
  }

  private ofSelected(act: (message: number) => unknown): void {
    const message = this.hooks.selected();
    if (message !== null) void act(message);
  }

  /** Marks a message, takes the mark away, or compares it with the one that is marked. */
  private choose(message: number): void {
    if (this.marked === null) this.show(message);
    else if (this.marked === message) this.show(null);
    else this.compare(this.marked, message, 'message');
  }

  /** Compares the calls of the marked message and of another one; marks that where none is. */
  private compareCalls(message: number): void {
    if (this.marked === null) this.show(message);
    else this.compare(this.marked, message, 'call');
  }

  /** Compares two messages, whatever is marked. */
  private compare(one: number, other: number, of: 'message' | 'call'): void {
    const [left, right] = one < other ? [one, other] : [other, one];
    this.hooks.post({ type: 'compare', left, right, of });
    this.show(null);
  }

  private async compareHops(message: number): Promise<void> {
    try {
      const { links } = await this.hooks.api.message(message);
      const hops = links.filter(({ relation }) => relation === 'hop').map(({ index }) => index);
      const hop = hops.find((index) => index > message) ?? hops[0];
      if (hop !== undefined) this.compare(message, hop, 'message');
      else this.hooks.say('The trace does not show this message on another hop.');
    } catch (error) {
      this.hooks.failed(error);
    }
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
