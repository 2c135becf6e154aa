import { attributes, element } from './dom.ts';
import type { Grid } from './grid.ts';
import type { RowMap } from './layout.ts';
import type { Overview } from './overview.ts';
import type { View } from './rowPool.ts';
import { type Strip, type StripSource, stretchOf, stripOf, type Tally } from './strip.ts';
import { coloursOf, paintStrip } from './stripPaint.ts';
import { mapOfRange, partOf, type RowRange, rangeAround, rowsOf, type StripPart } from './stripPart.ts';
import { grouped, plain } from './words.ts';

export interface ScrubberHooks {
  readonly grid: Grid;
  readonly overview: Overview;
  /** Gives the focus back. */
  readonly closed: () => void;
}

/** The box of what is in view is at least so high, in pixels. */
const LEAST_BOX = 6;
/** What is read aloud follows so much later than what is seen. */
const TELL_MS = 150;
/** The messages under the pointer are counted up to so many. */
const MOST_COUNTED = 20_000;
/** A drag with Shift chooses a part if it is so many pixels long, or else was a slip. */
const LEAST_DRAG = 4;
/** So much longer or shorter a part gets with each key. */
const ZOOM = 2;

/**
 * A strip beside the ladder with all of its rows: how fast messages came, where failures and problems are, what is in view. It scrolls as a scroll
 * bar does, and can show a part of the rows alone, larger. Nothing that it does while the ladder is scrolled grows with the trace.
 */
export class Scrubber {
  readonly root: HTMLElement = attributes(element('div', 'scrubber'), {
    role: 'scrollbar',
    tabindex: 0,
    'aria-label': 'Overview of the trace',
    'aria-orientation': 'vertical',
    'aria-controls': 'ladder',
    'aria-valuemin': 1,
    'aria-valuemax': 1,
    'aria-valuenow': 1,
  });
  private readonly canvas = attributes(element('canvas', 'strip'), { 'aria-hidden': 'true' });
  private readonly box = element('div', 'strip-view');
  private readonly selected = element('div', 'strip-selected');
  private readonly marked = element('div', 'strip-marked');
  private readonly choice = element('div', 'strip-choice');
  private readonly hooks: ScrubberHooks;
  private strip: Strip | undefined;
  private drawn: StripSource | undefined;
  /** What it shows of the ladder, null for all; the rows of that, and these as a map of their own. */
  private part: StripPart | null = null;
  private rows: RowRange = { from: 0, to: 0 };
  private cut: { readonly of: RowMap; readonly rows: RowRange; readonly map: RowMap } | undefined;
  /** What is in view of the ladder. */
  private view: View;
  /** Where in the box it is held, in pixels from its top. */
  private held: number | null = null;
  /** Where a part is begun to be chosen, in pixels of the strip. */
  private chosenFrom: number | null = null;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(hooks: ScrubberHooks) {
    this.hooks = hooks;
    this.view = hooks.grid.scroll.view;
    this.choice.hidden = true;
    this.root.append(this.canvas, this.box, this.selected, this.marked, this.choice);
    this.root.addEventListener('pointerdown', (event) => this.pressed(event));
    this.root.addEventListener('pointermove', (event) => this.pointed(event));
    this.root.addEventListener('pointerup', ({ clientY }) => this.released(clientY));
    this.root.addEventListener('pointercancel', () => this.released(null));
    this.root.addEventListener('dblclick', () => this.show(null));
    this.root.addEventListener('keydown', (event) => this.key(event));
    this.root.addEventListener('wheel', ({ deltaY }) => hooks.grid.scroll.by(deltaY), { passive: true });
    new ResizeObserver(() => this.outdate()).observe(this.root);
    // Colours come from the theme, which VS Code puts on the page's root and body.
    const themes = new MutationObserver(() => this.outdate());
    for (const of of [document.documentElement, document.body])
      themes.observe(of, { attributes: true, attributeFilter: ['class', 'style'] });
  }

