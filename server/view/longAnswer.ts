/** Whoever asks waits no longer than this for more of an answer. */
const PATIENCE_MS = 300;

/** What looks for an answer. */
export interface Looking<T> {
  /** Nobody waits for it any more. */
  isGivenUp(): boolean;
  /** Tells how far it is, from 0 to 1, and what is known up to there. */
  tell(progress: number, known: T): void;
}

/** An answer as far as it is known: `progress` is null when it is whole. */
export interface Answer<T> {
  readonly value: T;
  readonly progress: number | null;
}

interface Run<T> {
  readonly question: string;
  readonly state: object;
  isGivenUp: boolean;
  value: T;
  progress: number | null;
  /** Resolves when it is whole; it never rejects. */
  readonly end: Promise<void>;
  error: unknown;
}

/**
 * Answers one question at a time that may take long: asked again, it tells how far it has come. Another question gives the one before
 * up. The same question about a later state is begun anew when it is answered, and until then the answer before is told.
 */
export class LongAnswer<T> {
  private readonly nothing: T;
  private run: Run<T> | null = null;
  private before: Answer<T> | null = null;

  /** @param nothing what is known at the beginning */
  constructor(nothing: T) {
    this.nothing = nothing;
  }

  /** @param state the object that stands for what is asked about: the answer holds as long as it is the same */
  async ask(question: string, state: object, look: (looking: Looking<T>) => Promise<T>): Promise<Answer<T>> {
    if (this.run?.question !== question) {
      if (this.run) this.run.isGivenUp = true;
      this.before = null;
      this.run = this.start(question, state, look);
    } else if (this.run.state !== state && this.run.progress === null) {
      this.before = this.run;
      this.run = this.start(question, state, look);
    }
    const { run } = this;
    await Promise.race([run.end, pause(PATIENCE_MS)]);
    if (run.error !== undefined) {
      if (this.run === run) this.run = null;
      throw run.error;
    }
    if (run.progress !== null) return { value: this.before?.value ?? run.value, progress: run.progress };
    return { value: run.value, progress: run.state === state ? null : 0 };
  }

  /** Nobody waits for it any more: what is known when the looking ends is the answer. */
  giveUp(): void {
    if (this.run) this.run.isGivenUp = true;
  }

  /** The next question is looked for anew. */
  forget(): void {
    this.giveUp();
    this.run = null;
  }

  private start(question: string, state: object, look: (looking: Looking<T>) => Promise<T>): Run<T> {
    const run: { -readonly [K in keyof Run<T>]: Run<T>[K] } = {
      ...{ question, state, isGivenUp: false, value: this.nothing, progress: 0, error: undefined },
      end: Promise.resolve(),
    };
    const looking: Looking<T> = {
      isGivenUp: () => run.isGivenUp,
      tell: (progress, known) => {
        run.progress = Math.min(1, progress);
        run.value = known;
      },
    };
    run.end = look(looking).then(
      (value) => {
        run.value = value;
        run.progress = null;
      },
      (error: unknown) => {
        run.error = error ?? new Error('It failed.');
      },
    );
    return run;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
