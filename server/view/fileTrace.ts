import { completeFilter } from '../engine/filter/complete.ts';
import { retransmissionsOf } from '../engine/ladder/rows.ts';
import { skippedOf } from '../engine/trace/skipped.ts';
import { sourceOfFile } from './calls/callSource.ts';
import { createCallsApi } from './calls/callsApi.ts';
import { GrowingFile } from './growingFile.ts';
import * as answers from './indexedAnswers.ts';
import { search } from './indexedSearch.ts';
import type { OpenFile } from './openedFile.ts';
import type { FileReading, FilterCompletion, TraceApi, TraceSummary } from './protocol.ts';

/** How often a file is looked at for what was appended to it. */
const LOOK_MS = 700;
/** Whoever asks is not kept waiting longer for the first message. */
const PATIENCE_MS = 400;
const MOST_SKIPPED = 5;
/** Files have no places by lines: their messages are shown as texts of their own. */
const NOT_FILTERED =
  'A file that is read by ranges is not filtered: open a call as text, or use sip-lens ladder --filter.';
const NO_ROSTER = 'The roster of a file that is read by ranges is not made: open a call of it as a text.';
const NO_LINES = 'A file that is read by ranges has no lines.';

/** Reads one file by ranges for as long as somebody looks at it, follows what is appended, and answers for it. */
export class FileTrace {
  readonly api: TraceApi;
  private readonly uri: string;
  private readonly open: OpenFile;
  private readonly changed: () => void;
  private growing: GrowingFile | null = null;
  private isReading = false;
  private isPaused = false;
  private isClosed = false;
  private note: string | null = null;
  private lastSearch = 0;
  private asked: { readonly of: answers.Indexed } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly ready: Promise<void>;

  /** @param changed called when there is more to see, some times a second at most */
  constructor(uri: string, open: OpenFile, changed: () => void) {
    this.uri = uri;
    this.open = open;
    this.changed = changed;
    this.ready = this.begin();
    this.ready.catch(() => {}); // every question is answered with it
    this.api = {
      summary: async () => summaryOf(await this.latest(), this.state(), this.notices()),
      rows: async (from, to) => answers.rowsOf(await this.latest(), from, to),
      message: async (index) => answers.messageOf(await this.latest(), index),
      search: async (words, after, direction) => this.search(words, after, direction),
      filter: async () => Promise.reject(new Error(NOT_FILTERED)),
      completions: async (text, offset) => completed(String(text), offset),
      comparable: async (index, of, extent) => answers.comparable(await this.latest(), index, of, extent),
      range: async () => Promise.reject(new Error(NO_LINES)),
      messageAt: async () => null,
      roster: async () => Promise.reject(new Error(NO_ROSTER)),
      text: async (index, of) => answers.textOf(await this.latest(), index, of),
      ...createCallsApi(
        () => this.calls(),
        ({ of }) => sourceOfFile(of),
      ),
      pause: async () => this.pause(),
      resume: async () => this.resume(),
      export: async (format) => answers.exported(await this.latest(), format),
      exports: async () => answers.exportOffers(),
      file: async (format, key, scope) => answers.exportedFile(await this.latest(), format, key, scope),
      redacted: async () => Promise.reject(new Error(answers.NOT_REDACTED)),
    };
  }

  /** Whether the file could be opened. */
  get isOpen(): boolean {
    return this.growing !== null;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.growing?.file.close();
  }

  /** Opens the file and reads on in the background. */
  private async begin(): Promise<void> {
    const file = await this.open(this.uri);
    if (this.isClosed) return file.close();
    this.growing = await GrowingFile.open(file, () => this.tell());
    void this.readOn();
  }

  /** What is known, once there is something to show or all is read. */
  private async latest(): Promise<answers.Indexed> {
    await this.ready;
    const growing = this.growing!;
    await Promise.race([growing.first, pause(PATIENCE_MS)]);
    return { snapshot: growing.latest, source: growing.source, title: growing.file.name };
  }

  /** One object for each snapshot, since its calls are read once. */
  private async calls(): Promise<{ readonly of: answers.Indexed }> {
    const of = await this.latest();
    if (this.asked?.of.snapshot !== of.snapshot) this.asked = { of };
    return this.asked;
  }

  private async readOn(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isReading || this.isClosed) return;
    this.isReading = true;
    try {
      await this.growing!.readOn(() => this.isPaused || this.isClosed);
    } catch (error) {
      this.note = error instanceof Error ? error.message : String(error);
    }
    this.isReading = false;
    this.tell();
    this.lookLater();
  }

  private lookLater(): void {
    if (this.isPaused || this.isClosed || !this.growing?.file.look) return;
    this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }

  private async look(): Promise<void> {
    try {
      const change = await this.growing!.change();
      if (this.isClosed || this.isPaused) return;
      if (change === 'more') return void this.readOn();
      if (change === 'replaced') return void (await this.beginAgain());
      this.say(change === 'gone' ? `${this.name} has been moved or deleted. It is shown as it was.` : null);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
    this.lookLater();
  }

  /** The file has been cut, or another one has taken its place: a log was rotated. */
  private async beginAgain(): Promise<void> {
    const file = await this.open(this.uri);
    this.growing?.file.close();
    if (this.isClosed) return file.close();
    this.growing = await GrowingFile.open(file, () => this.tell());
    this.note = `${this.name} was begun anew while it was shown. Here is what it holds now.`;
    void this.readOn();
  }

  private pause(): void {
    this.isPaused = true;
    clearTimeout(this.timer);
    this.tell();
  }

  private resume(): void {
    this.isPaused = false;
    this.tell();
    if (this.growing && this.growing.read < this.growing.file.size) void this.readOn();
    else void this.look();
  }

  private async search(words: string, after: number, direction: 1 | -1): Promise<number | null> {
    const turn = ++this.lastSearch;
    return search(await this.latest(), { words, after, direction }, () => turn !== this.lastSearch || this.isClosed);
  }

  private get name(): string {
    return this.growing?.file.name ?? this.uri;
  }

  private say(note: string | null): void {
    if (note === null || note === this.note) return;
    this.note = note;
    this.tell();
  }

  private tell(): void {
    if (!this.isClosed) this.changed();
  }

  private state(): FileReading {
    const { read, file, isGrowing } = this.growing!;
    const state = this.isPaused ? 'paused' : this.isReading ? 'reading' : isGrowing ? 'following' : 'done';
    return { read, size: file.size, state };
  }

  private notices(): string[] {
    const { latest, file } = this.growing!;
    const skipped = skippedOf(latest.built).slice(0, MOST_SKIPPED);
    const isEmpty = latest.columns.count === 0 && !this.isReading;
    return [
      ...(this.note ? [this.note] : []),
      ...(isEmpty ? [`No SIP message was found in ${file.name}.`] : []),
      ...skipped.map(({ why, count }) => `Not shown: ${count} ${why}.`),
    ];
  }
}

function completed(text: string, offset: number): FilterCompletion {
  const { span, items } = completeFilter(text, Math.floor(offset) || 0);
  return { ...span, items };
}

function summaryOf({ snapshot, title }: answers.Indexed, reading: FileReading, notices: string[]): TraceSummary {
  const { columns, flow, lanes, format } = snapshot;
  return {
    revision: answers.revisionOf(snapshot),
    title,
    format,
    profile: '',
    lanes: lanes.lanes,
    rows: columns.count,
    captionRows: [],
    retransmissions: retransmissionsOf(flow),
    firstTime: answers.firstTime(columns),
    roster: false,
    notices,
    reading,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
