import { LineMap, type Problem } from '../engine/base/text.ts';
import { CONFIGURATION_FILE, configured, LEVEL_NAMES, PROFILE_NAMES } from '../engine/configuration.ts';
import { DEFAULT_OPTIONS } from '../engine/engine.ts';
import { baselineWriter, newProblems, readBaseline } from './baseline.ts';
import { type Arguments, type Command, Failure, forEachFile, formatOf, type Io, option } from './command.ts';
import { configurations } from './configuration.ts';
import { filteringOf, filterOptions } from './filtering.ts';
import { type Findings, findProblems } from './findings.ts';
import { levelsOf, mostOf, profileOf } from './lintOptions.ts';
import { lintReports } from './lintReports.ts';

/** `lint FILE…`: what is wrong, and where. */
export const lint: Command = {
  name: 'lint',
  usage: 'lint FILE…',
  about: 'what is wrong in traces, messages, CCCP and conference-info documents',
  formats: lintReports.map(({ name }) => name),
  options: [
    {
      name: 'level',
      value: 'RULE=LEVEL',
      about: `severity of a rule or of a group: ${LEVEL_NAMES.join(', ')}; may be given again`,
    },
    { name: 'max-problems', value: 'N', about: 'show no more than N problems of each file' },
    {
      name: 'profile',
      value: 'PROFILE',
      about: `how to judge: ${PROFILE_NAMES.join(', ')}; auto finds it from the file`,
    },
    {
      name: 'config',
      value: 'FILE',
      about: `a configuration instead of the ${CONFIGURATION_FILE} beside each file or above it; none for none`,
    },
    { name: 'baseline', value: 'FILE', about: 'report only what does not stand in FILE' },
    { name: 'write-baseline', value: '', about: 'write what is found into the FILE of --baseline, and report nothing' },
    ...filterOptions,
  ],
  files: [1, Number.POSITIVE_INFINITY],
  async run(args, io) {
    const wanted = { profile: profileOf(args), levels: levelsOf(args) };
    const configurationOf = configurations(option(args, 'config'), io);
    const most = mostOf(args);
    const filtering = filteringOf(args);
    const baseline = await baselineOf(args, io);
    const telling = lintReports.find(({ name }) => name === formatOf(args, lint))!.begin(io.version);
    let errors = 0;
    const complete = await forEachFile(args.files, io, async (path) => {
      const options = configured(configured(DEFAULT_OPTIONS, await configurationOf(path)), wanted);
      const found = await findProblems(path, await io.text(path), options, filtering);
      const problems = baseline.sift(found);
      errors += problems.filter(({ severity }) => severity === 'error').length;
      const shown = problems.slice(0, most);
      const known = found.problems.length - problems.length;
      await io.print(telling.file({ ...found, problems, shown, known, lines: new LineMap(found.text) }));
    });
    await io.print(telling.end());
    if (complete) await baseline.write();
    return complete ? Number(errors > 0) : 2;
  },
};

interface KnownProblems {
  /** The problems that are new. */
  sift(found: Findings): readonly Problem[];
  write(): Promise<void>;
}

async function baselineOf(args: Arguments, io: Io): Promise<KnownProblems> {
  const path = option(args, 'baseline');
  const writes = args.options.has('write-baseline');
  if (path === undefined) {
    if (writes) throw new Failure('--write-baseline needs a file to write: --baseline FILE');
    return { sift: ({ problems }) => problems, write: async () => {} };
  }
  if (!writes) {
    const baseline = readBaseline(path, await io.text(path));
    return {
      sift: (found) => newProblems(baseline, found.path, found.text, found.problems),
      write: async () => {},
    };
  }
  const writer = baselineWriter();
  const sift = ({ path: file, text, problems }: Findings) => {
    writer.add(file, text, problems);
    return [];
  };
  return { sift, write: () => io.write(path, writer.text()) };
}
