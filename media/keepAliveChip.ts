import { keyName, PAGE_ACTIONS } from '../server/view/pageActions.ts';
import { attributes, element } from './dom.ts';
import type { KeepAlives } from './keepAlives.ts';
import { plain } from './words.ts';

/** Says how many keep-alives are hidden, and shows them; it is there while there are any. */
export class KeepAliveChip {
  readonly root: HTMLElement = element('div', 'toggles');
  private readonly button = element('button', 'toggle');

  constructor(toggle: () => void) {
    this.root.hidden = true;
    this.button.addEventListener('click', toggle);
    this.root.append(this.button);
  }

  show({ count, messages, areLeftOut, isHiding }: KeepAlives): void {
    // Where there is nothing else they are shown whatever is wanted.
    this.root.hidden = messages === 0 || (isHiding && !areLeftOut);
    this.button.textContent = `${plain(count, 'keep-alive')} ${areLeftOut ? 'hidden' : 'shown'}`;
    const key = keyName(PAGE_ACTIONS.keepAlives.keys[0]);
    const words = `OPTIONS outside of a dialog that were answered with success, in ${plain(messages, 'message')}`;
    const title = `${words}: ${areLeftOut ? 'show' : 'hide'} them (${key})`;
    attributes(this.button, { title, 'aria-pressed': String(areLeftOut) });
  }
}
