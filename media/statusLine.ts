import { type ColourMode, legendOf } from './colouring.ts';
import { attributes, element } from './dom.ts';

/** The line at the foot of the page: what the colours mean, and how times are to be read. */
export class StatusLine {
  readonly root: HTMLElement = attributes(element('section', 'status-line'), {
    'aria-label': 'How to read the ladder',
  });
  private readonly legend = element('span', 'legend');
  private readonly times = element('span', 'status-times');

  constructor() {
    this.root.append(this.legend, this.times);
  }

  showColours(mode: ColourMode): void {
    const title = { class: 'Kind', dialog: 'Dialog', transaction: 'Transaction', finding: 'Problems' }[mode];
    const pieces = legendOf(mode).map(({ swatch, words }) => {
      const piece = element('span', 'legend-piece');
      piece.append(
        attributes(element('span', `swatch ${swatch}`), { 'aria-hidden': 'true' }),
        element('span', '', words),
      );
      return piece;
    });
    this.legend.replaceChildren(element('span', 'legend-title', `Colour: ${title}`), ...pieces);
  }

  showTimes(words: string): void {
    this.times.textContent = words;
    this.times.title = words;
  }
}
