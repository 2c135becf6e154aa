import type { Context, FilterAnswer, FilterCompletion, Scope } from '../server/view/protocol.ts';
import { attributes, element, type IconName, icon } from './dom.ts';
import { hasTerm, QUICK_TERMS, type QuickTerm, toggleTerm } from './filterTerms.ts';
import { Suggestions } from './suggestions.ts';
import { grouped, percentage } from './words.ts';

export interface FilterHooks {
  readonly filter: (text: string, context: Context) => Promise<FilterAnswer>;
  readonly completions: (text: string, offset: number) => Promise<FilterCompletion>;
  /** What is to be shown: one-based numbers, or all. */
  readonly show: (messages: readonly number[] | null) => void;
  /** How many messages there are. */
  readonly total: () => number;
  /** The filter in force, to come back to; null where there is none. */
  readonly remember: (scope: Scope | null) => void;
  /** The reader wants to choose a saved filter, or to save this one. */
  readonly saved: () => void;
  readonly failed: (error: unknown) => void;
  readonly closed: () => void;
}

const TYPING_MS = 150;
const CONTEXT_WORDS: Readonly<Record<Context, string>> = {
  message: 'Messages that fit',
  transaction: '… and their transactions',
  dialog: '… and their dialogs',
  call: '… and their calls',
};

/** The filter: messages that do not fit are hidden, the others keep their numbers. It is in force while its box is open. */
export class FilterBox {
  readonly root: HTMLElement = attributes(element('div', 'filter'), { role: 'search', 'aria-label': 'Filter' });
  private readonly box = attributes(element('input', 'filter-box'), {
    type: 'text',
    placeholder: 'method:INVITE status:>=400 from:alice',
    'aria-label': 'Filter messages',
    'aria-describedby': 'filter-fault',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  private readonly context = attributes(element('select', 'filter-context'), { 'aria-label': 'What is shown' });
  private readonly outcome = attributes(element('span', 'filter-outcome'), { role: 'status' });
  private readonly fault = attributes(element('div', 'filter-fault'), { id: 'filter-fault', role: 'status' });
  private readonly chips = attributes(element('div', 'chips'), { role: 'group', 'aria-label': 'Quick filters' });
  private readonly suggestions = new Suggestions(this.box, ({ text }) => this.take(text));
  private readonly hooks: FilterHooks;
  private completion: FilterCompletion = { from: 0, to: 0, items: [] };
  private problem: FilterAnswer['problem'] = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private completionTurn = 0;

  constructor(hooks: FilterHooks) {
    this.hooks = hooks;
    this.root.hidden = true;
    for (const [value, words] of Object.entries(CONTEXT_WORDS))
      this.context.append(attributes(element('option', '', words), { value }));
    for (const term of QUICK_TERMS) this.chips.append(this.chip(term));
    const line = element('div', 'filter-line');
    const combo = element('div', 'combo');
    combo.append(this.box, this.suggestions.root);
    line.append(
      combo,
      this.context,
      this.outcome,
      this.button('saved', 'Saved filters', () => hooks.saved()),
      this.button('close', 'Show all messages again (Esc)', () => this.close()),
    );
    this.root.append(line, this.fault, this.chips);
    this.box.addEventListener('input', () => this.typed());
    this.box.addEventListener('blur', () => this.suggestions.hide());
    this.box.addEventListener('keydown', (event) => this.key(event));
    this.context.addEventListener('change', () => void this.run());
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
  }

  /** What is filtered by; null where all is shown. */
  get scope(): Scope | null {
    const filter = this.box.value.trim();
    return this.root.hidden || filter === '' ? null : { filter, context: this.context.value as Context };
  }

  open(): void {
    this.root.hidden = false;
    this.box.focus();
    this.box.select();
  }

  /** Filters by this, whoever asks for it. */
  set({ filter, context }: Scope): void {
    this.root.hidden = false;
    this.box.value = filter;
    this.context.value = context;
    void this.run();
  }

  /** The trace has changed. */
  again(): void {
    if (this.scope) void this.run();
  }

  /** Shows all messages. */
  clear(): void {
    clearTimeout(this.timer);
    this.turn++;
    this.root.hidden = true;
    this.box.value = '';
    this.context.value = 'message';
    this.suggestions.hide();
    this.tell(null, '');
    this.hooks.remember(null);
    this.hooks.show(null);
  }

  private close(): void {
    this.clear();
    this.hooks.closed();
  }

  private chip(term: QuickTerm): HTMLElement {
    const made = attributes(element('button', 'chip-button', term.label), { title: term.title });
    made.addEventListener('click', () => {
      this.box.value = toggleTerm(this.box.value, term);
      void this.run();
    });
    return made;
  }

  private button(name: IconName, title: string, run: () => void): HTMLElement {
    const made = attributes(element('button', 'icon-button'), { title, 'aria-label': title });
    made.append(icon(name));
    made.addEventListener('click', run);
    return made;
  }

  private key(event: KeyboardEvent): void {
    const { isOpen, active } = this.suggestions;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.walk(event.key === 'ArrowDown' ? 1 : -1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && isOpen && active) this.take(active.text);
    else if (event.key === 'Enter') void this.leave();
    else if (event.key === 'Escape' && isOpen) this.suggestions.hide();
    else return;
    event.preventDefault();
  }

  private walk(by: 1 | -1): void {
    if (this.suggestions.isOpen) this.suggestions.move(by);
    else void this.suggest().then(() => this.suggestions.move(by));
  }

  /** The filter counts at once: on to the messages that it leaves, or back to what is wrong with it. */
  private async leave(): Promise<void> {
    this.suggestions.hide();
    this.hooks.closed();
    await this.run();
    if (!this.problem) return;
    this.box.focus();
    this.box.setSelectionRange(this.problem.from, this.problem.to);
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), TYPING_MS);
    void this.suggest();
  }