  /** What is shown has changed, or how: the strip is drawn anew with the next frame. */
  outdate(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  /** Shows a part of the ladder alone, from a message to another, or all of it where it shows that part already; at least what is in view. */
  fit(first: number, last: number): void {
    const { map } = this.hooks.grid.shown;
    const part = partOf(map, rowsOf(map, { first, last }), this.rowsInView);
    const isShown = part?.first === this.part?.first && part?.last === this.part?.last;
    this.show(isShown ? null : part);
    if (this.part) this.hooks.grid.scroll.reveal(map.rowOf(first), map.rowOf(first));
  }

  private show(part: StripPart | null): void {
    this.part = part;
    this.outdate();
    this.timer ??= setTimeout(() => this.tell(), TELL_MS);
  }

  /** Shows a part that is so many times as long, around what is in view. */
  private zoom(factor: number): void {
    const { map } = this.hooks.grid.shown;
    const { top, height, rowHeight } = this.view;
    const middle = (top + height / 2) / rowHeight;
    const half = ((this.rows.to - this.rows.from) * factor) / 2;
    this.show(partOf(map, { from: middle - half, to: middle + half }, this.rowsInView));
  }

  private get rowsInView(): number {
    return this.view.height / this.view.rowHeight;
  }

  /** The ladder was scrolled, or a message chosen or marked. It measures nothing, since that would cost each frame a layout. */
  follow(view: View): void {
    this.view = view;
    if (this.root.hidden || !this.strip) return;
    if (this.part && this.held === null) this.keepInView();
    const { top, height } = view;
    const high = Math.max(LEAST_BOX, Math.min(height, this.full) * this.scale);
    const at = Math.max(0, Math.min(this.pixelOf(top), this.strip.pixels - high));
    this.box.style.transform = `translateY(${at}px)`;
    this.box.style.height = `${high}px`;
    this.place(this.selected, this.hooks.grid.selected);
    this.place(this.marked, this.hooks.grid.marked);
    this.timer ??= setTimeout(() => this.tell(), TELL_MS);
  }

  /** Shows the next part, or the one before, when the ladder was scrolled out of this one. */
  private keepInView(): void {
    const { map } = this.hooks.grid.shown;
    const { top, height, rowHeight } = this.view;
    const range = rangeAround(map, this.rows, (top + Math.min(height, map.count * rowHeight) / 2) / rowHeight);
    if (range.from !== this.rows.from) this.show(partOf(map, range, this.rowsInView));
  }

  /** Height of the rows that it shows, in pixels, and how many pixels of the strip stand for one of them. */
  private get full(): number {
    return (this.rows.to - this.rows.from) * this.view.rowHeight;
  }

  private get scale(): number {
    return (this.strip?.pixels ?? 0) / Math.max(1, this.full);
  }

  /** Where in the strip is what lies so many pixels from the top of all rows. */
  private pixelOf(top: number): number {
    return (top - this.rows.from * this.view.rowHeight) * this.scale;
  }

  /** The row at a pixel of the strip. */
  private rowAt(y: number): number {
    return this.rows.from + y / this.scale / this.view.rowHeight;
  }

  /** The rows that it shows, as a map: the same one as long as they are the same. */
  private get map(): RowMap {
    const { map: of } = this.hooks.grid.shown;
    const { rows, cut } = this;
    if (rows.from === 0 && rows.to === of.count) return of;
    if (cut?.of !== of || cut.rows.from !== rows.from || cut.rows.to !== rows.to)
      this.cut = { of, rows, map: mapOfRange(of, rows) };
    return this.cut!.map;
  }

  private draw(): void {
    this.frame = 0;
    const { clientWidth: width, clientHeight: height } = this.root;
    if (this.root.hidden || width === 0 || height === 0) return;
    const { grid, overview } = this.hooks;
    this.rows = rowsOf(grid.shown.map, this.part);
    const pixels = Math.max(1, Math.floor(this.part ? height : Math.min(height, this.full)));
    const { marks, times } = overview;
    const strip = this.putOnStrip({ map: this.map, marks, times, pixels });
    attributes(this.root, {
      'aria-description': [this.partWords(), tallyWords(strip.all)].filter((words) => words !== '').join('; ') || null,
    });
    this.root.classList.toggle('has-above', this.rows.from > 0);
    this.root.classList.toggle('has-below', this.rows.to < grid.shown.map.count);
    paintStrip(this.canvas, strip, { width, height, colour: coloursOf(this.root) });
    this.follow(this.hooks.grid.scroll.view);
  }

  /** That grows with the trace, so it is done only where something is new: not when lanes move or colours change. */
  private putOnStrip(source: StripSource): Strip {
    const { drawn } = this;
    const { map, marks, times, pixels } = source;
    const isSame = drawn?.map === map && drawn.marks === marks && drawn.times === times && drawn.pixels === pixels;
    this.drawn = source;
    this.strip = isSame && this.strip ? this.strip : stripOf(source);
    return this.strip;
  }

  /** `messages 120–360 alone`; '' where it shows all. */
  private partWords(): string {
    const { part } = this;
    return part ? `messages ${grouped(part.first)}–${grouped(part.last)} alone` : '';
  }

  private place(mark: HTMLElement, message: number | null): void {
    const { grid } = this.hooks;
    const isThere = message !== null && message <= grid.count && !grid.isHidden(message);
    const row = isThere ? grid.shown.map.rowOf(message) : -1;
    mark.hidden = row < this.rows.from || row >= this.rows.to;
    if (!mark.hidden)
      mark.style.transform = `translateY(${Math.round(this.pixelOf((row + 0.5) * this.view.rowHeight))}px)`;
  }

  /** Says where the ladder is, for those who hear it. */
  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { grid } = this.hooks;
    const { top, rowHeight } = this.view;
    const { message } = grid.shown.map.at(Math.min(Math.ceil(top / rowHeight), Math.max(0, grid.shown.map.count - 1)));
    const clock = this.clockOf(message);
    attributes(this.root, {
      'aria-valuemax': Math.max(1, grid.shown.last),
      'aria-valuenow': message,
      'aria-valuetext': `message ${grouped(message)} of ${grouped(grid.count)}${clock && `, ${clock}`}`,
    });
  }

