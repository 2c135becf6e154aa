import { attributes, element, type IconName, icon } from './dom.ts';

/** Looks for the next message with the words; one-based, null if there is none. */
export type Find = (words: string, after: number, direction: 1 | -1) => Promise<number | null>;

export interface SearchHooks {
  readonly find: Find;
  /** How many messages hold the words; null where that is not known. */
  count(words: string): Promise<number | null>;
  /** Where a search begins: the selected message. */
  selected(): number;
  found(message: number): void;
  words(words: string): void;
  failed(error: unknown): void;
  closed(): void;
}

const TYPING_MS = 120;

/** The search box, opened with `/`: it marks the messages that hold the words, and hides none. */
export class Search {
  readonly root: HTMLElement = attributes(element('div', 'search'), { role: 'search' });
  private readonly box = attributes(element('input', 'search-box'), {
    type: 'text',
    placeholder: 'Search in messages',
    'aria-label': 'Search in messages',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  private readonly outcome = attributes(element('span', 'outcome'), { role: 'status' });
  private readonly hooks: SearchHooks;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(hooks: SearchHooks) {
    this.hooks = hooks;
    this.root.hidden = true;
    this.root.append(
      this.box,
      this.outcome,
      this.button('up', 'Previous match (Shift+Enter)', () => this.go(-1)),
      this.button('down', 'Next match (Enter)', () => this.go(1)),
      this.button('close', 'Close (Escape)', () => this.close()),
    );
    this.box.addEventListener('input', () => this.typed());
    this.root.addEventListener('keydown', (event) => this.key(event));
  }

  open(): void {
    this.root.hidden = false;
    this.box.focus();
    this.box.select();
  }

  close(): void {
    clearTimeout(this.timer);
    this.turn++;
    this.root.hidden = true;
    this.say('', false);
    this.hooks.words('');
    this.hooks.closed();
  }

  private button(name: IconName, title: string, run: () => void): HTMLElement {
    const made = attributes(element('button', 'icon-button'), { title, 'aria-label': title });
    made.append(icon(name));
    made.addEventListener('click', run);
    return made;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.box) this.go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(this.hooks.selected() - 1, 1), TYPING_MS);
  }

  private go(direction: 1 | -1): void {
    clearTimeout(this.timer);
    void this.run(this.hooks.selected(), direction);
  }

  private async run(after: number, direction: 1 | -1): Promise<void> {
    const turn = ++this.turn;
    const words = this.box.value;
    this.hooks.words(words);
    if (words === '') {
      this.say('', false);
      return;
    }
    try {
      const message = await this.hooks.find(words, after, direction);
      if (turn === this.turn) this.tell(words, message);
      const count = message === null ? null : await this.hooks.count(words);
      if (turn === this.turn && count !== null) this.say(`In message ${message}, ${count} in all`, false);
    } catch (error) {
      if (turn === this.turn) this.hooks.failed(error);
    }
  }

  private tell(words: string, message: number | null): void {
    if (message !== null) this.hooks.found(message);
    this.say(message === null ? `Nothing holds “${words.slice(0, 40)}”` : `In message ${message}`, message === null);
  }

  private say(text: string, missed: boolean): void {
    this.outcome.textContent = text;
    this.root.classList.toggle('missed', missed);
  }
}
