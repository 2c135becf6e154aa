import type { LadderRow, Lane, TraceApi } from '../server/view/protocol.ts';
import type { Host } from './host.ts';
import { headersText, messageText } from './messageText.ts';
import { rowName } from './words.ts';

export interface CopyingHooks {
  readonly api: TraceApi;
  readonly post: Host['post'];
  /** The message that is selected (one-based), or null; its row, where it has arrived; and the lanes. */
  readonly selected: () => number | null;
  readonly row: () => LadderRow | undefined;
  readonly lanes: () => readonly Lane[];
  readonly failed: (error: unknown) => void;
}

/** What can be copied of the ladder. */
export class Copying {
  private readonly hooks: CopyingHooks;

  constructor(hooks: CopyingHooks) {
    this.hooks = hooks;
  }

  copy(text: string): void {
    this.hooks.post({ type: 'copy', text });
  }

  runs() {
    const { api, post } = this.hooks;
    return {
      copyLadder: () => this.later(api.export('text')),
      copyText: () => this.ofSelected((index) => this.later(messageText(api, index))),
      copyHeaders: () => this.ofSelected((index) => this.later(headersText(api, index))),
      copyCallSummary: () => this.ofSelected((index) => this.later(api.callSummary(`message ${index}`))),
      copyLink: () => this.ofSelected((index) => post({ type: 'copyLink', index })),
      copyMessage: () => this.row(),
    };
  }

  private ofSelected(act: (index: number) => void): void {
    const index = this.hooks.selected();
    if (index !== null) act(index);
  }

  private async later(text: Promise<string>): Promise<void> {
    try {
      this.copy(await text);
    } catch (error) {
      this.hooks.failed(error);
    }
  }

  /** What is marked with the pointer, else the selected message in a line. */
  private row(): void {
    const marked = String(getSelection() ?? '');
    const row = this.hooks.row();
    if (marked) this.copy(marked);
    else if (row) this.copy(rowName(row, this.hooks.lanes(), ''));
  }
}
