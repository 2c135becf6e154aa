import type { SkippedView } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';
import { grouped } from './words.ts';

/** So many reasons are told. */
const MOST = 6;

/** The line below the ladder that counts what the trace holds beside its messages: why it is not shown, and where it begins. */
export class SkippedBar {
  readonly root: HTMLElement = attributes(element('section', 'skipped'), { 'aria-label': 'What is not shown' });
  private readonly goTo: (line: number) => void;

  /** @param goTo shows a line of the text, zero-based */
  constructor(goTo: (line: number) => void) {
    this.goTo = goTo;
    this.root.hidden = true;
  }

  show(skipped: readonly SkippedView[]): void {
    this.root.hidden = skipped.length === 0;
    const more = skipped.length - MOST;
    const items = skipped.slice(0, MOST).map((one) => this.item(one));
    const rest = more > 0 ? [element('span', 'skipped-item', `and ${more} more reasons`)] : [];
    this.root.replaceChildren(element('span', '', 'Not shown:'), ...items, ...rest);
  }

  private item({ why, count, where, line }: SkippedView): HTMLElement {
    const made = element('span', 'skipped-item', `${grouped(count)} ${why}`);
    if (where === '') return made;
    if (line === null) made.append(element('span', '', ` (${where})`));
    else {
      const button = attributes(element('button', 'link', where), { title: 'Go there in the text' });
      button.addEventListener('click', () => this.goTo(line));
      made.append(' (', button, ')');
    }
    return made;
  }
}
