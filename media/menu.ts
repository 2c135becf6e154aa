import { attributes, element, type IconName, icon } from './dom.ts';

export interface MenuItem {
  readonly label: string;
  run(): void;
}

/** A button that opens a menu (WAI-ARIA: menu button). Arrow keys go round, Escape and Tab close it. */
export class MenuButton {
  readonly root: HTMLElement = element('span', 'menu-button');
  private readonly button: HTMLElement;
  private readonly menu = attributes(element('div', 'menu'), { role: 'menu' });

  constructor(name: IconName, title: string, items: readonly MenuItem[]) {
    this.button = attributes(element('button', 'icon-button'), { title, 'aria-label': title, 'aria-haspopup': 'menu' });
    this.button.append(icon(name));
    this.menu.setAttribute('aria-label', title);
    for (const item of items) this.menu.append(this.item(item));
    this.root.append(this.button, this.menu);
    this.show(false);
    this.button.addEventListener('click', () => this.show(this.menu.hasAttribute('hidden')));
    this.root.addEventListener('keydown', (event) => this.key(event));
    this.root.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.root.contains(relatedTarget))) this.show(false);
    });
  }

  private item({ label, run }: MenuItem): HTMLElement {
    const made = attributes(element('button', 'menu-item', label), { role: 'menuitem', tabindex: -1 });
    made.addEventListener('click', () => {
      this.show(false);
      this.button.focus();
      run();
    });
    return made;
  }

  private show(open: boolean): void {
    this.menu.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) (this.menu.firstElementChild as HTMLElement | null)?.focus();
  }

  private key(event: KeyboardEvent): void {
    const items = [...this.menu.children] as HTMLElement[];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? -1 : at - 1,
      Home: 0,
      End: -1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      if (this.menu.hidden) this.show(true);
      items.at(target % items.length)?.focus();
    } else if (event.key === 'Escape' && !this.menu.hidden) {
      this.show(false);
      this.button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
