import type { TraceApi } from '../server/view/protocol.ts';

/** Where matches are marked, and what is shown of them. */
interface Ladder {
  readonly count: number;
  match(messages: ReadonlySet<number>): void;
  isHidden(message: number): boolean;
}

const RESTS_MS = 200;
/** In longer traces single matches are looked for, not all of them. */
const LONGEST = 100_000;

/** The messages that hold what is searched for. A filter hides, a search marks: what is hidden is not found. */
export class Matches {
  private readonly api: Pick<TraceApi, 'filter' | 'search'>;
  private readonly ladder: Ladder;
  private words = '';
  private known: Promise<readonly number[] | null> = Promise.resolve(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Pick<TraceApi, 'filter' | 'search'>, ladder: Ladder) {
    this.api = api;
    this.ladder = ladder;
  }

  /** Marks what holds the words, once the reader rests; nothing where there are none. */
  mark(words: string): void {
    if (words === this.words) return;
    this.words = words;
    clearTimeout(this.timer);
    this.ladder.match(new Set());
    this.known = new Promise((resolve) => {
      this.timer = setTimeout(() => resolve(this.all(words)), RESTS_MS);
    });
    void this.known.then((found) => {
      if (words === this.words) this.ladder.match(new Set(found ?? []));
    });
  }

  /** The trace has changed. */
  again(): void {
    const { words } = this;
    this.words = '';
    this.mark(words);
  }

  /** How many messages hold the words; null where that is not known. */
  async count(words: string): Promise<number | null> {
    const found = words === this.words ? await this.known : null;
    return found?.filter((message) => !this.ladder.isHidden(message)).length ?? null;
  }

  /** The next message that holds the words and is shown, going round; null if there is none. */
  async next(words: string, after: number, direction: 1 | -1): Promise<number | null> {
    const first = await this.api.search(words, after, direction);
    if (first === null || !this.ladder.isHidden(first)) return first;
    const shown = ((await this.all(words)) ?? []).filter((message) => !this.ladder.isHidden(message));
    const ahead = shown.filter((message) => (message - after) * direction > 0);
    return (direction > 0 ? (ahead[0] ?? shown[0]) : (ahead.at(-1) ?? shown.at(-1))) ?? null;
  }

  private async all(words: string): Promise<readonly number[] | null> {
    if (words.trim() === '' || this.ladder.count > LONGEST) return null;
    const quoted = `"${words.trim().replace(/[\\"]/g, '\\$&')}"`;
    return this.api.filter(quoted, 'message').then(
      ({ messages }) => messages,
      () => null, // what cannot be filtered is searched message by message
    );
  }
}
