import type { Lane } from '../server/view/protocol.ts';
import { attributes, element, icon } from './dom.ts';
import { type Columns, laneAt, laneWidth } from './layout.ts';
import { laneKind, laneStory } from './words.ts';

/** A lane narrower than this has no words. */
const LEAST_FOR_WORDS = 40;
/** A pointer that moves less than this is a click. */
const DRAG_FROM = 5;

/** The sticky header over the arrows: only the lanes on screen have elements. */
export class LaneHeader {
  readonly row: HTMLElement = attributes(element('div', 'header'), { role: 'row', 'aria-rowindex': 1 });
  /** A key was pressed in a lane, its menu is wanted, it was dragged to another place. */
  onKey: (event: KeyboardEvent, at: number) => void = () => {};
  onMenu: (at: number) => void = () => {};
  onMove: (at: number, to: number) => void = () => {};
  /** The pointer or the focus has come to a lane. */
  onVisit: (at: number) => void = () => {};
  readonly time = heading('time', 'Time', 'Time');
  private readonly number = heading('number', '#', 'Number');
  private readonly lanes = attributes(element('div', 'lanes'), { role: 'columnheader', 'aria-label': 'Message' });
  private readonly list = attributes(element('div', 'lane-list'), { role: 'list', 'aria-label': 'Lanes' });
  private readonly badges = unseenHeading('badges', 'Problems');
  private drawn = '';
  private of: readonly Lane[] = [];
  private columns: Columns | undefined;

  constructor() {
    this.lanes.append(this.list);
    this.row.append(this.number, this.time, this.lanes, this.badges);
    this.list.addEventListener('keydown', (event) => {
      const at = laneOf(event.target);
      if (at !== null) this.onKey(event, at);
    });
    this.list.addEventListener('contextmenu', (event) => {
      const at = laneOf(event.target);
      if (at === null) return;
      event.preventDefault();
      event.stopPropagation();
      this.onMenu(at);
    });
    for (const visit of ['pointerover', 'focusin'])
      this.list.addEventListener(visit, ({ target }) => {
        const at = laneOf(target);
        if (at !== null) this.onVisit(at);
      });
    this.list.addEventListener('pointerdown', (event) => this.drag(event));
  }

  /** Says how the times below are to be read. */
  showTimeMode(words: string, title: string): void {
    this.time.textContent = words;
    this.time.title = title;
  }

  /** Draws the lanes that lie between two places. */
  draw(lanes: readonly Lane[], columns: Columns, from: number, to: number): void {
    const isOnScreen = (_: Lane, at: number) => {
      const [middle, half] = [laneAt(columns, at), laneWidth(columns, at) / 2];
      return middle + half >= from && middle - half <= to;
    };
    const first = lanes.findIndex(isOnScreen);
    const last = lanes.findLastIndex(isOnScreen);
    const stamp = `${first} ${last}`;
    if (stamp === this.drawn && lanes === this.of && columns === this.columns) return;
    this.drawn = stamp;
    this.of = lanes;
    this.columns = columns;
    this.row.style.width = `${columns.width}px`;
    const focused = laneOf(document.activeElement);
    const cells = lanes
      .slice(Math.max(0, first), last + 1)
      .map((lane, at) => laneCell(lane, first + at, lanes.length, columns));
    this.list.replaceChildren(...cells);
    if (focused !== null) this.elementOf(focused)?.focus();
  }

  /** The element of a lane, if it is on screen. */
  elementOf(at: number): HTMLElement | null {
    return this.list.querySelector<HTMLElement>(`[data-lane="${at}"]`);
  }

  /** Adds to what is said of a lane under the pointer, and to a screen reader. */
  tell(at: number, lines: readonly string[]): void {
    const cell = this.elementOf(at);
    const lane = this.of[at];
    if (!cell || !lane) return;
    attributes(cell, { title: [laneStory(lane), ...lines].join('\n'), 'aria-description': lines.join(' ') });
  }

  private drag(event: PointerEvent): void {
    const at = laneOf(event.target);
    if (at === null || event.button !== 0) return;
    const cell = this.elementOf(at)!;
    const move = ({ clientX }: PointerEvent) => {
      const by = clientX - event.clientX;
      cell.classList.toggle('dragged', Math.abs(by) >= DRAG_FROM);
      cell.style.transform = `translateX(${by}px)`;
    };
    const end = ({ clientX, type }: PointerEvent) => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
      cell.classList.remove('dragged');
      cell.style.transform = '';
      const by = clientX - event.clientX;
      if (type === 'pointerup' && Math.abs(by) >= DRAG_FROM) this.onMove(at, this.placeAt(at, by));
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', end);
    document.addEventListener('pointercancel', end);
  }

  /** Among which lanes one comes to lie that is moved by so many pixels. */
  private placeAt(at: number, by: number): number {
    const columns = this.columns!;
    const middle = laneAt(columns, at) + by;
    return columns.at.filter((other, lane) => lane !== at && other < middle).length;
  }
}

/** The lane whose header an element belongs to. */
function laneOf(target: EventTarget | null): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.lane') : null;
  return cell?.dataset.lane === undefined ? null : Number(cell.dataset.lane);
}

function heading(className: string, text: string, name: string): HTMLElement {
  return attributes(element('div', className, text), { role: 'columnheader', 'aria-label': name });
}

function unseenHeading(className: string, name: string): HTMLElement {
  const made = attributes(element('div', className), { role: 'columnheader' });
  made.append(element('span', 'unseen', name));
  return made;
}

function laneCell(lane: Lane, at: number, count: number, columns: Columns): HTMLElement {
  const width = laneWidth(columns, at);
  const cell = element('div', `lane ${lane.kind}`);
  const place = { 'aria-posinset': at + 1, 'aria-setsize': count, 'data-lane': at, tabindex: -1 };
  attributes(cell, { role: 'listitem', ...place, title: laneStory(lane) });
  cell.style.left = `${laneAt(columns, at) - Math.floor(width / 2)}px`;
  cell.style.width = `${width}px`;
  if (width < LEAST_FOR_WORDS) {
    cell.classList.add('idle');
    cell.setAttribute('aria-label', lane.label);
    return cell;
  }
  const label = element('div', 'lane-label');
  label.append(icon(lane.kind), element('span', '', lane.label));
  cell.append(label, element('div', 'lane-kind', laneKind(lane)));
  return cell;
}
