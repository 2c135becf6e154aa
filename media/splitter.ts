import type { Dock } from './dock.ts';
import { attributes, element } from './dom.ts';

const STEP = 0.04;
const [LEAST, MOST] = [0.12, 0.85];

/** The bar between the ladder and the details: dragged, or moved with the arrow keys. */
export class Splitter {
  readonly root: HTMLElement = attributes(element('div', 'splitter'), {
    role: 'separator',
    tabindex: 0,
    'aria-label': 'Size of the details',
    'aria-valuemin': LEAST * 100,
    'aria-valuemax': MOST * 100,
  });
  private readonly area: HTMLElement;
  private readonly dock: Dock;
  private readonly resized: (share: number) => void;
  private share: number;

  constructor(area: HTMLElement, dock: Dock, share: number, resized: (share: number) => void) {
    this.area = area;
    this.dock = dock;
    this.share = share;
    this.resized = resized;
    this.root.addEventListener('pointerdown', (event) => this.root.setPointerCapture(event.pointerId));
    this.root.addEventListener('pointermove', (event) => this.dragged(event));
    this.root.addEventListener('keydown', (event) => this.key(event));
    this.root.addEventListener('dblclick', () => this.set(0.4));
    dock.onMoved = () => this.apply();
    this.apply();
  }

  private dragged(event: PointerEvent): void {
    if (!this.root.hasPointerCapture(event.pointerId)) return;
    const { right, bottom, width, height } = this.area.getBoundingClientRect();
    this.set(this.dock.isBeside ? (right - event.clientX) / width : (bottom - event.clientY) / height);
  }

  private key(event: KeyboardEvent): void {
    const larger = this.dock.isBeside ? 'ArrowLeft' : 'ArrowUp';
    const smaller = this.dock.isBeside ? 'ArrowRight' : 'ArrowDown';
    const targets: Record<string, number> = {
      [larger]: this.share + STEP,
      [smaller]: this.share - STEP,
      Home: LEAST,
      End: MOST,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.set(target);
  }

  private set(share: number): void {
    this.share = Math.max(LEAST, Math.min(MOST, share));
    this.apply();
    this.resized(this.share);
  }

  private apply(): void {
    const percent = Math.round(this.share * 100);
    const orientation = this.dock.isBeside ? 'vertical' : 'horizontal';
    attributes(this.root, { 'aria-valuenow': percent, 'aria-orientation': orientation });
    this.area.style.setProperty('--details', `${percent}%`);
  }
}
