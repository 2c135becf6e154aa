import type { LaneArrangement, TraceSummary } from '../server/view/protocol.ts';
import { busyLanes } from './busyLanes.ts';
import type { ColourMode } from './colouring.ts';
import { bundleOf, columns } from './columns.ts';
import { attributes, element } from './dom.ts';
import type { Scene } from './draw.ts';
import { LadderScroll } from './ladderScroll.ts';
import { LaneHeader } from './lanes.ts';
import { LaneView, NO_ARRANGEMENT } from './laneView.ts';
import { type Density, ROW_HEIGHTS } from './layout.ts';
import { textMeasure } from './measure.ts';
import { RowPool, type RowSource, type View } from './rowPool.ts';
import { ShownRows } from './shownRows.ts';
import { EDGE, goToArrow, goToLane, layOutColumns, scrollColumns } from './sideways.ts';
import { rowTime, type TimeLook, timeWords } from './times.ts';

/** The ladder itself: a pool of row elements over as many messages as there are. */
export class Grid {
  readonly root: HTMLElement = element('div', 'ladder');
  readonly shown = new ShownRows();
  /** Tells that rows were laid out anew, and which part of them is drawn. */
  onLaidOut: () => void = () => {};
  onDrawn: (view: View) => void = () => {};
  /** Tells that the reader has come to rest at a place, in pixels from the top. */
  onSettled: (top: number) => void = () => {};
  readonly header = new LaneHeader();
  private readonly body = attributes(element('div', 'rows'), { role: 'rowgroup' });
  private readonly lifelines = attributes(element('div', 'lifelines'), { 'aria-hidden': 'true' });
  readonly scroll = new LadderScroll(this.root, { moved: () => this.schedule(), rested: () => this.rested() });
  private readonly source: RowSource;
  private readonly pool: RowPool;
  private summary: TraceSummary | undefined;
  /** The lanes as the reader wants them. */
  view = new LaneView([], NO_ARRANGEMENT);
  private arrangement = NO_ARRANGEMENT;
  /** The lanes that have arrows on screen. */
  private busy: ReadonlySet<number> = new Set();
  private scene: Scene = {
    lanes: [],
    columns: columns({ width: 0, labels: [], messages: 0, withTimes: false, busy: null, pinned: 0 }),
    scrolled: 0,
    view: 0,
    measure: textMeasure(),
    withFacts: false,
    colour: 'class',
  };
  /** Of the ladder, when it was laid out last, in pixels. */
  private size = { width: 0, height: 0 };
  /** How times are told now, and from which message. */
  private shownTimes = '';
  private density: Density = 'compact';
  private frame = 0;
  /** The lane that gets or has the focus: it is as wide as those at work. */
  private visited: number | null = null;
  /** The message whose arrow is still to be brought into view from the side: its row has not arrived yet. */
  private toSide: number | null = null;

  constructor(source: RowSource) {
    this.source = source;
    this.pool = new RowPool(this.body, source, this.shown);
    attributes(this.root, {
      role: 'grid',
      id: 'ladder',
      tabindex: 0,
      'aria-label': 'Message ladder',
      'aria-describedby': 'keys-hint',
    });
    this.body.append(this.lifelines);
    const head = attributes(element('div', 'head'), { role: 'rowgroup' });
    head.append(this.header.row);
    this.root.append(head, this.body);
    for (const moved of ['focusin', 'focusout'])
      this.header.row.addEventListener(moved, ({ type }) => {
        this.visited = type === 'focusin' ? this.header.focused : null;
      });
    new ResizeObserver(() => this.resized()).observe(this.root);
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
    this.visited = at;
    if (bundleOf(this.scene.columns, at)) this.shrink();
    goToLane(this.root, this.scene.columns, at);
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
    this.pool.matching = messages;
    this.schedule();
  }

  /** Shows which message is marked to be compared with another one. */
  markForComparison(message: number | null): void {
    this.pool.compared = message;
    this.schedule();
  }

