import { nearest } from '../engine/base/text.ts';
import { type Arguments, type Command, Failure, type Option } from './command.ts';

/** What the words of the command line ask for. */
export type Wish =
  | { readonly kind: 'run'; readonly command: Command; readonly args: Arguments; readonly output: string | null }
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'version' };

/** Options that every command has. */
export const commonOptions: readonly Option[] = [
  { name: 'format', value: 'FORMAT', about: 'how to print it' },
  { name: 'output', value: 'FILE', about: 'write to FILE instead of standard output' },
];

/** What later versions will have: refused, but not taken for a typing mistake. */
const COMING = {
  commands: [] as string[],
  options: [] as string[],
  formats: [] as string[],
};

/** Reads the words of the command line. Throws a `Failure` that says what is wrong with them. */
export function readArguments(words: readonly string[], commands: readonly Command[]): Wish {
  const [name, ...rest] = words;
  if (name === undefined) throw new Failure('a command is missing: see sip-lens --help');
  if (name === '--version' || name === '-V') return { kind: 'version' };
  if (name === '--help' || name === '-h' || name === 'help') return { kind: 'help', command: helpOn(rest, commands) };
  const command = commands.find((one) => one.name === name);
  if (!command) throw new Failure(unknownCommand(name, commands));
  const found = readWords(rest, command);
  if (found === 'help') return { kind: 'help', command };
  if (found === 'version') return { kind: 'version' };
  checkFormat(found, command);
  checkFiles(found.files, command);
  return { kind: 'run', command, args: found, output: found.options.get('output')?.at(-1) ?? null };
}

function helpOn(rest: readonly string[], commands: readonly Command[]): Command | null {
  return commands.find((one) => one.name === rest[0]) ?? null;
}

function unknownCommand(name: string, commands: readonly Command[]): string {
  if (COMING.commands.includes(name)) return `the command ${name} is not in this version yet`;
  if (name.startsWith('-')) return `a command comes first, before ${name}: see sip-lens --help`;
  const like = nearest(
    name,
    commands.map((one) => one.name),
  );
  return `there is no command “${name}”${like ? `; did you mean ${like}?` : ': see sip-lens --help'}`;
}

function readWords(words: readonly string[], command: Command): Arguments | 'help' | 'version' {
  const files: string[] = [];
  const options = new Map<string, string[]>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--') {
      files.push(...words.slice(at + 1));
      break;
    }
    if (word === '--help' || word === '-h') return 'help';
    if (word === '--version' || word === '-V') return 'version';
    if (!word.startsWith('-') || word === '-') {
      files.push(word);
      continue;
    }
    const [name, glued] = splitOption(word);
    const known = optionNamed(name, command);
    if (known.value === '' && glued !== undefined) throw new Failure(`--${name} has no value`);
    const value = known.value === '' ? '' : (glued ?? words[++at]);
    if (value === undefined) throw new Failure(`--${name} needs a value: --${name} ${known.value}`);
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return { files, options };
}

/** `--name=value` or `--name`. */
function splitOption(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  const name = word.slice(0, equals < 0 ? undefined : equals).replace(/^--?/, '');
  return [name, equals < 0 ? undefined : word.slice(equals + 1)];
}

function optionNamed(name: string, command: Command): Option {
  const all = [...commonOptions, ...(command.options ?? [])];
  const known = all.find((one) => one.name === name);
  if (known) return known;
  if (COMING.options.includes(name)) throw new Failure(`--${name} is not in this version yet`);
  const like = nearest(name, [...all.map((one) => one.name), 'help', 'version']);
  throw new Failure(
    `${command.name} has no option --${name}${like ? `; did you mean --${like}?` : `: see sip-lens ${command.name} --help`}`,
  );
}

function checkFormat({ options }: Arguments, command: Command): void {
  for (const format of options.get('format') ?? []) {
    if (command.formats.includes(format)) continue;
    const known = `${command.name} prints ${command.formats.join(', ')}`;
    if (COMING.formats.includes(format)) throw new Failure(`--format ${format} is not in this version yet; ${known}`);
    const like = nearest(format, command.formats);
    throw new Failure(`there is no format “${format}”${like ? `; did you mean ${like}?` : `; ${known}`}`);
  }
}

function checkFiles(files: readonly string[], { name, files: [least, most] }: Command): void {
  if (files.length < least)
    throw new Failure(`${name} needs a file (- is standard input): see sip-lens ${name} --help`);
  if (files.length > most) {
    const takes = most === 0 ? 'no file' : `one file, not ${files.length}`;
    throw new Failure(`${name} takes ${takes}: ${files.join(' ')}`);
  }
}
