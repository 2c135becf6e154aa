import type { LadderRow, LadderSettings, LaneArrangement, TraceApi, TraceSummary } from '../server/view/protocol.ts';
import { Arranging } from './arranging.ts';
import { nextColour } from './colouring.ts';
import type { Grid } from './grid.ts';
import type { Host, TimeMode, ZoneMode } from './host.ts';
import { KeepAliveChip } from './keepAliveChip.ts';
import { NO_ARRANGEMENT } from './laneView.ts';
import type { Density } from './layout.ts';
import type { Overview } from './overview.ts';
import type { Scrubber } from './scrubber.ts';
import { StatusLine } from './statusLine.ts';
import { type TimeLook, zoneWords } from './times.ts';

export interface LookNeeds {
  readonly grid: Grid;
  readonly overview: Overview;
  readonly scrubber: Scrubber;
  readonly host: Host;
  readonly api: Pick<TraceApi, 'lane' | 'wholeCall' | 'callMessages'>;
  readonly failed: (error: unknown) => void;
  /** Tells the reader why something cannot be had. */
  readonly say: (message: string) => void;
  /** Tells the tool bar that what an action turns on is on. */
  press(action: 'density' | 'folds', on: boolean): void;
  focus(): void;
  /** The chosen message (one-based), or null. */
  chosen(): number | null;
  /** The row of the chosen message, if it is there. */
  row(): LadderRow | undefined;
}

const ZONES: readonly ZoneMode[] = ['log', 'local', 'utc'];

/** What holds until the editor tells the user's settings. */
const SETTINGS: LadderSettings = {
  density: 'compact',
  timeZone: 'log',
  gap: 2,
  slow: [0.1, 1, 5],
  hideKeepAlives: true,
  scrubber: true,
};

/** How the ladder's rows are to be read: what the reader chose, and what they choose next. */
export class Look {
  readonly status = new StatusLine();
  readonly chip = new KeepAliveChip(() => this.toggleKeepAlives());
  private readonly needs: LookNeeds;
  private readonly arranging: Arranging;
  private settings = SETTINGS;
  /** What the trace tells of its times. */
  private logZone: number | null = null;
  private hasTimes = false;

  constructor(needs: LookNeeds) {
    this.needs = needs;
    const { shown } = needs.grid;
    shown.onLaidOut = () => this.chip.show(shown.keepAlives);
    shown.keepAlives.onRevealed = () => needs.host.remember({ keepAlives: 'shown' });
    this.arranging = new Arranging({
      grid: needs.grid,
      lane: needs.api.lane,
      row: needs.row,
      failed: needs.failed,
      save: (lanes) => needs.host.post({ type: 'lanes', lanes: lanes === NO_ARRANGEMENT ? null : lanes }),
      focus: () => needs.focus(),
    });
  }

  /** The menu of a lane. */
  get popup(): HTMLElement {
    return this.arranging.popup.root;
  }

  /** Shows the ladder as the reader left it, or as the settings want it. */
  apply(): void {
    this.showTimes();
    this.showDensity();
    this.showColours();
    this.showKeepAlives();
    this.showScrubber();
    this.showGaps();
    this.needs.press('folds', true);
  }

  /** Takes the user's settings, and how they left the lanes of this file. */
  take(settings: LadderSettings, lanes: LaneArrangement | null): void {
    this.settings = settings;
    // What an earlier version has kept may lack what is new.
    this.arranging.take(lanes ? { ...NO_ARRANGEMENT, ...lanes } : NO_ARRANGEMENT);
    this.showTimes();
    this.showDensity();
    this.showKeepAlives();
    this.showScrubber();
  }

  /** Takes what a trace tells of its lanes and times, to be called for each state of it. */
  takeTrace({ lanes, firstTime, logZone }: TraceSummary): void {
    this.arranging.takeLanes(lanes);
    this.hasTimes = firstTime !== null;
    this.logZone = logZone;
    this.showTimes();
  }

  /** What the actions do that change the look. */
  runs() {
    const { host, grid, press } = this.needs;
    return {
      ...this.arranging.runs(),
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
      keepAlives: () => this.toggleKeepAlives(),
      folds: () => press('folds', grid.toggleFolds()),
      proportion: () => this.toggleProportion(),
      scrubber: () => this.goToScrubber(),
      fitScrubber: () => this.fitScrubber(),
    };
  }

  /** Marks the chosen message, to tell times from it; once more takes the mark away. */
  private mark(): void {
    const { host, chosen, row } = this.needs;
    const message = chosen();
    if (message === null) return;
    const isMarked = host.state.marked?.message === message;
    const time = row()?.time ?? null;
    host.remember({ marked: isMarked ? null : { message, time } });
    const isTold = !isMarked && time !== null;
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
    const gaps = grid.shown.times ? '; gaps to scale' : '';
    this.status.showTimes(this.hasTimes ? told[mode] + gaps : '');
  }

  private toggleProportion(): void {
    const { host, say } = this.needs;
    if (!this.hasTimes) say('No message of this trace has a time: gaps cannot be drawn in proportion.');
    else {
      host.remember({ proportion: !host.state.proportion });
      this.showGaps();
    }
  }

  /** Draws gaps in proportion where the reader wants that, once it is known when each message was. */
  showGaps(): void {
    const { host, grid, overview, say } = this.needs;
    if (host.state.proportion) overview.want();
    if (host.state.proportion && overview.isTooLong) {
      host.remember({ proportion: false });
      say('The trace has too many messages for gaps in proportion.');
    }
    const times = host.state.proportion ? overview.times : null;
    if (times !== grid.shown.times) grid.showGaps(times);
    this.showTimes();
  }

  private showScrubber(): void {
    const { scrubber, overview } = this.needs;
    scrubber.root.hidden = !this.settings.scrubber;
    if (this.settings.scrubber) overview.want();
  }

  private goToScrubber(): void {
    const { scrubber, say } = this.needs;
    if (this.settings.scrubber) scrubber.root.focus();
    else say('The overview is turned off. The setting sipLens.ladder.scrubber brings it back.');
  }

  /** Shows the call of the chosen message, with all of its legs, alone in the overview. */
  private async fitScrubber(): Promise<void> {
    const { api, scrubber, chosen, failed } = this.needs;
    const message = chosen();
    if (message === null || !this.settings.scrubber) return this.goToScrubber();
    try {
      const { of, view } = await api.wholeCall(`message ${message}`);
      const messages = await api.callMessages(of, view);
      scrubber.fit(messages[0] ?? message, messages.at(-1) ?? message);
    } catch (error) {
      failed(error);
    }
  }

  private showDensity(): void {
    this.needs.grid.showDensity(this.density);
    this.needs.press('density', this.density === 'comfortable');
  }

  private toggleKeepAlives(): void {
    this.needs.host.remember({ keepAlives: this.needs.grid.shown.keepAlives.isHiding ? 'shown' : 'hidden' });
    this.showKeepAlives();
  }

  private showKeepAlives(): void {
    const { keepAlives } = this.needs.host.state;
    this.needs.grid.hideKeepAlives(keepAlives === null ? this.settings.hideKeepAlives : keepAlives === 'hidden');
  }

  private showColours(): void {
    const { colour } = this.needs.host.state;
    this.needs.grid.showColours(colour);
    this.status.showColours(colour);
  }
}
