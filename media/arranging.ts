import type { LadderRow, Lane, LaneArrangement, TraceApi } from '../server/view/protocol.ts';
import type { Grid } from './grid.ts';
import { LaneStories, storyElements, storyLines } from './laneStories.ts';
import { laneKey, mergedInto, moved, NO_ARRANGEMENT, type ShownLane } from './laneView.ts';
import type { MenuItem } from './menu.ts';
import { Popup } from './popup.ts';

export interface ArrangingNeeds {
  readonly grid: Grid;
  /** Keeps the arrangement for the next time the file is opened. */
  save(arrangement: LaneArrangement): void;
  /** The row of the chosen message, if it is there. */
  readonly row: () => LadderRow | undefined;
  /** Tells why a lane is one. */
  readonly lane: TraceApi['lane'];
  readonly failed: (error: unknown) => void;
  focus(): void;
}

const GROUPS: readonly LaneArrangement['group'][] = ['participant', 'host', 'address'];

/** What the reader does with the lanes: each can be moved, named, merged, split and hidden, by its menu, by keys and by dragging. */
export class Arranging {
  readonly popup = new Popup();
  private readonly needs: ArrangingNeeds;
  private readonly stories: LaneStories;
  private arrangement = NO_ARRANGEMENT;

  constructor(needs: ArrangingNeeds) {
    this.needs = needs;
    this.stories = new LaneStories(needs.lane);
    const { header } = needs.grid;
    header.onKey = (event, at) => this.pressed(event, at);
    header.onMenu = (at) => this.open(at);
    header.onBundle = (first) => needs.grid.focusLane(first);
    header.onMove = (at, to) => this.move(at, to);
    header.onVisit = (at) => void this.visit(at);
  }

  /** Takes what was saved for the file. */
  take(arrangement: LaneArrangement): void {
    this.arrangement = arrangement;
    this.needs.grid.arrange(arrangement);
  }

  /** Takes the lanes of a trace that is another, or has changed. */
  takeLanes(lanes: readonly Lane[]): void {
    this.stories.take(lanes);
  }

  runs() {
    return {
      lanes: () => this.needs.grid.focusLane(0),
      groupLanes: () => {
        const group = GROUPS[(GROUPS.indexOf(this.arrangement.group) + 1) % GROUPS.length]!;
        this.change({ ...NO_ARRANGEMENT, names: this.arrangement.names, group });
      },
      pinLane: () => {
        const { grid } = this.needs;
        const at = grid.header.focused ?? grid.view.sender(this.needs.row());
        if (at !== null) this.pin(at);
      },
      resetLanes: () => this.change(NO_ARRANGEMENT),
    };
  }

  private get lanes(): readonly ShownLane[] {
    return this.needs.grid.lanes;
  }

  private change(arrangement: LaneArrangement, focused?: number): void {
    this.take(arrangement);
    this.needs.save(arrangement);
    if (focused !== undefined) this.needs.grid.focusLane(Math.max(0, Math.min(focused, this.lanes.length - 1)));
  }

  private move(at: number, to: number): void {
    this.change(moved(this.needs.grid.view, this.arrangement, at, to), to);
  }

  private hide(at: number): void {
    const lane = this.lanes[at];
    if (lane && this.lanes.length > 1)
      this.change({ ...this.arrangement, hidden: [...this.arrangement.hidden, lane.key] }, at);
  }

  /** Keeps a lane in view beside the times, or no longer; the focus goes with it. */
  private pin(at: number): void {
    const lane = this.lanes[at];
    if (!lane) return;
    const { pinned } = this.arrangement;
    const others = pinned.filter((key) => key !== lane.key);
    this.change({ ...this.arrangement, pinned: lane.isPinned ? others : [...pinned, lane.key] });
    this.needs.grid.focusLane(this.lanes.findIndex(({ key }) => key === lane.key));
  }

  private rename(at: number): void {
    const lane = this.lanes[at];
    const below = this.needs.grid.header.elementOf(at);
    if (!lane || !below) return;
    const answered = (name: string) => {
      const { [lane.key]: _, ...others } = this.arrangement.names;
      this.change({ ...this.arrangement, names: name ? { ...others, [lane.key]: name } : others }, at);
    };
    this.popup.ask(`Name of the lane ${lane.label}`, below, lane.label, answered, () => this.needs.grid.focusLane(at));
  }

  /** What is under the pointer or has the focus is told why it is a lane: what is there at once, the rest when it has come. */
  private async visit(at: number): Promise<void> {
    const lane = this.lanes[at];
    if (!lane) return;
    const told = await this.stories.of(lane).catch(() => []); // a tooltip fails in silence
    if (this.lanes[at]?.key === lane.key) this.needs.grid.header.tell(at, storyLines(told));
  }

