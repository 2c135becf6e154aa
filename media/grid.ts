import type { LadderRow, TraceSummary } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';
import { drawCaption, drawMessage, drawPlaceholder, newSlot, place, putAway, type Scene, type Slot } from './draw.ts';
import { Folds } from './folds.ts';
import type { TimeMode } from './host.ts';
import { LaneHeader } from './lanes.ts';
import { columns, type Density, filteredMap, laneAt, ROW_HEIGHTS, type RowMap, rowMap } from './layout.ts';
import { textMeasure } from './measure.ts';
import { ScrollPosition } from './scroll.ts';
import { timeText } from './words.ts';

/** Where the grid gets its rows from, and whom it tells what it shows. */
export interface RowSource {
  get(message: number): LadderRow | undefined;
  want(from: number, to: number): void;
  wantEach(messages: readonly number[]): void;
}

const SPARE_ROWS = 8;
const HEADER = 46;
const SETTLED_MS = 200;

/** The ladder itself: a pool of row elements over as many messages as there are. */
export class Grid {
  readonly root: HTMLElement = element('div', 'ladder');
  /** Tells that the reader has come to rest at a place, in pixels from the top. */
  onSettled: (top: number) => void = () => {};
  private readonly header = new LaneHeader();
  private readonly body = attributes(element('div', 'rows'), { role: 'rowgroup' });
  /** Of the rows' part of the view, when it was laid out last. */
  private height = 0;
  private readonly lifelines = attributes(element('div', 'lifelines'), { 'aria-hidden': 'true' });
  private readonly scroll = new ScrollPosition();
  private readonly source: RowSource;
  private summary: TraceSummary | undefined;
  private rows: RowMap = rowMap(0, []);
  private scene: Scene = { lanes: [], columns: columns(0, [], 0, false), measure: textMeasure(), withFacts: false };
  private shown: readonly number[] | null = null;
  private fitting: ReadonlySet<number> | null = null;
  private compared: number | null = null;
  private matching: ReadonlySet<number> = new Set();
  /** The messages that have a row: those that are shown and not folded; null for all. */
  private here: readonly number[] | null = null;
  private slots: Slot[] = [];
  private selected: number | null = null;
  private related: ReadonlySet<number> = new Set();
  private timeMode: TimeMode = 'absolute';
  private density: Density = 'compact';
  private readonly folds = new Folds();
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private generation = 0;
  /** The row at the top when rows were drawn last. */
  private lastTop = 0;
  /** The message whose arrow is still to be brought into view from the side: its row has not arrived yet. */
  private toSide: number | null = null;

  constructor(source: RowSource) {
    this.source = source;
    attributes(this.root, {
      role: 'grid',
      tabindex: 0,
      'aria-label': 'Message ladder',
      'aria-describedby': 'keys-hint',
    });
    this.body.append(this.lifelines);
    const head = attributes(element('div', 'head'), { role: 'rowgroup' });
    head.append(this.header.row);
    this.root.append(head, this.body);
    this.root.addEventListener('scroll', () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.resize()).observe(this.root);
  }

  /** Shows another trace, or the same one after a change. */
  show(summary: TraceSummary): void {
    this.summary = summary;
    this.folds.take(summary.retransmissions);
    this.layOutRows();
  }

  /** Shows only these messages (one-based, ascending), or all. */
  filter(shown: readonly number[] | null): void {
    this.shown = shown;
    this.fitting = shown && new Set(shown);
    this.layOutRows();
  }

  /** Marks the messages that hold what is searched for. */
  match(messages: ReadonlySet<number>): void {
    this.matching = messages;
    this.schedule();
  }

  /** Shows which message is marked to be compared with another one. */
  markForComparison(message: number | null): void {
    this.compared = message;
    this.schedule();
  }

  /** How many messages there are, shown or not. */
  get count(): number {
    return this.summary?.rows ?? 0;
  }

  get first(): number {
    return this.here?.[0] ?? 1;
  }

  get last(): number {
    return this.here?.at(-1) ?? this.count;
  }

  /** Whether a filter keeps a message from being shown. */
  isHidden(message: number): boolean {
    return this.fitting !== null && !this.fitting.has(message);
  }

  /** The message so many rows on, of those that are shown. */
  next(message: number, count: number): number {
    const { here } = this;
    if (!here) return message + count;
    const at = firstFrom(here, message);
    const isBetween = here[at] !== message && count > 0;
    return here[Math.max(0, Math.min(here.length - 1, at + count - (isBetween ? 1 : 0)))] ?? message;
  }

  private layOutRows(): void {
    if (!this.summary) return;
    const { rows, captionRows } = this.summary;
    const fitting = this.shown?.filter((message) => message <= rows) ?? null;
    const here = this.folds.visible(rows, fitting);
    this.here = here;
    this.rows = here ? filteredMap(here, captionRows) : rowMap(rows, captionRows);
    this.resize();
  }

  /** Rows have arrived: those on screen are drawn. */
  arrived(): void {
    this.revealSideways();
    this.draw();
  }

