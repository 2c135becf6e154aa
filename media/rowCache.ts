import type { LadderRow } from '../server/view/protocol.ts';

type Fetch = (from: number, to: number) => Promise<readonly LadderRow[]>;

interface Chunk {
  rows: readonly LadderRow[];
  /** Of an earlier revision: shown until the new one is there. */
  stale: boolean;
}

const CHUNK = 128;
const MOST_CHUNKS = 64;
const AT_ONCE = 2;

/** The rows around the window, asked for in chunks; what the reader has scrolled past is not asked for. */
export class RowCache {
  private readonly fetch: Fetch;
  private readonly arrived: () => void;
  private readonly failed: (error: unknown) => void;
  private readonly chunks = new Map<number, Chunk>();
  /** The chunks on their way. A trace that changes faster than it answers has one question of each, not one a change. */
  private readonly asked = new Set<number>();
  private wanted: number[] = [];
  private revision = 0;

  constructor(fetch: Fetch, arrived: () => void, failed: (error: unknown) => void) {
    this.fetch = fetch;
    this.arrived = arrived;
    this.failed = failed;
  }

  /** The row of a one-based message, if it is here. */
  get(message: number): LadderRow | undefined {
    const at = message - 1;
    return this.chunks.get(Math.floor(at / CHUNK))?.rows[at % CHUNK];
  }

  /** The trace has changed: rows here and replies on the way are shown until the new ones arrive. */
  invalidate(): void {
    this.revision++;
    for (const chunk of this.chunks.values()) chunk.stale = true;
  }

  /** Says which messages (one-based, inclusive) are on screen. */
  want(from: number, to: number): void {
    const chunks: number[] = [];
    for (let chunk = Math.floor((from - 1) / CHUNK); chunk <= Math.floor((to - 1) / CHUNK); chunk++) chunks.push(chunk);
    this.wantChunks(chunks);
  }

  /** The same of messages that do not follow each other. */
  wantEach(messages: readonly number[]): void {
    this.wantChunks([...new Set(messages.map((message) => Math.floor((message - 1) / CHUNK)))]);
  }

  private wantChunks(chunks: readonly number[]): void {
    this.wanted = chunks.filter((chunk) => !this.chunks.has(chunk)); // before those that only have become old
    for (const chunk of chunks) {
      const here = this.chunks.get(chunk);
      if (here?.stale) this.wanted.push(chunk);
      else if (here) this.touch(chunk, here);
    }
    this.pump();
  }

  private touch(number: number, chunk: Chunk): void {
    this.chunks.delete(number);
    this.chunks.set(number, chunk);
  }

  private pump(): void {
    for (const chunk of this.wanted) {
      if (this.asked.size >= AT_ONCE) return;
      if (!this.asked.has(chunk)) void this.ask(chunk);
    }
  }

  private async ask(chunk: number): Promise<void> {
    const { revision } = this;
    this.asked.add(chunk);
    try {
      const rows = await this.fetch(chunk * CHUNK, (chunk + 1) * CHUNK);
      this.asked.delete(chunk);
      this.keep(chunk, { rows, stale: revision !== this.revision });
    } catch (error) {
      this.asked.delete(chunk);
      if (revision === this.revision) this.giveUp(chunk, error);
      else this.pump();
    }
  }

  /** Rows that were asked for before the trace has changed are better than older ones or none; they stay wanted. */
  private keep(chunk: number, arrived: Chunk): void {
    if (!arrived.stale) this.wanted = this.wanted.filter((wanted) => wanted !== chunk);
    this.touch(chunk, arrived);
    for (const oldest of this.chunks.keys()) {
      if (this.chunks.size <= MOST_CHUNKS) break;
      this.chunks.delete(oldest);
    }
    this.arrived();
    this.pump();
  }

  /** A chunk that failed is asked for again when the reader next scrolls or the trace changes, not in a loop. */
  private giveUp(chunk: number, error: unknown): void {
    this.wanted = this.wanted.filter((wanted) => wanted !== chunk);
    this.failed(error);
  }
}
