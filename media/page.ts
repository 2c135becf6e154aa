import { PAGE_ACTIONS, type PageAction, type PageActionId, type PageNeed } from '../server/view/pageActions.ts';
import type {
  LadderSettings,
  LaneArrangement,
  Scope,
  ShownCall,
  TraceApi,
  TraceSummary,
} from '../server/view/protocol.ts';
import { CallBar } from './callBar.ts';
import { Comparison } from './comparison.ts';
import { Copying } from './copying.ts';
import { DetailsPane } from './detailsPane.ts';
import { attributes, element } from './dom.ts';
import { FilterBox } from './filterBox.ts';
import { rememberFocus } from './focusMemory.ts';
import { Grid } from './grid.ts';
import { keysHelp, keysHint } from './help.ts';
import type { Host } from './host.ts';
import { keysIn } from './keyboard.ts';
import { Look } from './look.ts';
import { Matches } from './matches.ts';
import { Moving } from './moving.ts';
import { Notices } from './notices.ts';
import { Overview } from './overview.ts';
import { ReadingBar } from './readingBar.ts';
import { Roster } from './roster.ts';
import { RowCache } from './rowCache.ts';
import { Scrubber } from './scrubber.ts';
import { Search } from './search.ts';
import { SkippedBar } from './skippedBar.ts';
import { Toolbar } from './toolbar.ts';

/** The whole page: what is shown of a trace, and what the reader does with it. */
export class Page {
  readonly elements: readonly HTMLElement[];
  private readonly host: Host;
  private readonly api: TraceApi;
  private readonly rows: RowCache;
  private readonly grid: Grid;
  private readonly look: Look;
  private readonly pane: DetailsPane;
  private readonly moving: Moving;
  private readonly comparison: Comparison;
  private readonly roster: Roster;
  private readonly notices = new Notices(
    () => void this.load(),
    (times) => this.host.post({ type: 'times', times }),
  );
  private readonly toolbar: Toolbar;
  private readonly search: Search;
  private readonly matches: Matches;
  private readonly filter: FilterBox;
  private readonly callBar: CallBar;
  private readonly copying: Copying;
  private readonly help = keysHelp(() => this.focus());
  private readonly runs: Readonly<Record<PageActionId, () => unknown>>;
  private readonly main = element('main', 'main is-empty');
  private readonly area = element('div', 'ladder-area');
  private readonly overview: Overview;
  private readonly scrubber: Scrubber;
  private readonly skipped = new SkippedBar((line) => this.host.post({ type: 'goToLine', line }));
  private readonly reading: ReadingBar;
  private readonly empty = attributes(element('p', 'empty'), { role: 'status' });
  private summary: TraceSummary | undefined;
  private selected: number | null;
  private restored = false;
  /** Where the reader was, in pixels, and how far the ladder could be scrolled to it before gaps were drawn in proportion. */
  private place: { readonly wanted: number; readonly reached: number } | null = null;
  private turn = 0;

