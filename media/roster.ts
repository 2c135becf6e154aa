import type { PageActionId } from '../server/view/pageActions.ts';
import type { RosterMark, RosterTimeline } from '../server/view/protocol.ts';
import { attributes, element, setText } from './dom.ts';
import { keysIn } from './keyboard.ts';
import { clockTime, RosterHistory } from './rosterHistory.ts';
import { drawAtCursor, drawUser, newRosterSlot, percent, type RosterSlot } from './rosterRow.ts';
import { percentage } from './words.ts';

/** What the roster asks of the page. */
export interface RosterActions {
  ask(choice: number): Promise<RosterTimeline>;
  /** The reader chooses a message. */
  choose(message: number): void;
  goToText(message: number): void;
  failed(error: unknown): void;
  /** Back to the ladder. */
  closed(): void;
  /** A key of the roster was pressed. */
  run(action: PageActionId): void;
}

const ROW = 28;
const SPARE_ROWS = 4;
const NOTHING: RosterTimeline = { choices: [], chosen: 0, progress: null, marks: [], users: [] };

/** Users by time: who was in a conference, how, and what changed it. Its cursor is the message that is selected in the ladder. */
export class Roster {
  readonly root = attributes(element('section', 'roster'), { 'aria-label': 'Conference roster' });
  private readonly chooser = attributes(element('select', 'chooser'), { 'aria-label': 'Conference and subscriber' });
  private readonly state = element('p', 'conference-state');
  private readonly story = attributes(element('p', 'story'), { role: 'status' });
  private readonly grid = attributes(element('div', 'users'), {
    role: 'grid',
    tabindex: 0,
    'aria-label': 'Users by time',
  });
  private readonly body = attributes(element('div', 'user-rows'), { role: 'rowgroup' });
  private readonly ruler = attributes(element('div', 'user-line ruler'), { role: 'columnheader' });
  private readonly overlay = attributes(element('div', 'overlay'), { 'aria-hidden': 'true' });
  private readonly cursor = element('div', 'cursor');
  private readonly actions: RosterActions;
  private readonly history: RosterHistory;
  private readonly slots: RosterSlot[] = [];
  private timeline = NOTHING;
  private message = 0;
  private mark = -1;
  private user = 0;
  private choice = 0;
  private turn = 0;
  private isOutdated = true;

  constructor(actions: RosterActions) {
    this.actions = actions;
    this.history = new RosterHistory({ choose: (mark) => this.to(mark), chooseMessage: actions.choose });
    const lines = attributes(element('div', 'user-row lines'), { 'aria-hidden': 'true' });
    lines.append(element('div', ''), element('div', ''), element('div', ''), this.overlay);
    this.body.append(lines);
    this.grid.append(this.head(), this.body);
    const top = element('div', 'roster-top');
    top.append(this.chooser, this.state, this.story);
    this.root.append(top, this.grid, this.history.root);
    for (const one of [this.root, this.chooser, this.history.root]) one.hidden = true;
    this.chooser.addEventListener('change', () => this.chosen());
    this.grid.addEventListener('scroll', () => this.draw(), { passive: true });
    this.grid.addEventListener('click', (event) => this.clicked(event));
    this.grid.addEventListener('dblclick', () => this.here((mark) => actions.goToText(mark.message)));
    this.root.addEventListener('keydown', keysIn('roster', actions.run));
    new ResizeObserver(() => this.redraw()).observe(this.grid);
  }

  /** Shows it in place of the ladder, or puts it away. */
  async show(open: boolean): Promise<void> {
    this.root.hidden = !open;
    if (open && this.isOutdated) await this.load();
    this.redraw();
  }

  focus(): void {
    this.grid.focus();
  }

  /** The trace has changed: what is shown is asked for again. */
  async outdated(): Promise<void> {
    this.isOutdated = true;
    if (!this.root.hidden) await this.load();
  }

  /** Another message is selected: the cursor is at the last notification up to it; at the last of all while none is. */
  select(message: number): void {
    this.message = message;
    const { marks } = this.timeline;
    this.mark = message > 0 ? lastUpTo(marks, message) : marks.length - 1;
    this.drawCursor();
  }

