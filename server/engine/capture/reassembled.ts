import type { ByteSource } from '../trace/pages.ts';

/** Where the first text lies: behind the end of any file. */
const BEHIND_FILES = 2 ** 50;
const CHUNK = 1024 * 1024;

/**
 * The texts of messages that no file holds as a whole: put together of segments, fragments, frames with masks. Each has a place
 * behind the end of any file, so that one source can give both.
 */
export class Reassembled {
  private readonly chunks: Uint8Array[] = [];
  /** Where each chunk begins, from `BEHIND_FILES` on. */
  private readonly starts: number[] = [];
  private length = 0;
  private used = 0;

  /** Keeps a copy; gives its place. */
  keep(bytes: Uint8Array, from: number, to: number): number {
    const size = to - from;
    let chunk = this.chunks.at(-1);
    if (!chunk || this.used + size > chunk.length) {
      chunk = new Uint8Array(Math.max(CHUNK, size));
      this.chunks.push(chunk);
      this.starts.push(this.length);
      this.used = 0;
    }
    chunk.set(bytes.subarray(from, to), this.used);
    const place = BEHIND_FILES + this.length;
    this.used += size;
    this.length += size;
    return place;
  }

  /** The file and the texts as one source. */
  behind(file: ByteSource): ByteSource {
    return {
      get size() {
        return file.size;
      },
      read: (from, into) => (from < BEHIND_FILES ? file.read(from, into) : this.read(from - BEHIND_FILES, into)),
    };
  }

  private read(from: number, into: Uint8Array): number {
    let low = 0;
    for (let high = this.starts.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= from) low = middle + 1;
      else high = middle;
    }
    const chunk = this.chunks[low - 1];
    if (!chunk) return 0;
    const at = from - this.starts[low - 1]!;
    const part = chunk.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }
}
