import type { FilterAnswer } from '../server/view/protocol.ts';
import { attributes, element, icon } from './dom.ts';
import { plain } from './words.ts';

export interface FilterHooks {
  readonly filter: (text: string) => Promise<FilterAnswer>;
  /** What is to be shown: one-based numbers, or all. */
  readonly show: (messages: readonly number[] | null) => void;
  readonly failed: (error: unknown) => void;
  readonly closed: () => void;
}

const TYPING_MS = 150;

/** The filter box, opened with `f`: messages that do not fit are hidden, the others keep their numbers. */
export class FilterBox {
  readonly root: HTMLElement = attributes(element('div', 'filter'), { role: 'search', 'aria-label': 'Filter' });
  private readonly box = attributes(element('input', 'filter-box'), {
    type: 'text',
    placeholder: 'method:INVITE status:>=400 from:alice',
    'aria-label': 'Filter messages',
    'aria-describedby': 'filter-outcome',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  private readonly outcome = attributes(element('span', 'filter-outcome'), { id: 'filter-outcome', role: 'status' });
  private readonly hooks: FilterHooks;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(hooks: FilterHooks) {
    this.hooks = hooks;
    this.root.hidden = true;
    const title = 'Show all messages again (Escape)';
    const close = attributes(element('button', 'icon-button'), { title, 'aria-label': title });
    close.append(icon('close'));
    close.addEventListener('click', () => this.close());
    this.root.append(this.box, this.outcome, close);
    this.box.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.run(), TYPING_MS);
    });
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
  }

  open(): void {
    this.root.hidden = false;
    this.box.focus();
    this.box.select();
  }

  /** The trace has changed. */
  again(): void {
    if (!this.root.hidden && this.box.value) void this.run();
  }

  private close(): void {
    clearTimeout(this.timer);
    this.turn++;
    this.root.hidden = true;
    this.box.value = '';
    this.say('', false);
    this.hooks.show(null);
    this.hooks.closed();
  }

  private async run(): Promise<void> {
    const turn = ++this.turn;
    const text = this.box.value;
    try {
      const { messages, problem } = await this.hooks.filter(text);
      if (turn !== this.turn) return;
      if (problem) return this.say(`Character ${problem.from + 1}: ${problem.message}`, true);
      this.hooks.show(messages);
      this.say(messages ? `${plain(messages.length, 'message')} shown` : '', messages?.length === 0);
    } catch (error) {
      if (turn === this.turn) this.hooks.failed(error);
    }
  }

  private say(text: string, missed: boolean): void {
    this.outcome.textContent = text;
    this.root.classList.toggle('missed', missed);
    this.box.setAttribute('aria-invalid', String(missed));
  }
}
