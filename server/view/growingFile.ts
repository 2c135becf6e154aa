import { captureKindOf } from '../engine/capture/capture.ts';
import { GrowingCapture } from '../engine/capture/indexCapture.ts';
import { type Snapshot, snapshotOf } from '../engine/indexed/snapshot.ts';
import { type GrowingIndex, GrowingTrace } from '../engine/trace/growing.ts';
import type { ByteSource } from '../engine/trace/trace.ts';
import type { OpenedFile } from './openedFile.ts';

/** Others get their turn after so long. */
const SLICE_MS = 12;
/** How often at most the readers are told of a file that is being read. */
const TELL_MS = 250;
/** A snapshot may take one part in so many of the time. */
const SHARE = 5;
/** A capture that was not written to for so long is shown to its end; one that was not for the second time will not grow. */
const QUIET_MS = 5000;
const OVER_MS = 60_000;
const HEAD = 1024;

/** A file as far as it was read, from its beginning on; made anew where the file is another one. */
export class GrowingFile {
  readonly file: OpenedFile;
  /** The file and what was put together of its parts. */
  readonly source: ByteSource;
  /** How many bytes were read. */
  read = 0;
  /** Resolves when there is something to show, or all was read. */
  readonly first: Promise<void>;
  private arrive = () => {};
  private readonly index: GrowingIndex;
  private readonly capture: GrowingCapture | null;
  private readonly head: Uint8Array;
  private readonly tell: () => void;
  private snapshot: Snapshot | null = null;
  private isOver = false;
  private told = 0;
  private dueAt = 0;
  private takenAt = 0;

  private constructor(file: OpenedFile, capture: GrowingCapture | null, head: Uint8Array, tell: () => void) {
    this.file = file;
    this.capture = capture;
    this.index = capture ?? new GrowingTrace();
    this.source = capture ? capture.texts.behind(file) : file;
    this.head = head;
    this.tell = tell;
    this.first = new Promise((resolve) => {
      this.arrive = resolve;
    });
  }

  /** @param tell called when there is more to see, or more is read, some times a second */
  static async open(file: OpenedFile, tell: () => void): Promise<GrowingFile> {
    const kind = await captureKindOf(file);
    return new GrowingFile(file, kind && new GrowingCapture(kind), await headOf(file), tell);
  }

  /** What is known now: taken anew where more was read than the last one knows, but not so often that nothing else is done. */
  get latest(): Snapshot {
    return this.snapshot && (!this.hasMore || performance.now() < this.dueAt) ? this.snapshot : this.take();
  }

  /** Whether the file was written to a short while ago, and may grow on. */
  get isGrowing(): boolean {
    return this.file.look !== undefined && Date.now() - this.file.changed < OVER_MS;
  }

  private get hasMore(): boolean {
    return this.index.builder.columns.count > (this.snapshot?.columns.count ?? 0);
  }

  /** Reads what was not read yet. Gives whether the end was reached. */
  async readOn(cancelled: () => boolean): Promise<boolean> {
    let slice = performance.now();
    const progress = async (bytes: number) => {
      this.read = Math.max(this.read, bytes);
      const now = performance.now();
      if (now - slice < SLICE_MS && this.takenAt > 0) return;
      this.tellIfDue(now);
      await breath();
      slice = performance.now();
    };
    const isEnd = await this.index.readOn(this.file, { progress, cancelled }).finally(this.arrive);
    if (isEnd) this.read = this.file.size;
    if (isEnd && !this.isGrowing) await this.finish();
    this.take(); // the message at the end may be longer now
    this.tell();
    return isEnd;
  }

  /** Whether a look at the file has shown more of it; what was read may have to be given up. */
  async change(): Promise<'none' | 'more' | 'replaced' | 'gone'> {
    const { file } = this;
    const before = file.size;
    const state = (await file.look?.()) ?? 'same';
    if (state !== 'same') return state;
    if (file.size < before || file.size < this.read) return 'replaced';
    if (file.size === this.read) return this.rest();
    const head = (await headOf(file)).subarray(0, this.head.length);
    if (this.isOver || head.some((byte, at) => byte !== this.head[at])) return 'replaced';
    return 'more';
  }

  /** A capture that rests shows what it held back for packets that may not come. */
  private rest(): 'none' {
    if (this.capture && !this.isOver && Date.now() - this.file.changed > QUIET_MS) {
      this.capture.pause();
      if (this.hasMore) this.tell();
    }
    return 'none';
  }

  private async finish(): Promise<void> {
    if (!this.capture || this.isOver) return;
    this.isOver = true;
    await this.capture.finish(this.file);
  }

  private take(): Snapshot {
    const started = performance.now();
    this.snapshot = snapshotOf(this.index.builder);
    this.takenAt = performance.now();
    this.dueAt = this.takenAt + SHARE * (this.takenAt - started);
    return this.snapshot;
  }

  private tellIfDue(now: number): void {
    if (this.takenAt === 0 && this.index.builder.columns.count > 0) {
      this.take();
      this.arrive();
    } else if (now - this.told < TELL_MS) return;
    this.told = now;
    this.tell();
  }
}

async function headOf(file: ByteSource): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD);
  return head.subarray(0, await file.read(0, head));
}

function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
