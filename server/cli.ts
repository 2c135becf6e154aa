#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path, { dirname, join, relative, resolve } from 'node:path';
import { Failure, type OpenFile } from './cli/command.ts';
import { runCli, type World } from './cli/main.ts';
import { captureKindOf } from './engine/capture/capture.ts';
import { captureText } from './engine/capture/text.ts';
import { provideSchemas } from './engine/xml/schemas.ts';
import { wayBetween } from './fileLinks.ts';
import { inMemory, openOnDisk, reasonOf, wholeText } from './files.ts';

// The command line: files, standard input and output; what it does with them is in cli/.
provideSchemas((file) => readFile(new URL(`schemas/${file}`, import.meta.url), 'utf8'));

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
  text: textOf,
  bytes: async (path) => openFile(path),
  nearest: async (path, name) => nearestFile(path, name),
  way: (from, to) => wayBetween(path, from, to),
  print: (text) => new Promise((done) => process.stdout.write(text, () => done())),
  warn: (text) => process.stderr.write(`sip-lens: ${text}\n`),
  secret: () => randomBytes(16).toString('hex'),
  write: async (path, text) => {
    try {
      await writeFile(path, text);
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new Failure(`${path}: ${isMissing ? 'its folder does not exist' : reasonOf(error)}`);
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
      if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) throw new Failure(`${shown}: ${reasonOf(error)}`);
    }
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
}

/** The text of a file, or that which stands for a capture. */
async function textOf(path: string): Promise<string> {
  const file = openFile(path);
  try {
    const kind = await captureKindOf(file);
    return kind ? await captureText(file, kind) : await wholeText(file);
  } catch (error) {
    throw new Failure(`${path}: ${reasonOf(error)}`);
  } finally {
    file.close();
  }
}

/** A file on disk by ranges; standard input is read whole. */
function openFile(path: string): OpenFile {
  try {
    return path === '-' ? inMemory(readFileSync(0)) : openOnDisk(path);
  } catch (error) {
    throw new Failure(`${path}: ${reasonOf(error)}`);
  }
}
