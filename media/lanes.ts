import { type Bundle, bundleOf, bundlePlace, type Columns, laneAt, laneWidth } from './columns.ts';
import { attributes, element, icon } from './dom.ts';
import type { ShownLane } from './laneView.ts';
import { grouped, laneKind, laneStory, plain } from './words.ts';

/** A lane narrower than this has no words. */
const LEAST_FOR_WORDS = 28;
/** A bundle narrower than this has no mark, or no number. */
const [LEAST_FOR_MARK, LEAST_FOR_COUNT] = [8, 24];
/** A pointer that moves less than this is a click. */
const DRAG_FROM = 5;

/** The sticky header over the arrows: only the lanes on screen have elements. */
export class LaneHeader {
  readonly row: HTMLElement = attributes(element('div', 'header'), { role: 'row', 'aria-rowindex': 1 });
  /** A key was pressed in a lane, its menu is wanted, it was dragged to another place. */
  onKey: (event: KeyboardEvent, at: number) => void = () => {};
  onMenu: (at: number) => void = () => {};
  onMove: (at: number, to: number) => void = () => {};
  /** Lanes that share a column were clicked: the first of them. */
  onBundle: (first: number) => void = () => {};
  /** The pointer or the focus has come to a lane. */
  onVisit: (at: number) => void = () => {};
  readonly time = heading('time', 'Time', 'Time');
  private readonly number = heading('number', '#', 'Number');
  private readonly lanes = attributes(element('div', 'lanes'), { role: 'columnheader', 'aria-label': 'Message' });
  private readonly list = attributes(element('div', 'lane-list'), { role: 'list', 'aria-label': 'Lanes' });
  /** Where a lane that is dragged will be. */
  private readonly drop = attributes(element('div', 'drop'), { 'aria-hidden': 'true' });
  private readonly badges = unseenHeading('badges', 'Problems');
  private drawn = '';
  private of: readonly ShownLane[] = [];
  private columns: Columns | undefined;

  constructor() {
    this.drop.hidden = true;
    this.lanes.append(this.list, this.drop);
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
    this.list.addEventListener('click', ({ target }) => {
      const first = target instanceof Element ? target.closest<HTMLElement>('.bundle')?.dataset.first : undefined;
      if (first !== undefined) this.onBundle(Number(first));
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
  draw(lanes: readonly ShownLane[], columns: Columns, from: number, to: number): void {
    const isOnScreen = (_: ShownLane, at: number) => {
      const [middle, half] = [laneAt(columns, at), laneWidth(columns, at) / 2];
      return at >= columns.pinned && middle + half >= from && middle - half <= to;
    };
    const first = lanes.findIndex(isOnScreen);
    const last = lanes.findLastIndex(isOnScreen);
    const stamp = `${first} ${last}`;
    if (stamp === this.drawn && lanes === this.of && columns === this.columns) return;
    this.drawn = stamp;
    this.of = lanes;
    this.columns = columns;
    this.row.style.width = `${columns.width}px`;
    const { focused } = this;
    this.list.replaceChildren(...cellsOf(lanes, columns, first, last));
    if (focused !== null) this.elementOf(focused)?.focus();
  }

  /** The lane that has the focus, or null. */
  get focused(): number | null {
    return laneOf(document.activeElement);
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
      cell.style.transform = `translateX(calc(var(--lane-scrolled, 0px) + ${by}px))`;
      this.showDrop(at, by);
    };
    const end = ({ clientX, type }: PointerEvent) => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
      cell.classList.remove('dragged');
      cell.style.transform = '';
      this.drop.hidden = true;
      const by = clientX - event.clientX;
      if (type === 'pointerup' && Math.abs(by) >= DRAG_FROM) this.onMove(at, this.placeAt(at, by));
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', end);
    document.addEventListener('pointercancel', end);
  }

  private showDrop(at: number, by: number): void {
    const columns = this.columns!;
    const to = this.placeAt(at, by);
    const before = to <= at ? to - 1 : to;
    const place = before < 0 ? columns.left : laneAt(columns, before) + laneWidth(columns, before) / 2;
    this.drop.hidden = Math.abs(by) < DRAG_FROM || to === at;
    this.drop.style.left = `${Math.round(place)}px`;
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

/** The pinned lanes and those between two others. */
function cellsOf(lanes: readonly ShownLane[], columns: Columns, first: number, last: number): HTMLElement[] {
  const cells: HTMLElement[] = [];
  for (let at = 0; at < columns.pinned; at++) cells.push(laneCell(lanes[at]!, at, lanes.length, columns));
  for (let at = Math.max(columns.pinned, first); at <= last; at++) {
    const bundle = bundleOf(columns, at);
    cells.push(bundle ? bundleCell(lanes, bundle, columns) : laneCell(lanes[at]!, at, lanes.length, columns));
    if (bundle) at = bundle.last;
  }
  return cells;
}

/** So many names tell what lanes a bundle has. */
const MOST_NAMES = 12;

function bundleCell(lanes: readonly ShownLane[], { first, last }: Bundle, columns: Columns): HTMLElement {
  const count = last - first + 1;
  const names = lanes.slice(first, Math.min(last + 1, first + MOST_NAMES)).map(({ label }) => label);
  if (count > MOST_NAMES) names.push(`and ${grouped(count - MOST_NAMES)} more`);
  const title = `${plain(count, 'lane')} without a message in view: ${names.join(', ')}`;
  const cell = element('div', 'bundle');
  attributes(cell, { role: 'listitem', title, 'aria-label': title, 'data-first': first });
  const { from, to } = bundlePlace(columns, { first, last });
  cell.style.left = `${from}px`;
  cell.style.width = `${to - from}px`;
  if (to - from >= LEAST_FOR_MARK) cell.append(element('span', '', to - from < LEAST_FOR_COUNT ? '⋮' : String(count)));
  return cell;
}

function laneCell(lane: ShownLane, at: number, count: number, columns: Columns): HTMLElement {
  const width = laneWidth(columns, at);
  const cell = element('div', `lane ${lane.kind}${at < columns.pinned ? ' pinned' : ''}`);
  const place = { 'aria-posinset': at + 1, 'aria-setsize': count, 'data-lane': at, tabindex: -1 };
  attributes(cell, { role: 'listitem', ...place, title: laneStory(lane) });
  cell.style.left = `${laneAt(columns, at) - Math.floor(width / 2)}px`;
  cell.style.width = `${width}px`;
  if (width < LEAST_FOR_WORDS) {
    cell.classList.add('idle');
    cell.setAttribute('aria-label', lane.label);
    return cell;
  }
  cell.classList.toggle('slim', columns.isSlim);
  const label = element('div', 'lane-label');
  label.append(icon(lane.kind), breakable(lane.label));
  const kind = element('div', 'lane-kind');
  if (lane.isPinned) kind.append(icon('pin'), element('span', 'unseen', 'pinned '));
  kind.append(laneKind(lane));
  cell.append(label, kind);
  return cell;
}

/** A name that is broken into lines behind dots, colons and the like rather than within a word. */
function breakable(name: string): HTMLElement {
  const made = element('span', '');
  for (const part of name.split(/(?<=[.:@_-])/)) made.append(part, document.createElement('wbr'));
  return made;
}
