import type { FilterCompletion } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';

type Item = FilterCompletion['items'][number];

const MOST = 50;

/** The list below a combo box (WAI-ARIA: a listbox popup whose options are chosen by hand). The focus stays in the box. */
export class Suggestions {
  readonly root: HTMLElement = attributes(element('ul', 'suggestions'), {
    id: 'filter-suggestions',
    role: 'listbox',
    'aria-label': 'Suggestions',
  });
  private readonly box: HTMLElement;
  private readonly take: (item: Item) => void;
  private items: readonly Item[] = [];
  private at = -1;

  constructor(box: HTMLElement, take: (item: Item) => void) {
    this.box = box;
    this.take = take;
    attributes(box, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': this.root.id });
    // The box keeps the focus, so that a click does not close the list before it counts.
    this.root.addEventListener('mousedown', (event) => event.preventDefault());
    this.root.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest('.suggestion') : null;
      const item = option && this.items[[...this.root.children].indexOf(option)];
      if (item) this.take(item);
    });
    this.hide();
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** The option that Enter would take. */
  get active(): Item | undefined {
    return this.items[this.at];
  }

  show(items: readonly Item[]): void {
    this.items = items.slice(0, MOST);
    this.root.replaceChildren(...this.items.map(option));
    this.root.hidden = this.items.length === 0;
    attributes(this.box, { 'aria-expanded': String(this.isOpen) });
    this.activate(-1);
  }

  hide(): void {
    this.show([]);
  }

  /** Goes on by one, going round; before the first and behind the last there is none, as in the box alone. */
  move(by: 1 | -1): void {
    const places = this.items.length + 1;
    this.activate(((this.at + 1 + by + places) % places) - 1);
  }

  private activate(at: number): void {
    this.at = at;
    for (const [place, one] of [...this.root.children].entries())
      attributes(one, { 'aria-selected': String(place === at) });
    const active = this.root.children[at];
    attributes(this.box, { 'aria-activedescendant': active?.id ?? null });
    active?.scrollIntoView({ block: 'nearest' });
  }
}

function option({ text, about }: Item, at: number): HTMLElement {
  const made = attributes(element('li', 'suggestion'), { id: `filter-suggestion-${at}`, role: 'option' });
  made.append(element('span', 'suggestion-text', text), element('span', 'suggestion-about', about));
  return made;
}
