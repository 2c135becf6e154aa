import type { LadderRow, LaneArrangement, TraceSummary } from '../server/view/protocol.ts';
import type { ColourMode } from './colouring.ts';
import { attributes, element } from './dom.ts';
import { drawCaption, drawMessage, drawPlaceholder, newSlot, place, putAway, type Scene, type Slot } from './draw.ts';
import { LaneHeader } from './lanes.ts';
import { LaneView, NO_ARRANGEMENT } from './laneView.ts';
import { columns, type Density, laneAt, lifelines, ROW_HEIGHTS } from './layout.ts';
import { textMeasure } from './measure.ts';
import { kinship } from './neighbours.ts';
import { ScrollPosition } from './scroll.ts';
import { ShownRows } from './shownRows.ts';
import { NO_TIME, type RowTime, rowTime, type TimeLook, timeWords } from './times.ts';

/** Where the grid gets its rows from, and whom it tells what it shows. */
export interface RowSource {
  get(message: number): LadderRow | undefined;
  want(from: number, to: number): void;
  wantEach(messages: readonly number[]): void;
}

const SPARE_ROWS = 8;
const NO_TIMES: TimeLook = { mode: 'absolute', zone: 'utc', marked: null, logZone: null, gap: 0, slow: [] };
const HEADER = 46;
const SETTLED_MS = 200;
/** So much of a lane is to be seen beside its line. */
const EDGE = 42;

