import type { TraceApi } from '../server/view/protocol.ts';
import type { Grid } from './grid.ts';
import { firstOfDialog, partner, related } from './neighbours.ts';
import type { RowCache } from './rowCache.ts';

export interface MovingHooks {
  readonly api: Pick<TraceApi, 'message' | 'finding' | 'dialogs'>;
  readonly grid: Grid;
  readonly rows: RowCache;
  /** The message that is selected (one-based), or null. */
  readonly selected: () => number | null;
  readonly choose: (message: number) => void;
  readonly failed: (error: unknown) => void;
}

type Direction = 1 | -1;

/** The ways from message to message in the ladder. */
export class Moving {
  private readonly hooks: MovingHooks;
  private dialogs: Promise<readonly number[]> | null = null;

  constructor(hooks: MovingHooks) {
    this.hooks = hooks;
  }

  /** The trace has changed. */
  outdated(): void {
    this.dialogs = null;
  }

  /** What the actions do that move. */
  runs() {
    const { grid, choose } = this.hooks;
    return {
      nextMessage: () => this.by(1),
      previousMessage: () => this.by(-1),
      pageDown: () => this.by(grid.scroll.pageLength),
      pageUp: () => this.by(-grid.scroll.pageLength),
      firstMessage: () => choose(grid.shown.first),
      lastMessage: () => choose(grid.shown.last),
      previousInTransaction: () => this.toPartner(-1),
      nextInTransaction: () => this.toPartner(1),
      previousDialog: () => this.toDialog(-1),
      nextDialog: () => this.toDialog(1),
      nextFinding: () => this.toFinding(1),
      previousFinding: () => this.toFinding(-1),
    };
  }

  private by(count: number): void {
    const { grid, choose, selected } = this.hooks;
    choose(grid.shown.next(selected() ?? (count > 0 ? 0 : 2), count));
  }

  private async toPartner(direction: Direction): Promise<void> {
    const { api, rows } = this.hooks;
    const selected = this.hooks.selected();
    if (selected === null) return;
    await this.go(async () => {
      const { links } = await api.message(selected);
      return partner(selected, direction, related(selected, rows), links);
    });
  }

  /** The dialog of each message is asked for once, when somebody wants it. */
  private async toDialog(direction: Direction): Promise<void> {
    const { api, grid, selected } = this.hooks;
    await this.go(async () => {
      this.dialogs ??= api.dialogs();
      try {
        return firstOfDialog(await this.dialogs, grid.shown, selected() ?? 0, direction);
      } catch (error) {
        this.outdated();
        throw error;
      }
    });
  }

  private async toFinding(direction: Direction): Promise<void> {
    const { api, grid } = this.hooks;
    await this.go(async () => {
      const first = await api.finding(this.hooks.selected() ?? (direction > 0 ? 0 : 1), direction);
      let next = first;
      while (next !== null && grid.isHidden(next)) {
        next = await api.finding(next, direction);
        if (next === first) return null; // all of them are filtered out
      }
      return next;
    });
  }

  /** Chooses the message that is found, if there is one. */
  private async go(find: () => Promise<number | null>): Promise<void> {
    try {
      const next = await find();
      if (next !== null) this.hooks.choose(next);
    } catch (error) {
      this.hooks.failed(error);
    }
  }
}