  constructor(host: Host, api: TraceApi) {
    this.host = host;
    this.api = api;
    this.selected = host.state.selected;
    const selected = () => this.selected;
    const failed = (error: unknown) => this.fail(error);
    const say = (message: string) => this.notices.say(message);
    this.rows = new RowCache(api.rows, () => this.grid.arrived(), failed);
    this.grid = new Grid(this.rows);
    this.overview = new Overview(api, failed);
    this.scrubber = new Scrubber({ grid: this.grid, overview: this.overview, closed: () => this.focus() });
    this.matches = new Matches(api, this.grid);
    this.copying = new Copying({
      ...{ api, selected, failed, post: host.post },
      row: () => (this.selected === null ? undefined : this.rows.get(this.selected)),
      lanes: () => this.summary?.lanes ?? [],
    });
    this.moving = new Moving({
      ...{ api, selected, failed, grid: this.grid, rows: this.rows },
      choose: (message) => this.choose(message),
    });
    this.pane = new DetailsPane(this.main, {
      ...{ host, api, selected, failed },
      lanes: () => this.summary?.lanes,
      press: (open) => this.toolbar.press('details', open),
      follow: (index) => this.choose(index),
      run: (action) => this.do(action),
      copy: (text) => this.copying.copy(text),
      fix: ({ range, rule, message }) => range && host.post({ type: 'fix', range, rule, message }),
    });
    this.comparison = new Comparison({
      ...{ api, selected, failed, say, post: host.post },
      mark: (message) => this.grid.markForComparison(message),
    });
    this.search = new Search({
      find: (words, after, direction) => this.matches.next(words, after, direction),
      count: (words) => this.matches.count(words),
      selected: () => this.selected ?? 0,
      found: (message) => this.choose(message),
      words: (words) => {
        this.pane.details.mark(words);
        void this.matches.mark(words);
      },
      failed,
      closed: () => this.focus(),
    });
    this.filter = new FilterBox({
      filter: api.filter,
      completions: api.completions,
      show: (messages) => this.callBar.fit(messages),
      total: () => this.summary?.rows ?? 0,
      remember: (filter) => host.remember({ filter }),
      saved: () => this.do('savedFilters'),
      failed,
      closed: () => this.focus(),
    });
    this.callBar = new CallBar({
      messages: ({ of, view }) => api.callMessages(of, view),
      whole: api.wholeCall,
      linking: () => api.linkLegs('look'),
      follow: (index) => this.choose(index),
      show: (messages) => this.grid.filter(messages),
      changed: () => this.selected !== null && this.grid.keep(this.selected),
      remember: (call) => host.remember({ call }),
      failed,
    });
    this.roster = new Roster({
      ask: (choice) => api.roster(choice),
      choose: (index) => this.choose(index),
      goToText: (index) => this.goToText(index),
      failed,
      closed: () => this.switchTo(false),
      run: (action) => this.do(action),
    });
    this.look = new Look({
      ...{ host, api, failed, say, grid: this.grid, overview: this.overview, scrubber: this.scrubber },
      press: (action, on) => this.toolbar.press(action, on),
      chosen: () => this.selected,
      row: () => (this.selected === null ? undefined : this.rows.get(this.selected)),
      focus: () => this.focus(),
    });
    this.runs = {
      ...{ ...this.ownRuns(), ...this.moving.runs(), ...this.pane.runs(), ...this.comparison.runs() },
      ...{ ...this.copying.runs(), ...this.look.runs(), ...this.roster.runs() },
    };
    this.toolbar = new Toolbar(host.name, (action) => this.do(action));
    const steer = (done: Promise<void>) => void done.catch((error) => this.fail(error));
    this.reading = new ReadingBar({ pause: () => steer(api.pause()), resume: () => steer(api.resume()) });
    const bars = [this.search.root, this.filter.root, this.callBar.root, this.look.chip.root];
    const above = [this.toolbar.root, ...bars, this.notices.root];
    const below = [this.comparison.root, this.skipped.root, this.reading.root, this.look.status.root];
    this.elements = [...above, this.main, ...below, this.help, keysHint()];
    this.build();
  }

