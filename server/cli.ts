#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Failure, type OpenFile } from './cli/command.ts';
import { decodeText, utf16Of, whyUnreadable } from './cli/decode.ts';
import { runCli, type World } from './cli/main.ts';
import { captureKind } from './engine/capture/capture.ts';
import { captureText } from './engine/capture/text.ts';
import { provideSchemas } from './engine/xml/schemas.ts';
import { isPacked, Packed, unpacked } from './unpack.ts';

// The command line: files, standard input and output; what it does with them is in cli/.
provideSchemas((file) => readFile(new URL(`schemas/${file}`, import.meta.url), 'utf8'));

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read or written',
  EPERM: 'it may not be read or written',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no directory',
  ENAMETOOLONG: 'its name is too long',
  ERR_STRING_TOO_LONG: 'it is too large to be read as a whole; sip-lens summary reads files of any size',
  ERR_FS_FILE_TOO_LARGE: 'it is too large to be read as a whole; sip-lens summary reads files of any size',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is too large to be read as a whole; sip-lens summary reads files of any size',
};

/** The reader went away (`sip-lens … | head`): nobody is left to tell. */
function onGone(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}
process.stdout.on('error', onGone);
process.stderr.on('error', onGone);

const world: World = {
  version: (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
    .version,
  text: async (path) => textOf(path, readWhole(path)),
  bytes: async (path) => openFile(path),
  nearest: async (path, name) => nearestFile(path, name),
  print: (text) => new Promise((done) => process.stdout.write(text, () => done())),
  warn: (text) => process.stderr.write(`sip-lens: ${text}\n`),
  secret: () => randomBytes(16).toString('hex'),
  write: async (path, text) => {
    try {
      await writeFile(path, text);
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new Failure(`${path}: ${isMissing ? 'its folder does not exist' : reason(error)}`);
    }
  },
};

process.exitCode = await runCli(process.argv.slice(2), world);

function nearestFile(path: string, name: string): { path: string; text: string } | null {
  let folder = path === '-' ? resolve('.') : dirname(resolve(path));
  for (;;) {
    const file = join(folder, name);
    const shown = relative('.', file) || file;
    try {
      return { path: shown, text: readFileSync(file, 'utf8') };
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) throw new Failure(`${shown}: ${reason(error)}`);
    }
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
}

/** The text of a file, or that which stands for a capture. */
async function textOf(path: string, bytes: Uint8Array): Promise<string> {
  const why = whyUnreadable(bytes);
  if (why) throw new Failure(`${path}: ${why}`);
  const kind = captureKind(bytes);
  try {
    return kind ? await captureText(inMemory(path, bytes), kind) : decodeText(bytes);
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}

function readWhole(path: string): Uint8Array {
  try {
    return unpacked(readFileSync(path === '-' ? 0 : path));
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}

/** A file on disk by ranges; standard input, a pipe, UTF-16 and what is compressed are read whole. */
function openFile(path: string): OpenFile {
  if (path === '-') return inMemory(path, readWhole(path));
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
  try {
    const state = fstatSync(file);
    const head = new Uint8Array(4096);
    const length = state.isFile() ? readSync(file, head, 0, head.length, 0) : 0;
    if (state.isFile() && !utf16Of(head) && !isPacked(head))
      return onDisk(path, file, state.size, head.subarray(0, length));
    const source = { ...inMemory(path, unpacked(readFileSync(file))), total: state.size };
    closeSync(file);
    return source;
  } catch (error) {
    closeSync(file);
    throw error instanceof Failure ? error : new Failure(`${path}: ${reason(error)}`);
  }
}

function inMemory(path: string, whole: Uint8Array): OpenFile {
  const why = whyUnreadable(whole);
  if (why) throw new Failure(`${path}: ${why}`);
  const bytes = withoutMark(utf16Of(whole) ? new TextEncoder().encode(decodeText(whole)) : whole);
  const read = (from: number, into: Uint8Array) => {
    const part = bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  };
  return { size: bytes.length, total: whole.length, read, close() {} };
}

function onDisk(path: string, file: number, size: number, head: Uint8Array): OpenFile {
  const why = whyUnreadable(head);
  if (why) throw new Failure(`${path}: ${why}`);
  const mark = head.length - withoutMark(head).length;
  const read = (from: number, into: Uint8Array) => {
    try {
      return readSync(file, into, 0, into.length, from + mark);
    } catch (error) {
      throw new Failure(`${path}: ${reason(error)}`);
    }
  };
  return { size: size - mark, total: size, read, close: () => closeSync(file) };
}

/** The bytes behind the mark that some editors put before UTF-8. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function reason(error: unknown): string {
  if (error instanceof Packed) return error.message;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
