import type { ShownCall } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';
import { plain } from './words.ts';

export interface CallBarHooks {
  readonly messages: (shown: ShownCall) => Promise<readonly number[]>;
  /** Only these messages (one-based, ascending) are to be seen; null is all. */
  readonly show: (messages: readonly number[] | null) => void;
  /** Another call is shown. */
  readonly changed: () => void;
  readonly remember: (shown: ShownCall | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Says which call alone is shown, while it is one, and shows all again. A filter leaves less of it. */
export class CallBar {
  readonly root: HTMLElement = attributes(element('div', 'call-bar'), { role: 'status' });
  private readonly words = element('span', 'facts');
  private readonly hooks: CallBarHooks;
  private shown: ShownCall | null = null;
  private ofCall: readonly number[] | null = null;
  private fitting: readonly number[] | null = null;
  private turn = 0;

  constructor(hooks: CallBarHooks) {
    this.hooks = hooks;
    this.root.hidden = true;
    const all = element('button', 'text-button', 'Show all');
    all.addEventListener('click', () => this.set(null));
    this.root.append(this.words, all);
  }

  /** Shows only the messages of a call or a part of one; null shows all. */
  set(shown: ShownCall | null): void {
    this.shown = shown;
    this.hooks.remember(shown);
    void this.again();
  }

  /** Only these messages fit the filter; null is all. */
  fit(messages: readonly number[] | null): void {
    this.fitting = messages;
    this.hooks.show(inBoth(this.fitting, this.ofCall));
  }

  /** The trace has changed: what is shown is asked for again. */
  async again(): Promise<void> {
    const turn = ++this.turn;
    const { shown } = this;
    if (!shown) {
      if (!this.root.hidden) this.arrived(null);
      return;
    }
    try {
      const messages = await this.hooks.messages(shown);
      if (turn !== this.turn) return;
      this.words.textContent = `Only ${shown.title}: ${plain(messages.length, 'message')}`;
      this.arrived(messages);
    } catch (error) {
      if (turn === this.turn) this.hooks.failed(error);
    }
  }

  private arrived(messages: readonly number[] | null): void {
    this.root.hidden = messages === null;
    this.ofCall = messages;
    this.hooks.show(inBoth(this.fitting, messages));
    this.hooks.changed();
  }
}

/** What both lists have; null stands for all. */
function inBoth(one: readonly number[] | null, other: readonly number[] | null): readonly number[] | null {
  if (!one || !other) return one ?? other;
  const wanted = new Set(other);
  return one.filter((message) => wanted.has(message));
}
