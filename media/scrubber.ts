import { attributes, element } from './dom.ts';
import type { Grid } from './grid.ts';
import type { Overview } from './overview.ts';
import type { View } from './rowPool.ts';
import { barLengths, type Strip, type StripSource, stretchOf, stripOf, type Tally, tickStrengths } from './strip.ts';
import { plain } from './words.ts';

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
/** What the drawing takes from the theme, by way of the style sheet. */
const COLOURS = { bar: '--strip-bar', grave: '--strip-grave', warned: '--strip-warned' } as const;

/**
 * A strip beside the ladder with all of its rows: how fast messages came, where failures and problems are, what is in view. It scrolls as a scroll
 * bar does. Nothing that it does while the ladder is scrolled grows with the trace.
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
  private readonly hooks: ScrubberHooks;
  private strip: Strip | undefined;
  private drawn: StripSource | undefined;
  /** What is in view of the ladder. */
  private view: View;
  /** Where in the box it is held, in pixels from its top. */
  private held: number | null = null;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(hooks: ScrubberHooks) {
    this.hooks = hooks;
    this.view = hooks.grid.scroll.view;
    this.root.append(this.canvas, this.box, this.selected, this.marked);
    this.root.addEventListener('pointerdown', (event) => this.pressed(event));
    this.root.addEventListener('pointermove', (event) => this.pointed(event));
    for (const end of ['pointerup', 'pointercancel']) this.root.addEventListener(end, () => this.released());
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

  /** The ladder was scrolled, or a message chosen or marked. It measures nothing, since that would cost each frame a layout. */
  follow(view: View): void {
    this.view = view;
    if (this.root.hidden || !this.strip) return;
    const { top, height } = view;
    const high = Math.max(LEAST_BOX, Math.min(height, this.full) * this.scale);
    const at = Math.min(top * this.scale, Math.max(0, this.strip.pixels - high));
    this.box.style.transform = `translateY(${at}px)`;
    this.box.style.height = `${high}px`;
    this.place(this.selected, this.hooks.grid.selected);
    this.place(this.marked, this.hooks.grid.marked);
    this.timer ??= setTimeout(() => this.tell(), TELL_MS);
  }

  /** Height of all rows, in pixels, and how many pixels of the strip stand for one of them. */
  private get full(): number {
    const { map } = this.hooks.grid.shown;
    return map.count * this.view.rowHeight;
  }

  private get scale(): number {
    return (this.strip?.pixels ?? 0) / Math.max(1, this.full);
  }

  private draw(): void {
    this.frame = 0;
    const { clientWidth: width, clientHeight: height } = this.root;
    if (this.root.hidden || width === 0 || height === 0) return;
    const { grid, overview } = this.hooks;
    const pixels = Math.max(1, Math.floor(Math.min(height, this.full)));
    const { marks, times } = overview;
    const strip = this.putOnStrip({ map: grid.shown.map, marks, times, pixels });
    attributes(this.root, { 'aria-description': tallyWords(strip.all) || null });
    paint(this.canvas, strip, { width, height, colour: this.colours() });
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

  private colours() {
    const style = getComputedStyle(this.root);
    return (name: keyof typeof COLOURS) => style.getPropertyValue(COLOURS[name]).trim();
  }

  private place(mark: HTMLElement, message: number | null): void {
    const { grid } = this.hooks;
    const isThere = message !== null && message <= grid.count && !grid.isHidden(message);
    mark.hidden = !isThere;
    if (!isThere) return;
    const middle = (grid.shown.map.rowOf(message) + 0.5) * this.view.rowHeight;
    mark.style.transform = `translateY(${Math.round(middle * this.scale)}px)`;
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
      'aria-valuetext': `message ${plainNumber(message)} of ${plainNumber(grid.count)}${clock && `, ${clock}`}`,
    });
  }

  private clockOf(message: number): string {
    const time = this.hooks.overview.times?.[message - 1] ?? Number.NaN;
    return Number.isNaN(time) ? '' : this.hooks.grid.clockOf(time);
  }

  private pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.root.setPointerCapture(event.pointerId);
    const { top, bottom, height } = this.box.getBoundingClientRect();
    const isOnBox = event.clientY >= top && event.clientY <= bottom;
    this.held = isOnBox ? event.clientY - top : height / 2;
    this.root.classList.add('held');
    if (!isOnBox) this.drag(event.clientY);
  }

  private released(): void {
    this.held = null;
    this.root.classList.remove('held');
  }

  private pointed({ clientY }: PointerEvent): void {
    if (this.held !== null) this.drag(clientY);
    else this.root.title = this.storyAt(clientY - this.root.getBoundingClientRect().top);
  }

  private drag(clientY: number): void {
    const at = clientY - this.root.getBoundingClientRect().top - this.held!;
    this.hooks.grid.scroll.goTo(at / this.scale);
  }

  private scrollTo(top: number): void {
    this.hooks.grid.scroll.goTo(top);
    this.tell();
  }

  /** What lies under the pointer, and how the strip is to be read. */
  private storyAt(y: number): string {
    const { strip } = this;
    const { grid, overview } = this.hooks;
    const { map } = grid.shown;
    if (!strip || y >= strip.pixels || map.count === 0) return '';
    const stretch = Math.floor((Math.max(0, y) / strip.pixels) * strip.grave.length);
    const rowAt = (one: number) => Math.ceil((one * map.count) / strip.grave.length);
    const [from, to] = [rowAt(stretch), Math.max(rowAt(stretch) + 1, rowAt(stretch + 1))];
    const { first, last, tally } = stretchOf(map, overview.marks, from, Math.min(to, from + MOST_COUNTED, map.count));
    const rate = strip.rates[Math.floor((y / strip.pixels) * strip.rates.length)] ?? Number.NaN;
    const clock = this.clockOf(first);
    const which =
      first === last ? `Message ${plainNumber(first)}` : `Messages ${plainNumber(first)}–${plainNumber(last)}`;
    return [
      `${which} of ${plainNumber(grid.count)}${clock && `, ${clock}`}`,
      Number.isNaN(rate) ? '' : `About ${rateWords(rate)} here`,
      tallyWords(tally),
      '\nAcross: failures and errors. Half across: warnings.',
      overview.times ? 'The longer a bar, the faster messages came.' : 'The trace has no times, and so no bars.',
    ]
      .filter((line) => line !== '')
      .join('\n');
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { grid } = this.hooks;
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

function plainNumber(number: number): string {
  return number.toLocaleString('en');
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

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly colour: (name: keyof typeof COLOURS) => string;
}

/** Bars from the left; over them failures and errors across, warnings on the right half: told apart without colour, too. */
function paint(canvas: HTMLCanvasElement, strip: Strip, { width, height, colour }: Canvas): void {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  const lengths = barLengths(strip.rates);
  context.fillStyle = colour('bar');
  const bar = strip.pixels / lengths.length;
  lengths.forEach((length, at) => {
    if (length > 0) context.fillRect(0, at * bar, Math.max(1, length * (width - 2)), Math.max(1, bar - 0.5));
  });
  for (const [kind, left] of [
    ['warned', width / 2],
    ['grave', 0],
  ] as const) {
    const strengths = tickStrengths(strip[kind]);
    const high = strip.pixels / strengths.length;
    context.fillStyle = colour(kind);
    strengths.forEach((strength, at) => {
      context.globalAlpha = strength;
      if (strength > 0) context.fillRect(left, at * high, width, Math.min(4, Math.max(strength < 1 ? high : 2, high)));
    });
  }
}