  /** Draws gaps in proportion to time: when each message was (in milliseconds, NaN where that is not known), or null to draw none. */
  showGaps(times: Float64Array | null): void {
    const staysAtEnd = this.shown.times !== null && times !== null && this.scroll.isAtEnd; // of a trace that grows
    const { rowHeight } = this.scroll;
    const top = this.shown.map.at(Math.floor(this.scroll.top / rowHeight)).message;
    const kept = this.kept ?? top;
    const offset = this.shown.map.rowOf(kept) * rowHeight - this.scroll.top;
    this.shown.times = times;
    this.layOutRows();
    if (staysAtEnd) this.scroll.goTo(Number.MAX_SAFE_INTEGER);
    else this.scroll.goTo(this.shown.map.rowOf(kept) * rowHeight - offset);
  }

  private layOutRows(): void {
    this.shown.layOut();
    this.resize();
  }

  /** Rows have arrived: those on screen are drawn. */
  arrived(): void {
    if (!this.scroll.isMoving) this.shrink();
    this.revealSideways();
    this.draw();
  }

  /** Draws again what is on screen, which is to be read in another way. */
  private refresh(): void {
    this.pool.outdate();
    this.arrived();
  }

  /** How times are told, and the message (one-based) that is marked. */
  showTimes(look: TimeLook, marked: number | null): void {
    const stamp = JSON.stringify([look, marked]);
    if (stamp === this.shownTimes) return;
    this.shownTimes = stamp;
    this.pool.times = look;
    this.pool.marked = marked;
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
    this.pool.selected = message;
    this.schedule();
  }

