import type { Grid } from './grid.ts';
import type { Host, TimeMode } from './host.ts';
import type { Density } from './layout.ts';

export interface LookNeeds {
  readonly grid: Grid;
  readonly host: Host;
  /** Tells the tool bar that what an action turns on is on. */
  press(action: 'density' | 'folds', on: boolean): void;
}

const NEXT_TIME: Record<TimeMode, TimeMode> = { absolute: 'previous', previous: 'first', first: 'absolute' };

/** How the ladder's rows are to be read: what the reader chose, and what they choose next. */
export class Look {
  private readonly needs: LookNeeds;

  constructor(needs: LookNeeds) {
    this.needs = needs;
  }

  /** Shows the ladder as the reader left it. */
  apply(): void {
    const { grid, host } = this.needs;
    grid.showTimes(host.state.time);
    this.showDensity(this.density);
    this.needs.press('folds', true);
  }

  /** What the actions do that change the look. */
  runs() {
    return {
      times: () => this.cycleTimes(),
      density: () => this.showDensity(this.density === 'compact' ? 'comfortable' : 'compact'),
      folds: () => this.needs.press('folds', this.needs.grid.toggleFolds()),
    };
  }

  private get density(): Density {
    return this.needs.host.state.density;
  }

  private showDensity(density: Density): void {
    this.needs.host.remember({ density });
    this.needs.grid.showDensity(density);
    this.needs.press('density', density === 'comfortable');
  }

  private cycleTimes(): void {
    const time = NEXT_TIME[this.needs.host.state.time];
    this.needs.host.remember({ time });
    this.needs.grid.showTimes(time);
  }
}