  private head(): HTMLElement {
    const group = attributes(element('div', 'users-head'), { role: 'rowgroup' });
    const row = attributes(element('div', 'user-row'), { role: 'row' });
    const titles = ['User', 'Role', 'Connected by'].map((title) =>
      attributes(element('div', 'user-title', title), { role: 'columnheader' }),
    );
    row.append(...titles, this.ruler);
    group.append(row);
    return group;
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    try {
      let timeline = await this.actions.ask(this.choice);
      while (turn === this.turn && timeline.progress !== null) {
        if (this.timeline === NOTHING)
          this.story.textContent = `Reading the conferences: ${percentage(timeline.progress)}`;
        timeline = await this.actions.ask(this.choice);
      }
      if (turn !== this.turn) return;
      this.isOutdated = false;
      this.timeline = timeline;
      this.choice = timeline.chosen;
      this.arrived();
    } catch (error) {
      if (turn === this.turn) this.actions.failed(error);
    }
  }

  private arrived(): void {
    const { choices, chosen, marks, users } = this.timeline;
    this.chooser.replaceChildren(...choices.map((title) => element('option', '', title)));
    this.chooser.selectedIndex = chosen;
    this.chooser.hidden = choices.length === 0;
    this.grid.hidden = marks.length === 0;
    this.user = Math.max(0, Math.min(this.user, users.length - 1));
    this.body.style.height = `${users.length * ROW}px`;
    attributes(this.grid, { 'aria-rowcount': users.length + 1 });
    this.drawGaps();
    this.history.show(marks);
    this.redraw();
    this.select(this.message);
  }

  private chosen(): void {
    this.choice = this.chooser.selectedIndex;
    void this.load();
  }

  /** Missing versions as bars, and the time until the state is known again. */
  private drawGaps(): void {
    const { marks } = this.timeline;
    const parts: HTMLElement[] = [];
    for (const [at, { gap, stale }] of marks.entries()) {
      if (stale && !marks[at - 1]?.stale) parts.push(shade(at, endOfStale(marks, at), marks.length));
      if (gap) parts.push(gapElement(at, marks.length, gap));
    }
    this.overlay.replaceChildren(...parts, this.cursor);
  }

  private redraw(): void {
    for (const slot of this.slots) slot.drawn = '';
    this.draw();
  }

  private draw(): void {
    if (this.root.hidden || this.grid.hidden) return;
    const { users, marks } = this.timeline;
    const wanted = Math.min(users.length, Math.ceil(this.grid.clientHeight / ROW) + 2 * SPARE_ROWS);
    while (this.slots.length > wanted) this.slots.pop()?.row.remove();
    while (this.slots.length < wanted) {
      const slot = newRosterSlot(this.slots.length);
      this.slots.push(slot);
      this.body.append(slot.row);
    }
    const top = Math.floor(this.grid.scrollTop / ROW) - SPARE_ROWS;
    const first = Math.max(0, Math.min(top, users.length - wanted));
    const scale = { marks: marks.length, width: this.ruler.clientWidth };
    for (let at = first; at < first + wanted; at++) this.drawRow(this.slots[at % wanted]!, at, scale);
    const active = this.slots.find(({ user }) => user === this.user)?.row.id ?? null;
    attributes(this.grid, { 'aria-activedescendant': active });
  }

  private drawRow(slot: RosterSlot, at: number, scale: { marks: number; width: number }): void {
    const user = this.timeline.users[at]!;
    slot.row.style.top = `${at * ROW}px`;
    slot.user = at;
    attributes(slot.row, { 'aria-rowindex': at + 2, 'aria-selected': String(at === this.user) });
    slot.row.classList.toggle('selected', at === this.user);
    if (slot.drawn !== `${at}`) drawUser(slot, user, scale);
    slot.drawn = `${at}`;
    drawAtCursor(slot, user, this.mark);
  }

  private drawCursor(): void {
    if (this.timeline === NOTHING) return; // it is being read
    const { marks } = this.timeline;
    const mark = marks[this.mark];
    this.cursor.hidden = !mark;
    this.cursor.style.left = percent(Math.max(0, this.mark) / marks.length);
    this.cursor.style.width = percent(1 / marks.length);
    setText(this.ruler, mark ? markWords(mark) : 'before the first notification');
    const empty = marks.length === 0 ? 'The trace holds no state of a conference.' : 'Nothing is known yet.';
    setText(this.story, mark ? storyOf(mark) : empty);
    setText(this.state, mark ? stateOf(mark) : '');
    this.history.select(this.mark);
    this.draw();
  }

