import type { Lane, TraceApi } from '../server/view/protocol.ts';
import { Details, type DetailsHooks } from './details.ts';
import { Dock } from './dock.ts';
import type { Host } from './host.ts';
import { Splitter } from './splitter.ts';

export interface DetailsPaneHooks extends DetailsHooks {
  readonly host: Host;
  readonly api: Pick<TraceApi, 'message' | 'rows'>;
  /** The message that is selected (one-based), or null. */
  readonly selected: () => number | null;
  /** The lanes of the trace; undefined where none is there yet. */
  readonly lanes: () => readonly Lane[] | undefined;
  /** Tells the tool bar whether the details are shown. */
  readonly press: (open: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** A message is shown once the reader stays at it for so long. */
const REST_MS = 40;

/** The details beside or below the ladder: whether they are shown, how large, and of which message. */
export class DetailsPane {
  readonly details: Details;
  private readonly area: HTMLElement;
  private readonly hooks: DetailsPaneHooks;
  private readonly dock: Dock;
  private readonly splitter: Splitter;
  private turn = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(area: HTMLElement, hooks: DetailsPaneHooks) {
    const { host } = hooks;
    this.area = area;
    this.hooks = hooks;
    this.details = new Details(hooks);
    this.dock = new Dock(area, host.state.dock, (dock) => host.remember({ dock }));
    this.splitter = new Splitter(area, this.dock, host.state.split, (split) => host.remember({ split }));
  }

  get elements(): readonly HTMLElement[] {
    return [this.splitter.root, this.details.root];
  }

  /** What the actions do that are about the details. */
  runs() {
    return {
      readDetails: () => this.read(),
      details: () => this.show(!this.hooks.host.state.details),
      dockDetails: () => this.dock.toggle(),
    };
  }

  /** Shows or hides the details. */
  show(open: boolean): void {
    this.area.classList.toggle('without-details', !open);
    this.hooks.press(open);
    this.hooks.host.remember({ details: open });
    const selected = this.hooks.selected();
    if (open && selected !== null) void this.tell(selected);
  }

  /** Another message (one-based) is selected. */
  follow(message: number): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.tell(message), REST_MS);
  }

  /** Opens the details where they are hidden, and goes there. */
  private read(): void {
    if (!this.hooks.host.state.details) this.show(true);
    this.details.root.focus();
  }

  private async tell(message: number): Promise<void> {
    const turn = ++this.turn;
    const { api, host, selected, lanes, failed } = this.hooks;
    if (!host.state.details || !lanes()) return;
    try {
      const [detail, rows] = await Promise.all([api.message(message), api.rows(message - 1, message)]);
      if (turn === this.turn && message === selected())
        this.details.show({ detail, row: rows[0], lanes: lanes() ?? [] });
    } catch (error) {
      if (turn === this.turn && message === selected()) failed(error);
    }
  }
}