/** The ladder itself: a pool of row elements over as many messages as there are. */
export class Grid {
  readonly root: HTMLElement = element('div', 'ladder');
  readonly shown = new ShownRows();
  /** Tells that the reader has come to rest at a place, in pixels from the top. */
  onSettled: (top: number) => void = () => {};
  readonly header = new LaneHeader();
  private readonly body = attributes(element('div', 'rows'), { role: 'rowgroup' });
  /** Of the rows' part of the view, when it was laid out last. */
  private height = 0;
  private readonly lifelines = attributes(element('div', 'lifelines'), { 'aria-hidden': 'true' });
  private readonly scroll = new ScrollPosition();
  private readonly source: RowSource;
  private summary: TraceSummary | undefined;
  /** The lanes as the reader wants them. */
  view = new LaneView([], NO_ARRANGEMENT);
  private arrangement = NO_ARRANGEMENT;
  /** The lanes that have arrows on screen. */
  private busy: ReadonlySet<number> = new Set();
  private scene: Scene = {
    lanes: [],
    columns: columns({ width: 0, labels: [], messages: 0, withTimes: false, busy: null }),
    measure: textMeasure(),
    withFacts: false,
    colour: 'class',
  };
  private compared: number | null = null;
  private matching: ReadonlySet<number> = new Set();
  private slots: Slot[] = [];
  private selected: number | null = null;
  /** The row of the selected message, once it is there. */
  private lit: LadderRow | undefined;
  private times: TimeLook = NO_TIMES;
  private marked: number | null = null;
  private density: Density = 'compact';
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
    this.shown.take(summary);
    this.arrange(this.arrangement);
  }

  /** Shows the lanes as the reader wants them. */
  arrange(arrangement: LaneArrangement): void {
    this.arrangement = arrangement;
    this.view = new LaneView(this.summary?.lanes ?? [], arrangement);
    this.busy = this.busyLanes();
    this.resize();
  }

  get lanes(): LaneView['lanes'] {
    return this.view.lanes;
  }

  /** Gives the focus to the header of a lane. */
  focusLane(at: number): void {
    const { columns: of } = this.scene;
    const { scrollLeft, clientWidth } = this.root;
    const place = laneAt(of, at);
    if (place < scrollLeft + of.left + EDGE || place > scrollLeft + clientWidth - of.badges - EDGE)
      this.root.scrollLeft = place - (clientWidth + of.left - of.badges) / 2;
    this.draw();
    this.header.elementOf(at)?.focus();
  }

  /** Shows only these messages (one-based, ascending), or all. */
  filter(shown: readonly number[] | null): void {
    this.shown.filter(shown);
    this.resize();
  }

  get count(): number {
    return this.shown.count;
  }

  isHidden(message: number): boolean {
    return this.shown.isHidden(message);
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

  private layOutRows(): void {
    this.shown.layOut();
    this.resize();
  }

  /** Rows have arrived: those on screen are drawn. */
  arrived(): void {
    if (!this.timer) this.shrink();
    this.revealSideways();
    this.draw();
  }

  /** Draws again what is on screen, which is to be read in another way. */
  private refresh(): void {
    this.generation++;
    this.arrived();
  }

  /** How times are told, and the message (one-based) that is marked. */
  showTimes(look: TimeLook, marked: number | null): void {
    this.times = look;
    this.marked = marked;
    const { words, title } = timeWords(look);
    this.header.showTimeMode(words, title);
    this.refresh();
  }

  /** What the colours of arrows tell. */
  showColours(mode: ColourMode): void {
    this.scene = { ...this.scene, colour: mode };
    this.refresh();
  }

  /** Called when the header of the times is clicked. */
  onTimes(run: () => void): void {
    this.header.time.addEventListener('click', run);
  }

  /** Marks a message as the selected one. */
  select(message: number | null): void {
    this.selected = message;
    this.lit = undefined;
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
    this.shown.folds.toggle(message);
    this.layOutRows();
  }

  /** Folds all retransmissions, or none. Tells whether they are folded now. */
  toggleFolds(): boolean {
    this.shown.folds.toggleAll();
    this.layOutRows();
    return this.shown.folds.folded;
  }

  private get rowHeight(): number {
    return ROW_HEIGHTS[this.density];
  }

  /** Scrolls as little as is needed to show a message and its caption. */
  reveal(message: number): void {
    this.toSide = message;
    if (this.shown.folds.reveal(message)) this.layOutRows();
    const row = this.shown.map.rowOf(message);
    const first = row > 0 && this.shown.map.at(row - 1).caption ? row - 1 : row;
    const [top, bottom] = [first * this.rowHeight, (row + 1) * this.rowHeight];
    if (top < this.scroll.top) this.goTo(top);
    else if (bottom > this.scroll.top + this.viewHeight) this.goTo(bottom - this.viewHeight);
    this.revealSideways();
  }

  goTo(top: number): void {
    this.root.scrollTop = this.scroll.goTo(top);
    this.schedule();
  }

  /** Whether the last row is in view. */
  get isAtEnd(): boolean {
    return this.scroll.top + this.viewHeight >= (this.shown.map.count - 1) * this.rowHeight;
  }

  /** How many messages a page of the keyboard is. */
  get pageLength(): number {
    return Math.max(1, Math.floor(this.viewHeight / this.rowHeight) - 2);
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
    const ends = this.view.placed(data);
    const [one, other] = [laneAt(of, ends.from), laneAt(of, ends.to)];
    const [from, to] = [Math.min(one, other) - EDGE, Math.max(one, other) + EDGE];
    const shown = from >= scrollLeft + of.left && to <= scrollLeft + clientWidth - of.badges;
    if (!shown) this.root.scrollLeft = (from + to) / 2 - (clientWidth + of.left - of.badges) / 2;
  }

  private get viewHeight(): number {
    return Math.max(0, this.root.clientHeight - HEADER);
  }

  private resize(): void {
    const { summary } = this;
    if (!summary) return;
    const kept = this.selected !== null && this.isShown(this.selected) ? this.selected : null;
    const { rows, firstTime } = summary;
    const { lanes } = this.view;
    const laidOut = columns({
      width: this.root.clientWidth,
      labels: lanes.map(({ label }) => label),
      messages: rows,
      withTimes: firstTime !== null,
      busy: this.busy,
    });
    const withFacts = this.density === 'comfortable';
    this.scene = { ...this.scene, lanes, columns: laidOut, measure: textMeasure(), withFacts };
    this.scroll.resize(this.shown.map.count * this.rowHeight, this.viewHeight);
    attributes(this.root, { 'aria-rowcount': this.shown.map.count + 1 });
    this.layOut();
    this.fitPool();
    this.root.scrollTop = this.scroll.settle();
    this.height = this.viewHeight;
    if (kept !== null) this.reveal(kept);
    this.refresh();
  }

  /** Whether a message was in view when the layout was made last. */
  private isShown(message: number): boolean {
    const top = this.shown.map.rowOf(message) * this.rowHeight;
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
    style.setProperty('--lines', lifelines(of));
    style.setProperty('--lanes', `${of.width - of.left - of.badges}px`);
    this.root.classList.toggle('timeless', of.time === 0);
    this.root.classList.toggle('sideways', of.width > this.root.clientWidth);
    this.body.style.width = `${of.width}px`;
    this.body.style.height = `${this.scroll.height}px`;
    this.lifelines.style.height = `${Math.max(this.scroll.height, this.viewHeight)}px`;
  }

  private fitPool(): void {
    const wanted = Math.min(this.shown.map.count, Math.ceil(this.viewHeight / this.rowHeight) + 1 + 2 * SPARE_ROWS);
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
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.settle();
    }, SETTLED_MS);
  }

  private settle(): void {
    const bar = this.scroll.settle();
    if (Math.abs(this.root.scrollTop - bar) >= 1) this.root.scrollTop = bar;
    this.shrink();
    this.schedule();
    this.onSettled(this.scroll.top);
  }

  /** The lanes that have arrows on screen, as far as their rows are here. */
  private busyLanes(): ReadonlySet<number> {
    const busy = new Set<number>();
    const top = Math.floor(this.scroll.top / this.rowHeight);
    const bottom = Math.min(this.shown.map.count, top + Math.ceil(this.viewHeight / this.rowHeight) + 1);
    for (let row = top; row < bottom; row++) {
      const data = this.source.get(this.shown.map.at(row).message);
      if (!data) continue;
      const { from, to } = this.view.placed(data);
      for (const lane of [from, to]) if (lane >= 0) busy.add(lane);
    }
    return busy;
  }

  /** Where the lanes do not fit, those without an arrow on screen become narrow. */
  private shrink(): void {
    const busy = this.busyLanes();
    if (busy.size === 0 || (busy.size === this.busy.size && [...busy].every((lane) => this.busy.has(lane)))) return;
    this.busy = busy;
    if (this.scene.columns.width > this.root.clientWidth || this.scene.columns.widths.some((width) => width < EDGE))
      this.resize();
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
    const first = Math.max(0, Math.min(top - SPARE_ROWS, this.shown.map.count - this.slots.length));
    const last = first + this.slots.length - 1;
    const spare = this.isNear(top);
    const bottom = top + Math.ceil(this.viewHeight / this.rowHeight);
    if (last >= first && this.shown.here)
      this.source.wantEach(Array.from({ length: last - first + 1 }, (_, at) => this.shown.map.at(first + at).message));
    else if (last >= first)
      this.source.want(Math.max(1, this.shown.map.at(first).message - 1), this.shown.map.at(last).message);
    if (this.selected !== null) this.lit = this.source.get(this.selected) ?? this.lit;
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
    const near = Math.abs(top - this.lastTop) * this.rowHeight < this.viewHeight / 2;
    this.lastTop = top;
    return near;
  }

  /** Returns whether it is the selected row. */
  private drawRow(slot: Slot, row: number): boolean {
    const { message, caption } = this.shown.map.at(row);
    const selected = !caption && message === this.selected;
    place(slot, row * this.rowHeight - this.scroll.shift);
    const data = this.source.get(message);
    const time = data && !caption ? this.timeOf(data, row) : NO_TIME;
    const marks = caption ? '' : this.marksOf(message, data);
    const stamp = `${row} ${this.generation} ${marks} ${time.text} ${time.gap}`;
    if (slot.drawn === stamp && slot.data === data) return selected;
    slot.drawn = stamp;
    slot.data = data;
    slot.message = message;
    if (caption) drawCaption(slot, this.scene, data?.captions.join(' ') ?? '');
    else if (data) drawMessage(slot, this.scene, this.view.placed(data), time);
    else drawPlaceholder(slot, message);
    attributes(slot.row, { 'aria-rowindex': row + 2, 'aria-selected': caption ? null : String(selected) });
    if (marks) slot.row.className += marks;
    return selected;
  }

  /** The classes of a row that are about other rows: what is selected, what belongs to it, what is marked and searched for. */
  private marksOf(message: number, data: LadderRow | undefined): string {
    const selected = message === this.selected;
    const kin = !selected && data && this.lit ? kinship(this.lit, data) : '';
    return [
      selected ? ' selected' : '',
      kin && ` ${kin}`,
      message === this.marked ? ' marked' : '',
      this.matching.has(message) ? ' match' : '',
      message === this.compared ? ' compared' : '',
    ].join('');
  }

  private timeOf(data: LadderRow, row: number): RowTime {
    const above = this.shown.before(row);
    const previous = above === null ? null : (this.source.get(above)?.time ?? null);
    return rowTime(this.times, data.time, previous, this.summary?.firstTime ?? null);
  }
}