  private async suggest(): Promise<void> {
    const turn = ++this.completionTurn;
    const { value, selectionStart } = this.box;
    try {
      const completion = await this.hooks.completions(value, selectionStart ?? value.length);
      if (turn !== this.completionTurn || document.activeElement !== this.box) return;
      this.completion = completion;
      this.suggestions.show(completion.items);
    } catch (error) {
      if (turn === this.completionTurn) this.hooks.failed(error);
    }
  }

  /** Writes a suggestion; behind a key its values come next. */
  private take(text: string): void {
    const { from, to } = this.completion;
    this.box.setRangeText(text, from, to, 'end');
    this.suggestions.hide();
    void this.run();
    if (text.endsWith(':')) void this.suggest();
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    const { value } = this.box;
    for (const [at, term] of QUICK_TERMS.entries())
      attributes(this.chips.children[at]!, { 'aria-pressed': String(hasTerm(value, term)) });
    try {
      for (let isLooking = true; isLooking; ) {
        const answer = await this.hooks.filter(value, this.context.value as Context);
        if (turn !== this.turn) return;
        this.show(answer);
        isLooking = answer.progress !== null;
      }
    } catch (error) {
      if (turn === this.turn) this.hooks.failed(error);
    }
  }

  private show({ messages, problem, progress }: FilterAnswer): void {
    const soFar = progress === null ? '' : `, looked at ${percentage(progress)}`;
    this.tell(problem, messages ? `${this.count(messages.length)}${soFar}` : '');
    this.root.classList.toggle('missed', problem !== null || (messages?.length === 0 && progress === null));
    if (problem) return;
    this.hooks.show(messages);
    this.hooks.remember(this.scope);
  }

  private count(shown: number): string {
    return `${grouped(shown)} of ${grouped(this.hooks.total())} shown`;
  }

  /** Says what the filter leaves, or what is wrong with it, below the place; not of a word that is still being written. */
  private tell(problem: FilterAnswer['problem'], outcome: string): void {
    this.problem = problem;
    const isWritten = problem !== null && !(this.suggestions.isOpen && problem.to >= this.box.value.trimEnd().length);
    this.outcome.textContent = outcome;
    this.fault.replaceChildren();
    attributes(this.box, { 'aria-invalid': String(isWritten) });
    if (!problem || !isWritten) return;
    const { from, to, message } = problem;
    const carets = element('div', 'filter-carets', ' '.repeat(from) + '^'.repeat(Math.max(1, to - from)));
    carets.style.textIndent = `${-this.box.scrollLeft}px`;
    carets.setAttribute('aria-hidden', 'true');
    this.fault.append(carets, element('div', '', `Character ${from + 1}: ${message}`));
  }
}
