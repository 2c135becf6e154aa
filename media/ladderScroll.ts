import { ROW_HEIGHTS } from './layout.ts';
import type { View } from './rowPool.ts';
import { ScrollPosition } from './scroll.ts';

/** The head of the ladder, which stays at its top. */
const HEADER = 46;
/** It rests when it has not moved for so long. */
const SETTLED_MS = 200;

/** What is to be done when the ladder has moved, and when it has come to rest. */
export interface ScrollHooks {
  moved(): void;
  rested(): void;
}

/** The scrolling of the ladder: which rows are in view, and how to bring others there. */
export class LadderScroll {
  /** Height of each row, in pixels. */
  rowHeight: number = ROW_HEIGHTS.compact;
  private readonly ladder: HTMLElement;
  private readonly hooks: ScrollHooks;
  private readonly position = new ScrollPosition();
  private rows = 0;
  /** Of the view, when rows were laid out last: to ask the browser would cost a layout each time. */
  private viewHeight = 0;
  /** Where the scroll bar was left or heard of last. */
  private bar = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ladder: HTMLElement, hooks: ScrollHooks) {
    this.ladder = ladder;
    this.hooks = hooks;
    ladder.addEventListener('scroll', () => this.scrolled(), { passive: true });
  }

  /** The part that is in view. */
  get view(): View {
    const { top, shift } = this.position;
    return { top, shift, height: this.viewHeight, rowHeight: this.rowHeight };
  }

  /** Pixels from the top of all rows. */
  get top(): number {
    return this.position.top;
  }

  get isMoving(): boolean {
    return this.timer !== undefined;
  }

  /** Whether the last row is in view. */
  get isAtEnd(): boolean {
    return this.top + this.viewHeight >= (this.rows - 1) * this.rowHeight;
  }

  /** How many messages a page of the keyboard is. */
  get pageLength(): number {
    return Math.max(1, Math.floor(this.viewHeight / this.rowHeight) - 2);
  }

  /** Whether a row was in view when they were laid out last. */
  holds(row: number): boolean {
    const top = row * this.rowHeight;
    return top >= this.top && top + this.rowHeight <= this.top + this.viewHeight;
  }

  /** The ladder is so high now, in pixels. */
  fit(height: number): void {
    this.viewHeight = Math.max(0, height - HEADER);
  }

  /** There are so many rows now. Gives how high what is scrolled must be, in pixels; then call `settle`. */
  layOut(rows: number): number {
    this.rows = rows;
    this.position.resize(rows * this.rowHeight, this.viewHeight);
    return this.position.height;
  }

  /** Brings the scroll bar to where the reader is. */
  settle(): void {
    this.moveBar(this.position.settle());
  }

  /** Goes to a place, in pixels from the top of all rows. */
  goTo(top: number): void {
    this.moveBar(this.position.goTo(top));
    this.hooks.moved();
  }

  by(pixels: number): void {
    this.goTo(this.top + pixels);
  }

  /** Scrolls as little as is needed to have the rows from one to another (inclusive) in view. */
  reveal(first: number, last: number): void {
    const [top, bottom] = [first * this.rowHeight, (last + 1) * this.rowHeight];
    if (top < this.top) this.goTo(top);
    else if (bottom > this.top + this.viewHeight) this.goTo(bottom - this.viewHeight);
  }

  /** To move it costs a layout, also where it is there already; at the top it stays whatever is laid out. */
  private moveBar(to: number): void {
    if (to !== 0 || this.bar !== 0) this.ladder.scrollTop = to;
    this.bar = to;
  }

  private scrolled(): void {
    this.bar = this.ladder.scrollTop;
    this.position.scrolled(this.bar);
    this.hooks.moved();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const bar = this.position.settle();
      if (Math.abs(this.ladder.scrollTop - bar) >= 1) this.moveBar(bar);
      this.hooks.rested();
    }, SETTLED_MS);
  }
}
