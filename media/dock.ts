import type { DockSide } from './host.ts';

/** Where the details stand: beside the ladder or below it. Until the reader chooses, the width of the page decides. */
export class Dock {
  /** Called when the details have come to the other side. */
  onMoved: () => void = () => {};
  private readonly area: HTMLElement;
  private readonly wide = matchMedia('(min-width: 1000px)');
  private readonly chosen: (side: DockSide) => void;
  private side: DockSide;

  constructor(area: HTMLElement, side: DockSide, chosen: (side: DockSide) => void) {
    this.area = area;
    this.side = side;
    this.chosen = chosen;
    this.wide.addEventListener('change', () => this.apply());
    this.apply();
  }

  get isBeside(): boolean {
    return this.side === 'auto' ? this.wide.matches : this.side === 'right';
  }

  /** To the other side, for this page to stay. */
  toggle(): void {
    this.side = this.isBeside ? 'below' : 'right';
    this.chosen(this.side);
    this.apply();
  }

  private apply(): void {
    this.area.classList.toggle('beside', this.isBeside);
    this.onMoved();
  }
}
