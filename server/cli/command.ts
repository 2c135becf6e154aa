import type { ByteSource } from '../engine/trace/trace.ts';

/** A file open for reading by ranges. */
export interface OpenFile extends ByteSource {
  /** The size of the file as it lies there; `size` is that of its text as UTF-8. */
  readonly total: number;
  close(): void;
}

/** What a command may do with the world. */
export interface Io {
  /** That of the program. */
  readonly version: string;
  /** The text of a file (`-`: standard input), decoded; throws a `Failure` in a sentence. */
  text(path: string): Promise<string>;
  /** A file as bytes by ranges; throws a `Failure`. */
  bytes(path: string): Promise<OpenFile>;
  /** The file of that name that lies nearest to another one: in its folder (that of standard input is the current one), or above it; null where there is none. */
  nearest(path: string, name: string): Promise<{ readonly path: string; readonly text: string } | null>;
  /** How a file is reached from another one that is written (''; standard output): a relative path with slashes; null where none leads there. */
  way(from: string, to: string): string | null;
  /** Puts out a part of the answer; ends when the other side has taken it. */
  print(part: string | Uint8Array): Promise<void>;
  /** Writes a whole file; throws a `Failure`. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** One line on standard error. */
  warn(text: string): void;
  /** A text that nobody can guess, another one each time. */
  secret(): string;
}

/** The arguments of a command: its files, and its options by name with their values as written. */
export interface Arguments {
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** A command of the tool: one file each, one line in the list. Gives the exit status. */
export interface Command {
  readonly name: string;
  /** As shown in the help: `lint FILE…`. */
  readonly usage: string;
  readonly about: string;
  /** The values `--format` may have; the first is the default. */
  readonly formats: readonly string[];
  /** Options beside the common ones. */
  readonly options?: readonly Option[];
  /** How many files it takes at least and at most. */
  readonly files: readonly [number, number];
  run(args: Arguments, io: Io): Promise<number>;
}

/** An option. */
export interface Option {
  readonly name: string;
  /** What its value is called in the help: `RULE=LEVEL`; '' where it has none. */
  readonly value: string;
  readonly about: string;
}

/** Something the user must know, in a sentence: printed without a stack; exit status 2. */
export class Failure extends Error {}

/** The last value of an option, or undefined. */
export function option(args: Arguments, name: string): string | undefined {
  return args.options.get(name)?.at(-1);
}

/** The chosen `--format`. */
export function formatOf(args: Arguments, command: Pick<Command, 'formats'>): string {
  return option(args, 'format') ?? command.formats[0]!;
}

/** Does the work for each file; one that cannot be read is told and left out. Gives whether all could be read. */
export async function forEachFile(files: readonly string[], io: Io, work: (path: string) => Promise<void>) {
  let complete = true;
  for (const path of files) {
    try {
      await work(path);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      complete = false;
      io.warn(error.message);
    }
  }
  return complete;
}

/** JSON as one document with a line break at its end. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** `1 message`, `2 messages`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Rows as columns that line up, parted by two blanks; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]!))).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}
