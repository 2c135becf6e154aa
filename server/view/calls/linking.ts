import type { LegLinks } from '../../engine/flow/sessions/evidence.ts';
import { LongAnswer } from '../longAnswer.ts';
import type { LinkingState } from './callNode.ts';
import type { CallSource } from './callSource.ts';

const NOTHING: LegLinks = { links: [], callIds: new Map(), firsts: new Map(), conferences: new Map() };

/** What links the legs of a trace: of a large file as far as it was looked for, which begins when somebody asks how far it is. */
export class Linking {
  private readonly search = new LongAnswer<LegLinks>(NOTHING);
  private readonly whole = new WeakMap<object, Promise<LegLinks>>();
  private far: LegLinks = NOTHING;
  private isStopped = false;

  /**
   * What is known.
   * @param state stands for the messages of the source
   */
  async links({ legSearch }: CallSource, state: object): Promise<LegLinks> {
    if (legSearch.isLong) return this.far;
    const known = this.whole.get(state) ?? legSearch.find({ isGivenUp: () => false, tell() {} });
    this.whole.set(state, known);
    known.catch(() => this.whole.delete(state)); // it is looked for again
    return known;
  }

  /** How far it is; it goes on meanwhile, unless it was stopped. */
  async look(source: CallSource, state: object): Promise<LinkingState> {
    const { legSearch } = source;
    if (!legSearch.isLong) return this.state(source, null, (await this.links(source, state)).links.length);
    if (this.isStopped) return this.state(source, null, this.far.links.length);
    const { value, progress } = await this.search.ask('links', state, (looking) => legSearch.find(looking));
    this.far = value;
    return this.state(source, progress, value.links.length);
  }

  /** It looks no further. */
  stop(): void {
    this.isStopped = true;
    this.search.giveUp();
  }

  /** It goes on where it was stopped. */
  resume(): void {
    this.isStopped = false;
    this.search.forget();
  }

  private state({ legSearch }: CallSource, progress: number | null, links: number): LinkingState {
    const { isStopped } = this;
    return {
      progress,
      links,
      isStopped,
      note: isStopped ? 'The legs of calls are linked in part.' : legSearch.limit(),
    };
  }
}
