/** Positions beyond 8.39 million pixels lose precision in the browser, so no element is made higher than this. */
export const HIGHEST = 8_000_000;

/**
 * Where the reader is in a ladder that may be higher than an element can be. Short moves are taken pixel for pixel,
 * long ones (a drag of the scroll bar) by proportion, and `settle` brings the scroll bar back in step when it rests.
 */
export class ScrollPosition {
  private full = 0;
  private view = 0;
  private bar = 0;
  private position = 0;

  /** Pixels from the top of the whole ladder. */
  get top(): number {
    return this.position;
  }

  /** Height of the element that is scrolled. */
  get height(): number {
    return Math.min(this.full, HIGHEST);
  }

  /** How far a row's true place is from its place in the scrolled element. */
  get shift(): number {
    return this.position - this.bar;
  }

  resize(full: number, view: number): void {
    this.full = full;
    this.view = view;
    this.position = clamp(this.position, this.farthest);
    this.bar = this.barAt(this.position);
  }

  /** The scroll bar has moved. */
  scrolled(bar: number): void {
    const move = bar - this.bar;
    const near = Math.abs(move) <= 2 * this.view && bar > 0 && bar < this.farthestBar;
    this.position = clamp(near ? this.position + move : this.positionAt(bar), this.farthest);
    this.bar = bar;
  }

  /** Goes to a place; returns where the scroll bar must be. */
  goTo(position: number): number {
    this.position = clamp(position, this.farthest);
    return this.settle();
  }

  /** Brings the scroll bar to where the position is; returns its place. */
  settle(): number {
    this.bar = this.barAt(this.position);
    return this.bar;
  }

  private get farthest(): number {
    return Math.max(0, this.full - this.view);
  }

  private get farthestBar(): number {
    return Math.max(0, this.height - this.view);
  }

  private barAt(position: number): number {
    if (this.full <= HIGHEST) return position;
    return Math.round((position / this.farthest) * this.farthestBar);
  }

  private positionAt(bar: number): number {
    if (this.full <= HIGHEST) return bar;
    return (clamp(bar, this.farthestBar) / this.farthestBar) * this.farthest;
  }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
