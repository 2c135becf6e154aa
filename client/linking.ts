import type { LinkingState, TraceApi } from '../server/view/protocol.ts';

/** How far the linking of legs is: it goes on, was stopped, or there is nothing to do. */
export type Linking = 'going' | 'stopped' | '';

export interface LinkingNeeds {
  /** Tells how far it is, in words that may be empty. */
  told(words: string): void;
  /** The linking goes on, or no longer. */
  changed(linking: Linking): void;
  /** More links are known than are shown. */
  found(): void;
}

/** Follows how the legs of the calls of one trace are linked. Of a large file they are linked only while somebody asks for it. */
export class LinkingFollower {
  private readonly needs: LinkingNeeds;
  private turn = 0;

  constructor(needs: LinkingNeeds) {
    this.needs = needs;
  }

  /** Asks until all is linked, or until more is known than the links that are shown; what was followed before is left. */
  async follow(api: Pick<TraceApi, 'linkLegs'>, shown: number): Promise<void> {
    const turn = ++this.turn;
    try {
      for (;;) {
        const state = await api.linkLegs('look');
        if (turn !== this.turn) return;
        this.needs.told(wordsOf(state));
        this.needs.changed(state.progress !== null ? 'going' : state.isStopped ? 'stopped' : '');
        if (state.links !== shown) return this.needs.found();
        if (state.progress === null) return;
      }
    } catch {
      if (turn === this.turn) this.needs.changed(''); // what is wrong with the trace was said with its calls
    }
  }

  /** Nobody looks at the trace any more: asking on would open its file again. */
  leave(): void {
    this.turn++;
  }
}

function wordsOf({ progress, note }: LinkingState): string {
  return progress === null ? note : `Linking the legs of calls: ${Math.floor(progress * 100)} %`;
}
