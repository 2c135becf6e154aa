import { packMessages, type TraceApi } from '../server/view/protocol.ts';
import type { Grid } from './grid.ts';
import { dialogStarts, nearest, partner, related } from './neighbours.ts';
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
  private dialogs: Promise<Uint32Array> | null = null;
  /** Where dialogs begin in what was shown when somebody went to one last. */
  private starts: { readonly of: readonly [unknown, unknown, number]; readonly messages: readonly number[] } | null =
    null;

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
    const { api, selected } = this.hooks;
    await this.go(async () => {
      this.dialogs ??= api.dialogs().then((all) => Uint32Array.from(all));
      try {
        return nearest(this.startsIn(await this.dialogs), selected() ?? 0, direction);
      } catch (error) {
        this.outdated();
        throw error;
      }
    });
  }

  private startsIn(dialogs: Uint32Array): readonly number[] {
    const { here, count } = this.hooks.grid.shown;
    const of = [dialogs, here, count] as const;
    if (!this.starts?.of.every((one, at) => one === of[at]))
      this.starts = { of, messages: dialogStarts(dialogs, { here, count }) };
    return this.starts.messages;
  }

  private async toFinding(direction: Direction): Promise<void> {
    const { api, grid, selected } = this.hooks;
    await this.go(async () => {
      const { fitting } = grid.shown;
      return api.finding(selected() ?? (direction > 0 ? 0 : 1), direction, fitting && packMessages(fitting));
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