  /** Tells why a lane is one, to be read at leisure. */
  private async why(at: number): Promise<void> {
    const lane = this.lanes[at];
    if (!lane) return;
    try {
      const told = await this.stories.of(lane);
      const below = this.needs.grid.header.elementOf(at);
      if (below)
        this.popup.tell(`Why ${lane.label} is a lane`, below, storyElements(told), () => this.needs.grid.focusLane(at));
    } catch (error) {
      this.needs.failed(error);
    }
  }

  private open(at: number): void {
    const lane = this.lanes[at];
    const below = this.needs.grid.header.elementOf(at);
    if (!lane || !below) return;
    const closed = () => this.needs.grid.focusLane(at);
    this.popup.open(`Lane ${lane.label}`, below, this.items(lane, at, below, closed), closed);
  }

  private items(lane: ShownLane, at: number, below: Element, closed: () => void): MenuItem[] {
    const { arrangement } = this;
    const others = this.lanes.filter(({ key }) => key !== lane.key);
    const merge = () =>
      this.popup.open(
        `Merge ${lane.label} with`,
        below,
        others.map((other) => ({
          label: other.label,
          run: () => this.change(mergedInto(arrangement, lane.key, other.key), at),
        })),
        closed,
      );
    const item = (label: string, run: () => void, isOffered = true): MenuItem[] => (isOffered ? [{ label, run }] : []);
    const isMerged = Object.values(arrangement.merged).includes(lane.key);
    const isPart = lane.key.startsWith('address ') && arrangement.group === 'participant';
    const { undone = [] } = arrangement;
    const isUndone = this.needs.grid.view.isUndone(lane);
    const guess = isUndone ? undone.filter((key) => key !== lane.key) : [...undone, lane.key];
    return [
      ...item('Why Is This a Lane?', () => void this.why(at)),
      ...item(
        isUndone ? 'Draw This Guess Again' : 'Undo This Guess',
        () => this.change({ ...arrangement, undone: guess }, at),
        lane.isGuess && laneKey(lane) === lane.key,
      ),
      ...item('Rename…', () => this.rename(at)),
      ...item(lane.isPinned ? 'Unpin' : 'Pin to the Left', () => this.pin(at)),
      ...item('Move Left', () => this.move(at, at - 1), at > 0),
      ...item('Move Right', () => this.move(at, at + 1), at < this.lanes.length - 1),
      ...item('Move to the Left Edge', () => this.move(at, 0), at > 0),
      ...item('Merge with…', merge, others.length > 0),
      ...item(
        'Take Apart Again',
        () => this.change({ ...arrangement, merged: without(arrangement.merged, lane.key) }),
        isMerged,
      ),
      ...item(
        'Split by Address',
        () => this.change({ ...arrangement, split: [...arrangement.split, lane.key] }),
        lane.canSplit,
      ),
      ...item('Join Again', () => this.change({ ...arrangement, split: [] }), isPart),
      ...item('Hide', () => this.hide(at), others.length > 0),
      ...item(
        `Show ${arrangement.hidden.length} Hidden`,
        () => this.change({ ...arrangement, hidden: [] }),
        arrangement.hidden.length > 0,
      ),
      ...item('Reset All Lanes', () => this.change(NO_ARRANGEMENT), arrangement !== NO_ARRANGEMENT),
    ];
  }

  private pressed(event: KeyboardEvent, at: number): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // Ctrl+P and Ctrl+W are VS Code's
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined && event.shiftKey) this.move(at, Math.max(0, Math.min(at + step, this.lanes.length - 1)));
    else if (step !== undefined) this.needs.grid.focusLane(Math.max(0, Math.min(at + step, this.lanes.length - 1)));
    else if (event.key === 'Home') this.needs.grid.focusLane(0);
    else if (event.key === 'End') this.needs.grid.focusLane(this.lanes.length - 1);
    else if (['Enter', ' ', 'ContextMenu'].includes(event.key)) this.open(at);
    else if (event.key === 'F2') this.rename(at);
    else if (event.key === 'p') this.pin(at);
    else if (event.key === 'w') void this.why(at);
    else if (event.key === 'Delete') this.hide(at);
    else if (event.key === 'Escape' || event.key === 'ArrowDown') this.needs.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function without(merged: LaneArrangement['merged'], into: string): LaneArrangement['merged'] {
  return Object.fromEntries(Object.entries(merged).filter(([, target]) => target !== into));
}
