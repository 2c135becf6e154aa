import type { LadderSettings } from '../server/view/protocol.ts';
import { nextColour } from './colouring.ts';
import type { Grid } from './grid.ts';
import type { Host, TimeMode, ZoneMode } from './host.ts';
import type { Density } from './layout.ts';
import { StatusLine } from './statusLine.ts';
import { type TimeLook, zoneWords } from './times.ts';

export interface LookNeeds {
  readonly grid: Grid;
  readonly host: Host;
  /** Tells the tool bar that what an action turns on is on. */
  press(action: 'density' | 'folds', on: boolean): void;
  /** The chosen message (one-based), and its time in milliseconds since 1970; null where there is none. */
  chosen(): { readonly message: number; readonly time: number | null } | null;
}

const ZONES: readonly ZoneMode[] = ['log', 'local', 'utc'];

/** What holds until the editor tells the user's settings. */
const SETTINGS: LadderSettings = { density: 'compact', timeZone: 'log', gap: 2, slow: [0.1, 1, 5] };

/** How the ladder's rows are to be read: what the reader chose, and what they choose next. */
export class Look {
  readonly status = new StatusLine();
  private readonly needs: LookNeeds;
  private settings = SETTINGS;
  /** What the trace tells of its times. */
  private logZone: number | null = null;
  private hasTimes = false;

  constructor(needs: LookNeeds) {
    this.needs = needs;
  }

  /** Shows the ladder as the reader left it, or as the settings want it. */
  apply(): void {
    this.showTimes();
    this.showDensity();
    this.showColours();
    this.needs.press('folds', true);
  }

  take(settings: LadderSettings): void {
    this.settings = settings;
    this.showTimes();
    this.showDensity();
  }

  /** Takes what a trace tells of its times: its zone in minutes east of UTC, or null. */
  takeTimes(firstTime: number | null, logZone: number | null): void {
    this.hasTimes = firstTime !== null;
    this.logZone = logZone;
    this.showTimes();
  }

  /** What the actions do that change the look. */
  runs() {
    const { host, grid, press } = this.needs;
    return {
      times: () => this.setTimes(this.nextTimes()),
      timeZone: () => {
        host.remember({ zone: ZONES[(ZONES.indexOf(this.zone) + 1) % ZONES.length]!, time: 'absolute' });
        this.showTimes();
      },
      mark: () => this.mark(),
      density: () => {
        host.remember({ density: this.density === 'compact' ? 'comfortable' : 'compact' });
        this.showDensity();
      },
      colours: () => {
        host.remember({ colour: nextColour(host.state.colour) });
        this.showColours();
      },
      folds: () => press('folds', grid.toggleFolds()),
    };
  }

  /** Marks the chosen message, to tell times from it; once more takes the mark away. */
  private mark(): void {
    const { host, chosen } = this.needs;
    const message = chosen();
    if (!message) return;
    const isMarked = host.state.marked?.message === message.message;
    host.remember({ marked: isMarked ? null : message });
    const isTold = !isMarked && message.time !== null;
    this.setTimes(isTold ? 'marked' : host.state.time === 'marked' ? 'absolute' : host.state.time);
  }

  private get density(): Density {
    return this.needs.host.state.density ?? this.settings.density;
  }

  private get zone(): ZoneMode {
    return this.needs.host.state.zone ?? this.settings.timeZone;
  }

  private nextTimes(): TimeMode {
    const { marked, time } = this.needs.host.state;
    const modes: TimeMode[] = ['absolute', 'previous', 'first'];
    if (marked && marked.time !== null) modes.push('marked');
    return modes[(modes.indexOf(time) + 1) % modes.length]!;
  }

  private setTimes(time: TimeMode): void {
    this.needs.host.remember({ time });
    this.showTimes();
  }

  private showTimes(): void {
    const { host, grid } = this.needs;
    const { time: mode, marked } = host.state;
    const { gap, slow } = this.settings;
    const look: TimeLook = {
      mode,
      zone: this.zone,
      marked: marked?.time ?? null,
      logZone: this.logZone,
      gap: gap * 1000,
      slow: slow.map((seconds) => seconds * 1000),
    };
    grid.showTimes(look, marked?.message ?? null);
    const told = {
      absolute: `Times: ${zoneWords(look)}`,
      previous: 'Times: since the message above',
      first: 'Times: since the first message',
      marked: `Times: since message ${marked?.message}`,
    };
    this.status.showTimes(this.hasTimes ? told[mode] : '');
  }

  private showDensity(): void {
    this.needs.grid.showDensity(this.density);
    this.needs.press('density', this.density === 'comfortable');
  }

  private showColours(): void {
    const { colour } = this.needs.host.state;
    this.needs.grid.showColours(colour);
    this.status.showColours(colour);
  }
}