  /** Draws again what is on screen, which is to be read in another way. */
  private refresh(): void {
    this.generation++;
    this.arrived();
  }

  showTimes(mode: TimeMode): void {
    this.timeMode = mode;
    const titles = {
      absolute: 'Time of day, in UTC',
      previous: 'Seconds since the message before',
      first: 'Seconds since the first message',
    };
    const words = { absolute: 'Time', previous: 'Δ before', first: 'Δ first' };
    this.header.showTimeMode(words[mode], titles[mode]);
    this.refresh();
  }

  /** Marks a message as the selected one. */
  select(message: number | null): void {
    this.selected = message;
    this.schedule();
  }

  /** Marks the messages that belong to the selected one. */
  relate(messages: ReadonlySet<number>): void {
    this.related = messages;
    this.schedule();
  }

  /** How much each row shows. */
  showDensity(density: Density): void {
    const { rowHeight } = this;
    this.density = density;
    this.root.style.setProperty('--row', `${this.rowHeight}px`);
    this.root.classList.toggle('comfortable', density === 'comfortable');
    const top = (this.scroll.top / rowHeight) * this.rowHeight;
    this.resize();
    if (this.summary) this.goTo(top);
  }

  /** Opens or closes the fold whose badge was clicked; tells whether it was one. */
  clicked(target: EventTarget | null): boolean {
    const isFold = target instanceof Element && target.closest('.badge.again') !== null;
    const message = isFold ? this.messageOf(target) : null;
    if (message !== null) this.toggleFold(message);
    return message !== null;
  }

  /** Shows the retransmissions of a message, or folds them into it. */
  toggleFold(message: number): void {
    this.folds.toggle(message);
    this.layOutRows();
  }

  /** Folds all retransmissions, or none. Tells whether they are folded now. */
  toggleFolds(): boolean {
    this.folds.toggleAll();
    this.layOutRows();
    return this.folds.folded;
  }

  private get rowHeight(): number {
    return ROW_HEIGHTS[this.density];
  }

  /** Scrolls as little as is needed to show a message and its caption. */
  reveal(message: number): void {
    this.toSide = message;
    if (this.folds.reveal(message)) this.layOutRows();
    const row = this.rows.rowOf(message);
    const first = row > 0 && this.rows.at(row - 1).caption ? row - 1 : row;
    const [top, bottom] = [first * this.rowHeight, (row + 1) * this.rowHeight];
    if (top < this.scroll.top) this.goTo(top);
    else if (bottom > this.scroll.top + this.view) this.goTo(bottom - this.view);
    this.revealSideways();
  }

  goTo(top: number): void {
    this.root.scrollTop = this.scroll.goTo(top);
    this.schedule();
  }

  /** Whether the last row is in view. */
  get isAtEnd(): boolean {
    return this.scroll.top + this.view >= (this.rows.count - 1) * this.rowHeight;
  }

  /** How many messages a page of the keyboard is. */
  get pageLength(): number {
    return Math.max(1, Math.floor(this.view / this.rowHeight) - 2);
  }

  /** The message of the row that an event came from. */
  messageOf(target: EventTarget | null): number | null {
    const row = target instanceof Element ? target.closest('.row') : null;
    return this.slots.find((slot) => slot.row === row)?.message ?? null;
  }

  private revealSideways(): void {
    const data = this.toSide === null ? undefined : this.source.get(this.toSide);
    if (!data) return;
    this.toSide = null;
    const { columns: of } = this.scene;
    const { scrollLeft, clientWidth } = this.root;
    const [one, other] = [laneAt(of, data.from), laneAt(of, data.to)];
    const [from, to] = [Math.min(one, other) - of.lane / 2, Math.max(one, other) + of.lane / 2];
    const shown = from >= scrollLeft + of.left && to <= scrollLeft + clientWidth - of.badges;
    if (!shown) this.root.scrollLeft = (from + to) / 2 - (clientWidth + of.left - of.badges) / 2;
  }

  private get view(): number {
    return Math.max(0, this.root.clientHeight - HEADER);
  }

  private resize(): void {
    const { summary } = this;
    if (!summary) return;
    const kept = this.selected !== null && this.isShown(this.selected) ? this.selected : null;
    const { lanes, rows, firstTime } = summary;
    const laidOut = columns(this.root.clientWidth, laneLabels(lanes), rows, firstTime !== null);
    this.scene = { lanes, columns: laidOut, measure: textMeasure(), withFacts: this.density === 'comfortable' };
    this.scroll.resize(this.rows.count * this.rowHeight, this.view);
    attributes(this.root, { 'aria-rowcount': this.rows.count + 1 });
    this.layOut();
    this.fitPool();
    this.root.scrollTop = this.scroll.settle();
    this.height = this.view;
    if (kept !== null) this.reveal(kept);
    this.refresh();
  }

  /** Whether a message was in view when the layout was made last. */
  private isShown(message: number): boolean {
    const top = this.rows.rowOf(message) * this.rowHeight;
    return top >= this.scroll.top && top + this.rowHeight <= this.scroll.top + this.height;
  }

