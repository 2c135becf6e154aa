import { readMarks, type TraceApi, type TraceOverview, type TraceSummary } from '../server/view/protocol.ts';

/** The trace is asked about again when it has rested so long; a long one, that changes often, not so soon. */
const RESTS_MS = 250;
const MESSAGES_A_MS = 100;
const NO_MARKS = new Uint8Array(0);

/** What is known of all messages at a glance. It is asked for once somebody wants it, and again after each change of the trace. */
export class Overview {
  /** Called when it is there, or there anew. */
  onChange: () => void = () => {};
  /** The marks of each message in order, as far as they are known: there may be fewer than messages. */
  marks: Uint8Array = NO_MARKS;
  /** When each message was, in milliseconds since 1970, NaN where that is not known; null where no message has a time. */
  times: Float64Array | null = null;
  /** Nothing is known of single messages: there are too many. */
  isTooLong = false;
  private readonly api: Pick<TraceApi, 'overview'>;
  private readonly failed: (error: unknown) => void;
  private summary: TraceSummary | undefined;
  private revision = -1;
  private isWanted = false;
  private isAsked = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Pick<TraceApi, 'overview'>, failed: (error: unknown) => void) {
    this.api = api;
    this.failed = failed;
  }

  /** Takes another trace, or the same one after a change. */
  take(summary: TraceSummary): void {
    this.summary = summary;
    this.askSoon();
  }

  /** From now on it is asked for. */
  want(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    this.askSoon();
  }

  private askSoon(): void {
    const { summary, revision } = this;
    if (!this.isWanted || !summary || this.isAsked || revision >= summary.revision || this.timer !== undefined) return;
    const delay = revision < 0 ? 0 : Math.max(RESTS_MS, summary.rows / MESSAGES_A_MS);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.ask();
    }, delay);
  }

  private async ask(): Promise<void> {
    this.isAsked = true;
    try {
      const { revision, isTooLong, marks, firstTime, waits } = await this.api.overview();
      this.revision = revision;
      this.isTooLong = isTooLong;
      this.marks = readMarks(marks);
      this.times = waits && timesOf(waits, firstTime ?? 0);
      this.onChange();
    } catch (error) {
      this.revision = this.summary?.revision ?? this.revision; // it is asked for again after the next change, not in a loop
      this.failed(error);
    }
    this.isAsked = false;
    this.askSoon();
  }
}

function timesOf(waits: NonNullable<TraceOverview['waits']>, first: number): Float64Array {
  const times = new Float64Array(waits.length);
  let time = first;
  for (let index = 0; index < times.length; index++) {
    const wait = waits[index] ?? null;
    if (wait !== null) time += wait;
    times[index] = wait === null ? Number.NaN : time;
  }
  return times;
}