  private clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const slot = this.slots.find(({ row }) => target !== null && row.contains(target));
    if (slot) this.user = slot.user;
    const change = target?.closest('.change')?.getAttribute('data-message');
    const { left, width } = this.ruler.getBoundingClientRect();
    const part = (event.clientX - left) / width;
    if (change) this.actions.choose(Number(change));
    else if (part >= 0 && part < 1) this.to(Math.floor(part * this.timeline.marks.length));
    this.draw();
  }

  private here(act: (mark: RosterMark) => void): void {
    const mark = this.timeline.marks[this.mark];
    if (mark) act(mark);
  }

  private to(mark: number): void {
    const { marks } = this.timeline;
    const found = marks[Math.max(0, Math.min(mark, marks.length - 1))];
    if (found) this.actions.choose(found.message);
  }

  private toUser(user: number): void {
    this.user = Math.max(0, Math.min(user, this.timeline.users.length - 1));
    const top = this.user * ROW;
    const view = this.grid.clientHeight - 2 * ROW;
    if (top < this.grid.scrollTop) this.grid.scrollTop = top;
    else if (top > this.grid.scrollTop + view) this.grid.scrollTop = top - view;
    this.draw();
  }

  /** What caused the change of the user at the cursor, else their last one before it. */
  private toCause(): void {
    const events = this.timeline.users[this.user]?.events ?? [];
    const cause = events.filter(({ at, cause: by }) => at <= this.mark && by !== null).at(-1)?.cause;
    if (cause) this.actions.choose(cause);
  }

  /** What each action of the roster does; nothing while it is not shown. */
  runs() {
    const page = () => Math.max(1, Math.floor(this.grid.clientHeight / ROW) - 2);
    const shown = (run: () => void) => () => !this.root.hidden && run();
    return {
      rosterNextUser: shown(() => this.toUser(this.user + 1)),
      rosterPreviousUser: shown(() => this.toUser(this.user - 1)),
      rosterPageDown: shown(() => this.toUser(this.user + page())),
      rosterPageUp: shown(() => this.toUser(this.user - page())),
      rosterNext: shown(() => this.to(this.mark + 1)),
      rosterPrevious: shown(() => this.to(this.mark - 1)),
      rosterFirst: shown(() => this.to(0)),
      rosterLast: shown(() => this.to(this.timeline.marks.length - 1)),
      rosterGoToText: shown(() => this.here((mark) => this.actions.goToText(mark.message))),
      rosterCause: shown(() => this.toCause()),
      closeRoster: shown(() => this.actions.closed()),
    };
  }
}

/** The last mark whose message is not behind this one; -1 where there is none. */
function lastUpTo(marks: readonly RosterMark[], message: number): number {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle]!.message <= message) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function endOfStale(marks: readonly RosterMark[], from: number): number {
  let to = from;
  while (marks[to]?.stale) to++;
  return to;
}

function shade(from: number, to: number, marks: number): HTMLElement {
  const made = element('div', 'stale');
  made.style.left = percent(from / marks);
  made.style.width = percent((to - from) / marks);
  return made;
}

function gapElement(
  at: number,
  marks: number,
  { from, to }: { readonly from: number; readonly to: number },
): HTMLElement {
  const made = element('div', 'gap');
  made.style.left = percent(at / marks);
  made.title = from === to ? `Version ${from} is missing.` : `Versions ${from} to ${to} are missing.`;
  return made;
}

function markWords({ message, version, time }: RosterMark): string {
  const parts = [`message ${message}`, version === null ? '' : `v${version}`];
  if (time !== null) parts.push(clockTime(time));
  return parts.filter(Boolean).join(' · ');
}

/** How the conference is at the cursor. */
function stateOf({ users, isWhole, locked, mcus }: RosterMark): string {
  const of = isWhole ? 'in the conference' : 'known to be in the conference';
  const parts = [`${users === 1 ? '1 user' : `${users} users`} ${of}`];
  if (locked !== null) parts.push(locked ? 'locked' : 'not locked');
  if (mcus.length > 0) parts.push(`${mcus.length === 1 ? 'MCU' : 'MCUs'}: ${mcus.join(', ')}`);
  return parts.join(' · ');
}

/** What a screen reader says when the cursor moves, and everybody reads above the users. */
function storyOf({ message, version, state, stale, locked, changes }: RosterMark): string {
  const head = [
    `Message ${message}`,
    version === null ? '' : `version ${version}`,
    state,
    stale && 'stale',
    locked && 'locked',
  ];
  return `${head.filter(Boolean).join(', ')}: ${changes.length > 0 ? changes.join('; ') : 'nothing changed'}`;
}