  private layOut(): void {
    const { columns: of } = this.scene;
    const { style } = this.root;
    style.setProperty('--view', `${this.root.clientWidth}px`);
    style.setProperty('--number', `${of.number}px`);
    style.setProperty('--time', `${of.time}px`);
    style.setProperty('--badges', `${of.badges}px`);
    style.setProperty('--left', `${of.left}px`);
    style.setProperty('--lane', `${of.lane}px`);
    style.setProperty('--middle', `${laneAt(of, 0) - of.left}px`);
    style.setProperty('--lanes', `${of.lane * of.lanes}px`);
    this.root.classList.toggle('timeless', of.time === 0);
    this.root.classList.toggle('sideways', of.width > this.root.clientWidth);
    this.body.style.width = `${of.width}px`;
    this.body.style.height = `${this.scroll.height}px`;
    this.lifelines.style.height = `${Math.max(this.scroll.height, this.view)}px`;
  }

  private fitPool(): void {
    const wanted = Math.min(this.rows.count, Math.ceil(this.view / this.rowHeight) + 1 + 2 * SPARE_ROWS);
    while (this.slots.length > wanted) this.slots.pop()?.row.remove();
    while (this.slots.length < wanted) {
      const slot = newSlot(this.slots.length);
      this.slots.push(slot);
      this.body.append(slot.row);
    }
  }

  private scrolled(): void {
    this.scroll.scrolled(this.root.scrollTop);
    this.schedule();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), SETTLED_MS);
  }

  private settle(): void {
    const bar = this.scroll.settle();
    if (Math.abs(this.root.scrollTop - bar) >= 1) this.root.scrollTop = bar;
    this.schedule();
    this.onSettled(this.scroll.top);
  }

  private schedule(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.summary) return;
    const { clientWidth, scrollLeft } = this.root;
    this.header.draw(this.scene.lanes, this.scene.columns, scrollLeft, scrollLeft + clientWidth);
    const top = Math.floor(this.scroll.top / this.rowHeight);
    const first = Math.max(0, Math.min(top - SPARE_ROWS, this.rows.count - this.slots.length));
    const last = first + this.slots.length - 1;
    const spare = this.isNear(top);
    const bottom = top + Math.ceil(this.view / this.rowHeight);
    if (last >= first && this.here)
      this.source.wantEach(Array.from({ length: last - first + 1 }, (_, at) => this.rows.at(first + at).message));
    else if (last >= first) this.source.want(Math.max(1, this.rows.at(first).message - 1), this.rows.at(last).message);
    let active: string | null = null;
    for (let row = first; row <= last; row++) {
      const slot = this.slots[row % this.slots.length]!;
      if (!spare && (row < top || row > bottom)) putAway(slot);
      else if (this.drawRow(slot, row)) active = slot.row.id;
    }
    if (active !== this.root.getAttribute('aria-activedescendant'))
      attributes(this.root, { 'aria-activedescendant': active });
  }

  /** Whether the reader moves slowly enough to pass the rows beside the window; at speed they would be drawn for nothing. */
  private isNear(top: number): boolean {
    const near = Math.abs(top - this.lastTop) * this.rowHeight < this.view / 2;
    this.lastTop = top;
    return near;
  }

  /** Returns whether it is the selected row. */
  private drawRow(slot: Slot, row: number): boolean {
    const { message, caption } = this.rows.at(row);
    const selected = !caption && message === this.selected;
    const related = !caption && this.related.has(message);
    const compared = !caption && message === this.compared;
    const matching = !caption && this.matching.has(message);
    place(slot, row * this.rowHeight - this.scroll.shift);
    const data = this.source.get(message);
    const time = data && !caption ? this.timeOf(data) : '';
    const stamp = `${row} ${this.generation} ${selected} ${related} ${matching} ${compared} ${time}`;
    if (slot.drawn === stamp && slot.data === data) return selected;
    slot.drawn = stamp;
    slot.data = data;
    slot.message = message;
    if (caption) drawCaption(slot, this.scene, data?.captions.join(' ') ?? '');
    else if (data) drawMessage(slot, this.scene, data, time);
    else drawPlaceholder(slot, message);
    attributes(slot.row, { 'aria-rowindex': row + 2, 'aria-selected': caption ? null : String(selected) });
    slot.row.classList.toggle('selected', selected);
    slot.row.classList.toggle('related', related && !selected);
    slot.row.classList.toggle('match', matching);
    slot.row.classList.toggle('compared', compared);
    return selected;
  }

  private timeOf(data: LadderRow): string {
    const previous = this.source.get(data.index - 1)?.time ?? null;
    return timeText(this.timeMode, data.time, this.summary?.firstTime ?? null, previous);
  }
}

/** Where the first of the ascending numbers stands that is no smaller; behind the last where none is. */
function firstFrom(numbers: readonly number[], least: number): number {
  const found = numbers.findIndex((one) => one >= least);
  return found < 0 ? numbers.length : found;
}

function laneLabels(lanes: TraceSummary['lanes']): readonly string[] {
  return lanes.map(({ label }) => label);
}
