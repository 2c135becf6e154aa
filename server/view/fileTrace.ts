import { DEFAULT_OPTIONS, type LintOptions } from '../engine/engine.ts';
import type { Snapshot } from '../engine/indexed/snapshot.ts';
import { FileLegs } from './calls/fileLegs.ts';
import { FileCaptions } from './fileCaptions.ts';
import { FileChecks } from './fileChecks.ts';
import { GrowingFile } from './growingFile.ts';
import { indexedTrace } from './indexedTrace.ts';
import type { OpenFile } from './openedFile.ts';
import type { FileReading, LinkDecision, TraceApi } from './protocol.ts';
import { answersAbout } from './traces.ts';
import type { ViewedTrace } from './viewed.ts';

/** How often a file is looked at for what was appended to it. */
const LOOK_MS = 700;
/** Whoever asks is not kept waiting longer for the first message. */
const PATIENCE_MS = 400;
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
  private captions = new FileCaptions();
  private checks = new FileChecks(DEFAULT_OPTIONS);
  private legs = new FileLegs();
  private decided: readonly LinkDecision[] = [];
  private options = JSON.stringify(DEFAULT_OPTIONS);
  private view: { readonly snapshot: Snapshot; readonly state: object } | null = null;
  private revision = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly ready: Promise<void>;

  /** @param changed called when there is more to see, some times a second at most */
  constructor(uri: string, open: OpenFile, changed: () => void) {
    this.uri = uri;
    this.open = open;
    this.changed = changed;
    this.ready = this.begin();
    this.ready.catch(() => {}); // every question is answered with it
    this.api = answersAbout(() => this.latest(), {
      pause: async () => this.pause(),
      resume: async () => this.resume(),
      decided: () => this.decided,
    });
  }

  /** The severities and the profile that the user chose: what was found with others is forgotten. */
  judge(options: LintOptions): void {
    const { profile, levels } = options;
    const written = JSON.stringify({ profile, levels });
    if (written === this.options) return;
    this.options = written;
    this.beginChecks({ profile, levels });
  }

  /** What was told of its legs by hand. */
  decide(decided: readonly LinkDecision[]): void {
    this.decided = decided;
  }

  /** Whether the file could be opened. */
  get isOpen(): boolean {
    return this.growing !== null;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.legs.close();
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
  private async latest(): Promise<ViewedTrace> {
    await this.ready;
    const growing = this.growing!;
    await Promise.race([growing.first, pause(PATIENCE_MS)]);
    const { latest: snapshot, source, file } = growing;
    const of = { snapshot, source };
    const profiles = await this.checks.profiles(of);
    if (this.view?.snapshot !== snapshot) {
      this.view = { snapshot, state: {} };
      this.revision++;
    }
    const { revision, captions } = this;
    const { state } = this.view;
    const reading = this.state();
    if (reading.state !== 'reading') captions.look(of, () => this.showAgain()).catch(() => {}); // without them it is a ladder too
    const captionRows = () => captions.rows;
    const facts = {
      revision,
      state,
      title: file.name,
      profiles,
      notices: this.notices(),
      reading,
      captionRows,
    };
    const { checks, legs } = this;
    return indexedTrace(of, facts, { checks, legs }, () => this.showAgain());
  }

  /** The same messages, of which more is known. */
  private showAgain(): void {
    this.revision++;
    this.tell();
  }

  private beginChecks(options: LintOptions): void {
    this.checks = new FileChecks(options);
    this.view = null;
    this.tell();
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
    this.captions = new FileCaptions();
    this.legs.close();
    this.legs = new FileLegs();
    this.beginChecks(JSON.parse(this.options) as LintOptions);
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
    const isEmpty = latest.columns.count === 0 && !this.isReading;
    return [...(this.note ? [this.note] : []), ...(isEmpty ? [`No SIP message was found in ${file.name}.`] : [])];
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