  private clockOf(message: number): string {
    const time = this.hooks.overview.times?.[message - 1] ?? Number.NaN;
    return Number.isNaN(time) ? '' : this.hooks.grid.clockOf(time);
  }

  private pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.root.setPointerCapture(event.pointerId);
    if (event.shiftKey) {
      this.chosenFrom = this.inStrip(event.clientY);
      return;
    }
    const { top, bottom, height } = this.box.getBoundingClientRect();
    const isOnBox = event.clientY >= top && event.clientY <= bottom;
    this.held = isOnBox ? event.clientY - top : height / 2;
    this.root.classList.add('held');
    if (!isOnBox) this.drag(event.clientY);
  }

  /** The pointer was let go at a height of the page, or lost (null). */
  private released(clientY: number | null): void {
    const { chosenFrom } = this;
    this.held = null;
    this.chosenFrom = null;
    this.choice.hidden = true;
    this.root.classList.remove('held');
    if (chosenFrom === null || clientY === null) return;
    const [from, to] = inOrder(chosenFrom, this.inStrip(clientY));
    if (to - from < LEAST_DRAG) return;
    const { map } = this.hooks.grid.shown;
    const part = partOf(map, { from: this.rowAt(from), to: this.rowAt(to) }, this.rowsInView);
    this.show(part);
    if (part) this.hooks.grid.scroll.goTo(map.rowOf(part.first) * this.view.rowHeight);
  }

  private pointed({ clientY }: PointerEvent): void {
    if (this.chosenFrom !== null) this.stretchChoice(this.chosenFrom, this.inStrip(clientY));
    else if (this.held !== null) this.drag(clientY);
    else this.root.title = this.storyAt(this.inStrip(clientY));
  }

  private stretchChoice(one: number, other: number): void {
    const [from, to] = inOrder(one, other);
    this.choice.hidden = false;
    this.choice.style.transform = `translateY(${from}px)`;
    this.choice.style.height = `${to - from}px`;
  }

  /** A height of the page as one of the strip, within what is drawn. */
  private inStrip(clientY: number): number {
    return Math.max(0, Math.min(this.strip?.pixels ?? 0, clientY - this.root.getBoundingClientRect().top));
  }

  private drag(clientY: number): void {
    const { height, rowHeight } = this.view;
    const at = clientY - this.root.getBoundingClientRect().top - this.held!;
    const top = this.rows.from * rowHeight + at / this.scale;
    const least = this.rows.from * rowHeight;
    const most = Math.max(least, this.rows.to * rowHeight - height);
    this.hooks.grid.scroll.goTo(this.part ? Math.max(least, Math.min(most, top)) : top);
  }

  private scrollTo(top: number): void {
    this.hooks.grid.scroll.goTo(top);
    this.tell();
  }

  /** What lies under the pointer, and how the strip is to be read. */
  private storyAt(y: number): string {
    const { strip } = this;
    const { grid, overview } = this.hooks;
    const { map } = this;
    if (!strip || y >= strip.pixels || map.count === 0) return '';
    const stretch = Math.floor((Math.max(0, y) / strip.pixels) * strip.grave.length);
    const rowAt = (one: number) => Math.ceil((one * map.count) / strip.grave.length);
    const [from, to] = [rowAt(stretch), Math.max(rowAt(stretch) + 1, rowAt(stretch + 1))];
    const { first, last, tally } = stretchOf(map, overview.marks, from, Math.min(to, from + MOST_COUNTED, map.count));
    const rate = strip.rates[Math.floor((y / strip.pixels) * strip.rates.length)] ?? Number.NaN;
    const clock = this.clockOf(first);
    const which = first === last ? `Message ${grouped(first)}` : `Messages ${grouped(first)}–${grouped(last)}`;
    return [
      `${which} of ${grouped(grid.count)}${clock && `, ${clock}`}`,
      Number.isNaN(rate) ? '' : `About ${rateWords(rate)} here`,
      tallyWords(tally),
      this.part ? `\nShown: ${this.partWords()}. A double click shows all.` : '\nA drag with Shift shows a part alone.',
      'Across: failures and errors. Half across: warnings.',
      barWords(overview),
    ]
      .filter((line) => line !== '')
      .join('\n');
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { grid } = this.hooks;
    const zooms: Record<string, () => void> = {
      '+': () => this.zoom(1 / ZOOM),
      '-': () => this.zoom(ZOOM),
      '0': () => this.show(null),
    };
    if (Object.hasOwn(zooms, event.key)) {
      event.preventDefault();
      zooms[event.key]!();
      return;
    }
    const { top, height, rowHeight } = grid.scroll.view;
    const targets: Record<string, number> = {
      ArrowUp: top - rowHeight,
      ArrowDown: top + rowHeight,
      PageUp: top - Math.max(rowHeight, height - rowHeight),
      PageDown: top + Math.max(rowHeight, height - rowHeight),
      Home: 0,
      End: Number.MAX_SAFE_INTEGER,
    };
    const target = targets[event.key];
    const isLeft = event.key === 'Escape' || event.key === 'Enter';
    if (target === undefined && !isLeft) return;
    event.preventDefault();
    if (isLeft) this.hooks.closed();
    else this.scrollTo(target!);
  }
}