  /** How much each row shows. */
  showDensity(density: Density): void {
    const { kept } = this;
    const rows = this.scroll.top / this.scroll.rowHeight;
    this.density = density;
    this.scroll.rowHeight = ROW_HEIGHTS[density];
    this.root.style.setProperty('--row', `${this.scroll.rowHeight}px`);
    this.root.classList.toggle('comfortable', density === 'comfortable');
    this.resize();
    if (!this.summary) return;
    this.scroll.goTo(rows * this.scroll.rowHeight);
    if (kept !== null) this.keep(kept);
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

  /** Leaves the keep-alives out, or shows them. */
  hideKeepAlives(isHiding: boolean): void {
    if (this.shown.keepAlives.isHiding === isHiding) return;
    this.shown.keepAlives.isHiding = isHiding;
    this.layOutRows();
  }

  /** Shows a message and its caption: scrolls as little as is needed, and unfolds what hides it. */
  reveal(message: number): void {
    if (this.shown.reveal(message)) this.layOutRows();
    this.scrollTo(message);
  }

  /** The same for a message that was chosen before: keep-alives that are hidden stay so. */
  keep(message: number): void {
    if (this.shown.keepAlives.hides(message)) this.scrollTo(message);
    else this.reveal(message);
  }

  private scrollTo(message: number): void {
    this.toSide = message;
    const row = this.shown.map.rowOf(message);
    const first = row > 0 && this.shown.map.at(row - 1).caption ? row - 1 : row;
    this.scroll.reveal(first, row);
    this.revealSideways();
  }

  /** The selected and the marked message (one-based), or null. */
  get selected(): number | null {
    return this.pool.selected;
  }

  get marked(): number | null {
    return this.pool.marked;
  }

  /** The time of day, in the zone that is shown: `12:03:11`. */
  clockOf(time: number): string {
    return rowTime({ ...this.pool.times, mode: 'absolute' }, time, null, null).text.slice(0, 8);
  }

  /** The message of the row that an event came from. */
  messageOf(target: EventTarget | null): number | null {
    return this.pool.messageOf(target);
  }

  private revealSideways(): void {
    const data = this.toSide === null ? undefined : this.source.get(this.toSide);
    if (!data) return;
    this.toSide = null;
    goToArrow(this.root, this.scene.columns, this.view.placed(data));
  }

  /** The rows are as they were laid out, unless the ladder has another size since. */
  private resized(): void {
    const { width, height } = this.measured();
    if (width !== this.size.width || height !== this.size.height) this.resize();
  }

  /** The room of the ladder in whole pixels: the browser tells its height rounded, and a row is to be in view to its last part. */
  private measured() {
    const { clientWidth: width, clientHeight } = this.root;
    return { width, height: Math.min(clientHeight, Math.floor(this.root.getBoundingClientRect().height)) };
  }

  private resize(): void {
    const { summary } = this;
    if (!summary) return;
    const { kept } = this;
    const { rows, firstTime } = summary;
    const { lanes } = this.view;
    this.size = this.measured();
    this.scroll.fit(this.size.height);
    const laidOut = columns({
      width: this.size.width,
      labels: lanes.map(({ label }) => label),
      messages: rows,
      withTimes: firstTime !== null,
      busy: this.busy,
      pinned: lanes.filter(({ isPinned }) => isPinned).length,
    });
    const withFacts = this.density === 'comfortable';
    this.scene = {
      ...this.scene,
      lanes,
      columns: laidOut,
      measure: textMeasure(),
      withFacts,
      ...this.sideways(laidOut),
    };
    attributes(this.root, { 'aria-rowcount': this.shown.map.told + 1 });
    this.layOut();
    this.pool.fit(this.scroll.view);
    this.scroll.settle();
    if (kept !== null) this.keep(kept);
    this.onLaidOut();
    this.refresh();
  }

  /** The chosen message, if it was in view when the layout was made last. */
  private get kept(): number | null {
    const { selected } = this.pool;
    return selected !== null && this.scroll.holds(this.shown.map.rowOf(selected)) ? selected : null;
  }

  private layOut(): void {
    const { columns: of } = this.scene;
    layOutColumns(this.root, of, this.size.width);
    this.body.style.width = `${of.width}px`;
    const height = this.scroll.layOut(this.shown.map.count);
    this.body.style.height = `${height}px`;
    this.lifelines.style.height = `${Math.max(height, this.scroll.view.height)}px`;
  }

  private rested(): void {
    this.shrink();
    this.schedule();
    this.onSettled(this.scroll.top);
  }

  /** What words and pinned lanes go by where the ladder is wider than the page. */
  private sideways({ width }: Scene['columns']): Pick<Scene, 'scrolled' | 'view'> {
    const isWider = width > this.size.width;
    return isWider ? { scrolled: this.root.scrollLeft, view: this.size.width } : { scrolled: 0, view: 0 };
  }

  private busyLanes(): ReadonlySet<number> {
    const { view } = this.scroll;
    const { shown, source, view: lanes, visited } = this;
    return busyLanes({ view, shown, source, lanes, visited });
  }

  /** Where the lanes do not fit, those without an arrow on screen become narrow. */
  private shrink(): void {
    const busy = this.busyLanes();
    if (busy.size === 0 || (busy.size === this.busy.size && [...busy].every((lane) => this.busy.has(lane)))) return;
    this.busy = busy;
    if (this.scene.columns.width > this.size.width || this.scene.columns.widths.some((width) => width < EDGE))
      this.resize();
  }

  private schedule(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.summary) return;
    const { columns: of } = this.scene;
    const sideways = this.sideways(of);
    const { scrolled } = sideways;
    if (scrolled !== this.scene.scrolled) {
      this.scene = { ...this.scene, ...sideways };
      scrollColumns(this.root, of, scrolled);
      this.pool.outdate();
    }
    this.header.draw(this.scene.lanes, this.scene.columns, scrolled, scrolled + this.size.width);
    const { scene, view: lanes } = this;
    const { view } = this.scroll;
    const active = this.pool.draw(view, { scene, lanes, firstTime: this.summary.firstTime });
    if (active !== this.root.getAttribute('aria-activedescendant'))
      attributes(this.root, { 'aria-activedescendant': active });
    this.onDrawn(view);
  }
}
