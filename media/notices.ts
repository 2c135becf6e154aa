import type { Clocks } from '../server/view/protocol.ts';
import { attributes, element, icon } from './dom.ts';

/** The bar over the ladder that says what the reader must know: of the trace, and of what went wrong. */
export class Notices {
  readonly root: HTMLElement = attributes(element('div', 'notices'), { role: 'region', 'aria-label': 'Notices' });
  private readonly known = attributes(element('div', 'notice-list'), { role: 'status' });
  private readonly trouble = attributes(element('div', 'notice-list'), { role: 'alert' });
  private readonly again: () => void;
  private readonly switchTimes: (times: Clocks['times']) => void;

  constructor(again: () => void, switchTimes: (times: Clocks['times']) => void) {
    this.again = again;
    this.switchTimes = switchTimes;
    this.root.append(this.trouble, this.known);
    this.hideIfEmpty();
  }

  /** What the server says of the whole trace. */
  show(notices: readonly string[], clocks: Clocks | null): void {
    const lines = notices.map((notice) => line('info', notice));
    this.known.replaceChildren(...lines, ...(clocks ? [this.clocks(clocks)] : []));
    this.hideIfEmpty();
  }

  /** Times that are put right can be had as they are written, and the other way round. */
  private clocks({ notes, times }: Clocks): HTMLElement {
    const isAligned = times === 'aligned';
    const made = line('info', `${notes.join(' ')}${isAligned ? ' The times are put right.' : ''}`);
    const button = element('button', 'text-button', isAligned ? 'Show times as written' : 'Put times right');
    button.addEventListener('click', () => this.switchTimes(isAligned ? 'as written' : 'aligned'));
    made.append(button);
    return made;
  }

  /** Something failed; it can be tried again. */
  fail(message: string): void {
    const failure = line('error', message);
    const button = element('button', 'text-button', 'Try again');
    button.addEventListener('click', this.again);
    failure.append(button);
    this.trouble.replaceChildren(failure);
    this.hideIfEmpty();
  }

  /** What the reader asks for cannot be had, and why: there is nothing to try again. */
  say(message: string): void {
    const told = line('info', message);
    const button = element('button', 'text-button', 'Close');
    button.addEventListener('click', () => this.clear());
    told.append(button);
    this.trouble.replaceChildren(told);
    this.hideIfEmpty();
  }

  /** It works again. */
  clear(): void {
    this.trouble.replaceChildren();
    this.hideIfEmpty();
  }

  private hideIfEmpty(): void {
    this.root.hidden = this.known.childElementCount + this.trouble.childElementCount === 0;
  }
}

function line(severity: 'info' | 'error', message: string): HTMLElement {
  const made = element('div', `notice ${severity}`);
  made.append(icon(severity), element('span', '', message));
  return made;
}