function inOrder(one: number, other: number): readonly [number, number] {
  return one < other ? [one, other] : [other, one];
}

function barWords({ times, isTooLong }: Overview): string {
  if (isTooLong) return 'The trace has too many messages for bars.';
  return times ? 'The longer a bar, the faster messages came.' : 'The trace has no times, and so no bars.';
}

/** `2 failures, 1 message with errors`; '' where there is nothing to tell. */
function tallyWords({ failures, errors, warnings, unchecked }: Tally): string {
  return [
    failures > 0 && plain(failures, 'failure'),
    errors > 0 && plain(errors, 'message with errors', 'messages with errors'),
    warnings > 0 && plain(warnings, 'message with warnings', 'messages with warnings'),
    unchecked > 0 && `${plain(unchecked, 'message')} not checked yet`,
  ]
    .filter((one) => one !== false)
    .join(', ');
}

/** `12 messages a second`, `3 messages a minute`. */
function rateWords(perSecond: number): string {
  const [rate, unit] =
    perSecond >= 1
      ? [perSecond, 'second']
      : perSecond >= 1 / 60
        ? [perSecond * 60, 'minute']
        : [perSecond * 3600, 'hour'];
  const rounded = rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10;
  return `${plain(rounded, 'message')} a ${unit}`;
}
