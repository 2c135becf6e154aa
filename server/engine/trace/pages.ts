import { block, ROOM } from '../sip/frame.ts';
import { Stretch } from './stretch.ts';

/** Bytes that are read by ranges: a file on disk, in a browser's workspace, in memory. */
export interface ByteSource {
  readonly size: number;
  /** Fills `into` with the bytes from `from` on, as many as there are; gives how many. */
  read(from: number, into: Uint8Array): number | Promise<number>;
}

/** What to tell of a long read, and how to end it early. */
export interface ReadOptions {
  /** Called after each page with the bytes read so far; await something in it to let others run. */
  readonly progress?: (bytes: number) => void | Promise<void>;
  /** Asked after each page. */
  readonly cancelled?: () => boolean;
  /** Bytes of a page; whatever it is, the result is the same. */
  readonly page?: number;
}

const PAGE = 256 * 1024;
/** A message that does not fit into this is cut there. */
const LARGEST = 64 * 1024 * 1024;

/** Told of each page with what was left of the one before it; gives how far the stretch is done, or less than 0 to end. */
export type PageWork = (stretch: Stretch) => number;

/** Reads a source page by page. What the source throws is passed on. */
export function readPages(source: ByteSource, options: ReadOptions, work: PageWork): Promise<boolean> {
  return readPagesFrom(0, source, options, work);
}

/**
 * The same from an offset on, at which something begins. Gives whether the end was reached: not where it was cancelled, or
 * the work ended it.
 */
export async function readPagesFrom(
  from: number,
  source: ByteSource,
  options: ReadOptions,
  work: PageWork,
): Promise<boolean> {
  const page = Math.min(options.page ?? PAGE, Math.max(0, source.size - from));
  const stretch = new Stretch(block(page), 0, from, null);
  for (;;) {
    const room = stretch.bytes.subarray(stretch.end, stretch.bytes.length - ROOM);
    const read = await fill(source, stretch.base + stretch.end, room);
    stretch.end += read;
    const ended = stretch.base + stretch.end >= source.size || read < room.length;
    stretch.last = ended || stretch.bytes.length >= LARGEST;
    if (ended) stretch.bytes.fill(0, stretch.end); // nothing of the page before may show behind the end
    const done = work(stretch);
    await options.progress?.(stretch.base + stretch.end);
    if (ended || done < 0) return done >= 0;
    if (options.cancelled?.()) return false;
    moveOn(stretch, done);
  }
}

/** Reads until there is no more room or nothing more to read: a source may give less at once than it is asked for. */
async function fill(source: ByteSource, from: number, room: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < room.length) {
    const read = await source.read(from + filled, filled === 0 ? room : room.subarray(filled));
    if (read <= 0) break;
    filled += read;
  }
  return filled;
}

/** Drops what is done, or makes the block larger where nothing is. */
function moveOn(stretch: Stretch, done: number): void {
  stretch.forgetLines();
  if (done === 0) {
    const { bytes, words } = block(stretch.bytes.length * 2);
    bytes.set(stretch.bytes.subarray(0, stretch.end));
    stretch.bytes = bytes;
    stretch.words = words;
    return;
  }
  stretch.bytes.copyWithin(0, done, stretch.end);
  stretch.base += done;
  stretch.end -= done;
}
