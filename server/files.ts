import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { isatty } from 'node:tty';
import { decodeText, utf16Of, whyUnreadable } from './cli/decode.ts';
import { captureKind } from './engine/capture/capture.ts';
import type { ByteSource } from './engine/trace/trace.ts';
import { isPacked, Packed, unpacked } from './unpack.ts';

/** Why a file cannot be read, in words that follow its name. */
export class Unreadable extends Error {}

/** A file open for reading by ranges. */
export interface FileOnDisk extends ByteSource {
  /** How much of it there is, as it was seen last, as UTF-8. */
  readonly size: number;
  /** The size of the file as it lies there. */
  readonly total: number;
  /** When it was last written to, in milliseconds since 1970, as it was seen last. */
  readonly changed: number;
  /** Looks at it again; absent where it was read whole. */
  look?(): Promise<'same' | 'replaced' | 'gone'>;
  close(): void;
}

const HEAD = 4096;
const LONG_LINE = 1024 * 1024;
/** No string is longer than this, and no text is. */
const LONGEST_TEXT = 2 ** 29 - 24;
export const TOO_LARGE = 'it is too large to be read as a whole; sip-lens summary reads files of any size';
/** So long a pipe is given to have somebody who writes into it. */
const PIPE_MS = 500;
const STEP_MS = 10;

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read or written',
  EPERM: 'it may not be read or written',
  ENXIO: 'it is a socket, not a file',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no directory',
  ENAMETOOLONG: 'its name is too long',
  ERR_STRING_TOO_LONG: TOO_LARGE,
  ERR_FS_FILE_TOO_LARGE: TOO_LARGE,
  ERR_ENCODING_INVALID_ENCODED_DATA: TOO_LARGE,
};

/** What went wrong with a file, in words that follow its name. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreadable || error instanceof Packed) return error.message;
  if (error instanceof RangeError && /string length/.test(error.message)) return TOO_LARGE;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}

/**
 * A file on disk by ranges; what is a pipe, UTF-16 or compressed is read whole. Nothing is read of what its beginning shows to be no
 * trace. What is thrown `reasonOf` puts into words.
 */
export function openOnDisk(path: string): FileOnDisk {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const state = fstatSync(file);
    refuse(state, file);
    if (!state.isFile()) return inMemory(readPipe(file), file);
    const head = new Uint8Array(HEAD);
    const start = head.subarray(0, readSync(file, head, 0, HEAD, 0));
    if (utf16Of(start) || isPacked(start)) return inMemory(readWhole(file, state), file);
    refuseContent(start);
    if (state.size > LONG_LINE) refuseEndless(file);
    return onDisk(path, file, state, start);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Bytes as a file that is open; they are unpacked, and made UTF-8. */
export function inMemory(whole: Uint8Array, file?: number): FileOnDisk {
  const content = unpacked(whole);
  refuseContent(content);
  const bytes = withoutMark(utf16Of(content) ? new TextEncoder().encode(decodeText(content)) : content);
  if (file !== undefined) closeSync(file);
  const read = (from: number, into: Uint8Array) => {
    const part = bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  };
  return { size: bytes.length, total: whole.length, changed: 0, read, close() {} };
}

/** All of an open file as one text; for what is no UTF-8 as `decodeText` says. */
export async function wholeText(file: ByteSource): Promise<string> {
  if (file.size > LONGEST_TEXT) throw new Unreadable(TOO_LARGE);
  const bytes = new Uint8Array(file.size);
  let filled = 0;
  for (let read = -1; read !== 0 && filled < bytes.length; filled += read)
    read = await file.read(filled, bytes.subarray(filled));
  return decodeText(bytes.subarray(0, filled));
}

function refuse(state: Stats, file: number): void {
  if (state.isDirectory()) throw new Unreadable(REASONS.EISDIR);
  if (state.isBlockDevice() || (state.isCharacterDevice() && !isatty(file)))
    throw new Unreadable('it is a device, not a file');
}

function refuseContent(content: Uint8Array): void {
  const why = whyUnreadable(content);
  if (why) throw new Unreadable(why);
}

/** A file without line ends is read by nobody, and takes long to be found out. */
function refuseEndless(file: number): void {
  const start = Buffer.alloc(LONG_LINE);
  readSync(file, start, 0, LONG_LINE, 0);
  if (!start.includes(10) && !start.includes(13) && !start.includes('SIP/') && !captureKind(start))
    throw new Unreadable('it begins with a line of more than a megabyte without SIP, and is no trace');
}

function readWhole(file: number, { size }: Stats): Uint8Array {
  if (size > 2 ** 31 - 1) throw new Unreadable('it is too large to be unpacked or converted here: do so first');
  return readFileSync(file);
}

/** Reads a pipe to its end; one that nobody writes into is not waited for. */
function readPipe(file: number): Uint8Array {
  const parts: Buffer[] = [];
  const part = Buffer.alloc(64 * 1024);
  for (let waited = 0; ; ) {
    const read = readSome(file, part);
    if (read > 0) parts.push(Buffer.from(part.subarray(0, read)));
    else if (read === 0 && parts.length > 0) return Buffer.concat(parts);
    else if (read === 0 && (waited += STEP_MS) > PIPE_MS)
      throw new Unreadable('it is a pipe, and nobody writes into it');
    if (read <= 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
  }
}

/** -1 where there is nothing yet. */
function readSome(file: number, into: Uint8Array): number {
  try {
    return readSync(file, into, 0, into.length, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return -1;
    throw error;
  }
}

function onDisk(path: string, file: number, opened: Stats, head: Uint8Array): FileOnDisk {
  const mark = head.length - withoutMark(head).length;
  let state = opened;
  return {
    get size() {
      return Math.max(0, state.size - mark);
    },
    get total() {
      return state.size;
    },
    get changed() {
      return state.mtimeMs;
    },
    read: (from, into) => readSync(file, into, 0, into.length, from + mark),
    async look() {
      const there = statSync(path, { throwIfNoEntry: false });
      if (there && (there.ino !== state.ino || there.dev !== state.dev)) return 'replaced';
      state = fstatSync(file);
      return there ? 'same' : 'gone';
    },
    close: () => closeSync(file),
  };
}

/** The bytes behind the mark that some editors put before UTF-8. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
