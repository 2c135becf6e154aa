import { attributes, element } from './dom.ts';
import type { MenuItem } from './menu.ts';

/** A list to choose from, or a field to write in, at a place of the page. Escape or a click elsewhere closes it. */
export class Popup {
  readonly root = attributes(element('div', 'popup'), { role: 'menu' });
  private closed: () => void = () => {};

  constructor() {
    this.root.hidden = true;
    this.root.addEventListener('keydown', (event) => this.pressed(event));
    this.root.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !this.root.contains(relatedTarget)) this.root.hidden = true;
    });
  }

  /** Opens below an element; `closed` gets the focus back. */
  open(name: string, below: Element, items: readonly MenuItem[], closed: () => void): void {
    const rows = items.map(({ label, run }) => {
      const row = attributes(element('button', 'menu-item', label), { role: 'menuitem', tabindex: -1 });
      row.addEventListener('click', () => {
        this.close();
        run();
      });
      return row;
    });
    this.show(name, below, 'menu', rows, closed);
    rows[0]?.focus();
  }

  /** Asks for a word. */
  ask(name: string, below: Element, value: string, answered: (value: string) => void, closed: () => void): void {
    const field = attributes(element('input', 'popup-field'), { type: 'text', 'aria-label': name, maxlength: 100 });
    field.value = value;
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      this.close();
      answered(field.value.trim());
    });
    this.show(name, below, 'dialog', [field], closed);
    field.focus();
    field.select();
  }

  /** Shows something to read. */
  tell(name: string, below: Element, content: readonly HTMLElement[], closed: () => void): void {
    const page = attributes(element('div', 'popup-page'), { tabindex: 0 });
    page.append(...content);
    this.show(name, below, 'dialog', [page], closed);
    page.focus();
  }

  private show(name: string, below: Element, role: string, content: readonly HTMLElement[], closed: () => void): void {
    this.closed = closed;
    attributes(this.root, { role, 'aria-label': name });
    this.root.replaceChildren(...content);
    this.root.hidden = false;
    const { left, bottom } = below.getBoundingClientRect();
    this.root.style.left = `${Math.max(4, Math.min(left, innerWidth - this.root.offsetWidth - 4))}px`;
    this.root.style.top = `${bottom}px`;
    this.root.style.maxHeight = `${Math.max(80, innerHeight - bottom - 8)}px`;
  }

  private close(): void {
    this.root.hidden = true;
    this.closed();
  }

  private pressed(event: KeyboardEvent): void {
    const rows = [...this.root.querySelectorAll<HTMLElement>('.menu-item')];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Escape') this.close();
    else if (to !== undefined && rows.length > 0) rows[(to + rows.length) % rows.length]!.focus();
    else return;
    event.preventDefault();
  }
}