  /** Asks for the trace, at the start and after each change. */
  async load(): Promise<void> {
    const turn = ++this.turn;
    if (!this.summary) this.rows.want(1, 1); // on the way together with the summary, so that they are there at once
    try {
      const summary = await this.api.summary();
      if (turn === this.turn) this.show(summary);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** The cursor in the text is in another message now. */
  selectFromText(index: number): void {
    this.select(index);
  }

  /** Shows only what a scope leaves; null shows all. */
  showOnly(scope: Scope | null): void {
    if (scope) this.filter.set(scope);
    else this.filter.clear();
    this.focus();
  }

  /** Shows only the messages of a call, and selects one. */
  showCall(call: ShownCall, index: number): void {
    this.callBar.set(call);
    if (this.host.state.roster) this.showRoster(false);
    this.select(index);
  }

  /** Other legs are one call now. */
  relinked(): void {
    void this.callBar.again();
    this.filter.again();
  }

  /** Does what a key, a button or a command asks for, if the trace has what it needs. */
  do(id: PageActionId): void {
    if (!Object.hasOwn(this.runs, id)) return;
    const { needs }: PageAction = PAGE_ACTIONS[id];
    if (needs === undefined || this.has(needs)) this.runs[id]();
  }

  /** The user's settings, and how they left the lanes of this file. */
  take(settings: LadderSettings, lanes: LaneArrangement | null): void {
    this.look.take(settings, lanes);
  }

  /** Does what a command of VS Code asks for, after which the keys go on working. */
  command(id: PageActionId): void {
    if (document.activeElement === document.body) this.focus();
    this.do(id);
  }

  /** The document is no longer there. */
  gone(message: string): void {
    this.notices.fail(message);
  }

  private build(): void {
    const { state } = this.host;
    rememberFocus(() => this.focus());
    this.empty.hidden = true;
    this.area.append(this.grid.root, this.scrubber.root);
    this.main.append(this.empty, this.area, this.roster.root, ...this.pane.elements, this.look.popup);
    this.look.apply();
    this.pane.show(state.details);
    this.grid.onLaidOut = () => this.scrubber.outdate();
    this.grid.onDrawn = (view) => this.scrubber.follow(view);
    this.overview.onChange = () => {
      this.scrubber.outdate();
      this.showGaps();
    };
    this.grid.onTimes(() => this.do('times'));
    this.grid.onSettled = (scroll) => this.host.remember({ scroll });
    this.grid.root.addEventListener('click', ({ target }) => {
      if (this.grid.clicked(target)) return;
      this.clicked(target, (index) => this.choose(index));
    });
    this.grid.root.addEventListener('dblclick', ({ target }) => this.clicked(target, (index) => this.goToText(index)));
    // A menu opens for the message under the pointer.
    this.grid.root.addEventListener('contextmenu', ({ target }) => this.clicked(target, (index) => this.choose(index)));
    const run = (action: PageActionId) => this.do(action);
    this.grid.root.addEventListener('keydown', keysIn('ladder', run));
    this.pane.details.root.addEventListener('keydown', keysIn('details', run));
    document.addEventListener('keydown', keysIn('page', run));
  }

  private show(summary: TraceSummary): void {
    const before = this.summary;
    this.summary = summary;
    this.notices.clear();
    this.notices.show(summary.notices, summary.clocks);
    this.skipped.show(summary.skipped);
    this.reading.show(summary.reading);
    if (before?.revision === summary.revision) return;
    if (before) this.rows.invalidate();
    if (before && !summary.reading) this.comparison.forget();
    const follows = before?.reading?.state === 'following' && this.grid.scroll.isAtEnd;
    this.toolbar.show(summary, (need) => this.has(need));
    this.showEmpty(summary);
    this.look.takeTrace(summary);
    this.grid.show(summary);
    this.overview.take(summary);
    this.moving.outdated();
    this.filter.again();
    void this.callBar.again();
    this.matches.again();
    if (before) void this.roster.outdated();
    else this.showRoster(this.host.state.roster);
    if (!before) this.restore(summary);
    else if (follows) this.grid.scroll.goTo(Number.MAX_SAFE_INTEGER);
    else if (this.selected !== null && summary.rows > 0) this.keep(Math.min(this.selected, summary.rows));
  }

  /** The chosen message stays chosen; only a document, in which it may have moved, is scrolled to it. */
  private keep(selected: number): void {
    this.mark(selected);
    if (!this.summary?.reading) this.grid.keep(selected);
  }

  private showEmpty({ rows, title, reading }: TraceSummary): void {
    this.empty.hidden = rows > 0 || reading?.state === 'reading';
    this.main.classList.toggle('is-empty', rows === 0);
    this.empty.textContent = `No SIP message was found in ${title || this.host.name}.`;
  }

  /** Where the reader was before the page was hidden or the window reloaded. */
  private restore({ rows }: TraceSummary): void {
    if (this.restored) return;
    this.restored = true;
    const { scroll: wanted, proportion } = this.host.state;
    this.grid.scroll.goTo(wanted);
    if (proportion) this.place = { wanted, reached: this.grid.scroll.top };
    if (this.host.state.filter) this.filter.set(this.host.state.filter);
    if (this.host.state.call) this.callBar.set(this.host.state.call);
    const { selected } = this;
    if (selected !== null && selected <= rows) this.mark(selected);
  }

  /** Gaps are drawn once it is known when each message was: only then is the place there where the reader was with them. */
  private showGaps(): void {
    const { place, grid } = this;
    const isThere = place !== null && grid.scroll.top === place.reached; // nobody has scrolled since
    this.place = null;
    this.look.showGaps();
    if (isThere) grid.scroll.goTo(place.wanted);
  }

  private fail(error: unknown): void {
    this.notices.fail(error instanceof Error ? error.message : String(error));
  }

  private clicked(target: EventTarget | null, act: (index: number) => void): void {
    const index = this.grid.messageOf(target);
    if (index !== null) act(index);
  }

  /** The reader chooses a message here: the text follows. */
  private choose(index: number): void {
    this.select(index);
    if (this.selected !== null) this.host.post({ type: 'reveal', index: this.selected, focusEditor: false });
  }

  private goToText(index: number): void {
    this.select(index);
    this.host.post({ type: 'reveal', index, focusEditor: true });
  }

  private openText(of: 'message' | 'call'): void {
    if (this.selected !== null) this.host.post({ type: 'openText', index: this.selected, of });
  }

  private select(index: number | null): void {
    const last = this.summary?.rows ?? 0;
    if (index === null || last === 0) return;
    const message = Math.max(1, Math.min(index, last));
    this.mark(message);
    this.grid.reveal(message);
  }

  private mark(message: number): void {
    this.selected = message;
    this.host.remember({ selected: message });
    this.grid.select(message);
    this.roster.select(message);
    this.pane.follow(message);
  }

  /** All messages, without a filter and of all calls. */
  private showAll(): void {
    this.callBar.set(null);
    this.filter.clear();
  }

  /** The roster in place of the ladder, or the ladder again. */
  private showRoster(open: boolean): void {
    const isOpen = open && this.has('roster');
    this.area.hidden = isOpen;
    this.toolbar.press('roster', isOpen);
    this.host.remember({ roster: isOpen });
    void this.roster.show(isOpen);
    if (!isOpen && this.selected !== null) this.grid.keep(this.selected);
  }

  private switchTo(roster: boolean): void {
    this.showRoster(roster);
    this.focus();
  }

  /** What is shown of the ladder: what a filter leaves, or one call alone; null is all. */
  private get shown(): Scope | null {
    const { scope } = this.filter;
    const { alone: call } = this.callBar;
    return call ? { ...(scope ?? { filter: '', context: 'message' }), call } : scope;
  }

  private focus(): void {
    if (this.host.state.roster) this.roster.focus();
    else this.grid.root.focus();
  }

  private has(need: PageNeed): boolean {
    const { summary } = this;
    if (!summary) return false;
    if (need === 'times') return summary.firstTime !== null;
    if (need === 'keepAlives') return summary.keepAlives !== null;
    return need === 'roster' ? summary.roster : summary.retransmissions.length > 0;
  }

  /** What the actions do that are about the page itself. */
  private ownRuns() {
    return {
      goToText: () => this.selected !== null && this.goToText(this.selected),
      openMessage: () => this.openText('message'),
      openCall: () => this.openText('call'),
      search: () => this.search.open(),
      filter: () => this.filter.open(),
      savedFilters: () => this.host.post({ type: 'savedFilters', scope: this.filter.scope }),
      roster: () => this.switchTo(!this.host.state.roster),
      fold: () => this.selected !== null && this.grid.toggleFold(this.selected),
      showLegs: () => this.selected !== null && this.callBar.showWhole(this.selected),
      showAll: () => this.showAll(),
      ladderText: () => this.host.post({ type: 'ladderText', scope: this.shown }),
      exportLadder: () => this.host.post({ type: 'export', scope: this.shown, selected: this.selected }),
      keys: () => this.help.open || this.help.showModal(),
      leaveDetails: () => this.focus(),
    };
  }
}
