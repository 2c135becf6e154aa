import { buildLadder, lintText } from '../engine/engine.ts';
import { ladderExports } from '../engine/ladder/exports.ts';
import { jsonLadder } from '../engine/ladder/json.ts';
import { selectRows } from '../engine/ladder/select.ts';
import type { Role } from '../engine/sipp/side.ts';
import { type Arguments, type Command, Failure, formatOf, type Io, option } from './command.ts';
import { chosen, filteringOf, filterOptions } from './filtering.ts';
import { alignOption, mergedFacts, wholeOf } from './merging.ts';

const ROLES: readonly Role[] = ['uac', 'uas'];

/** `ladder FILE…`: the message ladder; of several files one, by time. */
export const ladder: Command = {
  name: 'ladder',
  usage: 'ladder FILE…',
  about: 'the message ladder of a trace, or of several merged by time',
  formats: Object.keys(ladderExports),
  options: [
    ...filterOptions,
    alignOption,
    { name: 'dialog', value: 'D', about: 'only this dialog, as --format json numbers them: d1' },
    { name: 'role', value: 'ROLE', about: `the side that sipp is to play: ${ROLES.join(', ')}` },
  ],
  files: [1, Number.POSITIVE_INFINITY],
  async run(args, io) {
    const side = sideOf(args);
    const filtering = filteringOf(args, side.dialog && `dialog:${side.dialog}`);
    const { path, text, merged } = await wholeOf(args, io);
    const { reading, lint } = await lintText(text);
    if (reading.trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const drawn = selectRows(buildLadder(reading, lint.problems), chosen(filtering, reading, lint.problems));
    if (drawn.rows.length === 0) io.warn(`${path}: no message fits the filter`);
    const format = formatOf(args, ladder);
    const { write } = ladderExports[format]!;
    const isMerged = merged !== null && format === 'json';
    const made = isMerged
      ? jsonLadder(drawn, mergedFacts(merged))
      : write({ ladder: drawn, ...reading, problems: lint.problems, ...side, ...namesOf(args, merged !== null, io) });
    if (typeof made === 'object' && 'why' in made) throw new Failure(`${path}: ${made.why}`);
    await io.print(made);
    return 0;
  },
};

/** What the trace is called, and the file that links lead to; standard input has no name, and no file has the lines of several merged ones. */
function namesOf(args: Arguments, isMerged: boolean, io: Io): { title?: string; file?: string } {
  const { files } = args;
  if (files.includes('-')) return {};
  const title = files.map(baseName).join(', ');
  if (isMerged) return { title };
  // Where no way leads to it, it may be put beside what is written.
  return { title, file: io.way(option(args, 'output') ?? '', files[0]!) ?? baseName(files[0]!) };
}

function baseName(file: string): string {
  return file.replace(/^.*[\\/]/, '');
}

/** Which side of which dialog is asked for. */
function sideOf(args: Arguments): { dialog?: string; role?: Role } {
  const dialog = option(args, 'dialog');
  if (dialog !== undefined && !/^d\d{1,9}$/.test(dialog))
    throw new Failure(`--dialog is one of d1, d2, …, not “${dialog}”`);
  const wanted = option(args, 'role');
  const role = ROLES.find((one) => one === wanted);
  if (wanted !== undefined && !role) throw new Failure(`--role is one of ${ROLES.join(', ')}, not “${wanted}”`);
  return { ...(dialog && { dialog }), ...(role && { role }) };
}
