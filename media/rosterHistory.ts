import type { RosterMark } from '../server/view/protocol.ts';
import { attributes, element, setText } from './dom.ts';

const ROW = 24;
const SPARE_ROWS = 6;

/** What the history asks of the roster. */
export interface HistoryActions {
  /** The reader chooses a notification, by its place. */
  choose(mark: number): void;
  /** The reader chooses the message that caused it (one-based). */
  chooseMessage(message: number): void;
}

interface Slot {
  readonly row: HTMLElement;
  readonly number: HTMLElement;
  readonly time: HTMLElement;
  readonly version: HTMLElement;
  readonly changes: HTMLElement;
  readonly cause: HTMLElement;
  at: number;
}

/** What each notification of a conference changed, one below the other: the story that the bars above draw. */
export class RosterHistory {
  readonly root = attributes(element('section', 'history'), { 'aria-label': 'What happened in the conference' });
  private readonly list = attributes(element('div', 'history-list'), {
    role: 'listbox',
    tabindex: 0,
    'aria-label': 'Notifications',
  });
  private readonly body = attributes(element('div', 'history-rows'), { role: 'presentation' });
  private readonly slots: Slot[] = [];
  private marks: readonly RosterMark[] = [];
  private selected = -1;

  constructor(actions: HistoryActions) {
    this.list.append(this.body);
    this.root.append(element('h2', 'history-title', 'What happened'), this.list);
    this.list.addEventListener('scroll', () => this.draw(), { passive: true });
    this.list.addEventListener('click', ({ target }) => {
      const slot = this.slots.find(({ row }) => target instanceof Node && row.contains(target));
      const mark = slot && this.marks[slot.at];
      if (!mark) return;
      const isCause = slot.cause === target && mark.cause !== null;
      if (isCause) actions.chooseMessage(mark.cause!);
      else actions.choose(slot.at);
    });
    this.list.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      actions.choose(this.selected + step);
    });
    new ResizeObserver(() => this.select(this.selected)).observe(this.list);
  }

  /** Shows other notifications. */
  show(marks: readonly RosterMark[]): void {
    this.marks = marks;
    this.root.hidden = marks.length === 0;
    this.list.classList.toggle(
      'timeless',
      marks.every(({ time }) => time === null),
    );
    this.body.style.height = `${marks.length * ROW}px`;
    for (const slot of this.slots) slot.at = -1;
    this.draw();
  }

  /** Marks a notification, and scrolls to it. */
  select(mark: number): void {
    this.selected = mark;
    const [top, bottom] = [mark * ROW, (mark + 1) * ROW];
    const { scrollTop, clientHeight } = this.list;
    if (mark >= 0 && top < scrollTop) this.list.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.list.scrollTop = bottom - clientHeight;
    this.draw();
  }

  private draw(): void {
    if (this.list.clientHeight === 0) return;
    const { marks } = this;
    const wanted = Math.min(marks.length, Math.ceil(this.list.clientHeight / ROW) + 2 * SPARE_ROWS);
    while (this.slots.length > wanted) this.slots.pop()?.row.remove();
    while (this.slots.length < wanted) {
      const slot = newSlot(this.slots.length);
      this.slots.push(slot);
      this.body.append(slot.row);
    }
    const top = Math.floor(this.list.scrollTop / ROW) - SPARE_ROWS;
    const first = Math.max(0, Math.min(top, marks.length - wanted));
    for (let at = first; at < first + wanted; at++) this.drawRow(this.slots[at % wanted]!, at);
    const active = this.slots.find(({ at }) => at === this.selected)?.row.id ?? null;
    attributes(this.list, { 'aria-activedescendant': active });
  }

  private drawRow(slot: Slot, at: number): void {
    attributes(slot.row, {
      'aria-selected': String(at === this.selected),
      'aria-posinset': at + 1,
      'aria-setsize': this.marks.length,
    });
    if (slot.at === at) return;
    slot.at = at;
    const { message, time, version, changes, cause, gap } = this.marks[at]!;
    slot.row.style.top = `${at * ROW}px`;
    slot.row.classList.toggle('behind-gap', gap !== null);
    slot.row.classList.toggle('unchanged', changes.length === 0);
    setText(slot.number, `${message}`);
    setText(slot.time, time === null ? '' : clockTime(time));
    setText(slot.version, version === null ? '' : `v${version}`);
    setText(slot.changes, changes.join('; ') || 'nothing changed');
    slot.changes.title = changes.join('\n');
    setText(slot.cause, cause === null ? '' : `caused by ${cause}`);
  }
}

/** The time of day of a notification, in UTC. */
export function clockTime(time: number): string {
  return new Date(time).toISOString().slice(11, 23);
}

function newSlot(id: number): Slot {
  const row = attributes(element('div', 'history-row'), { role: 'option', id: `happened-${id}` });
  const [number, time, version, changes, cause] = [
    element('span', 'history-number'),
    element('span', 'history-time'),
    element('span', 'history-version'),
    element('span', 'history-changes'),
    element('span', 'history-cause'),
  ];
  row.append(number, time, version, changes, cause);
  return { row, number, time, version, changes, cause, at: -1 };
}
