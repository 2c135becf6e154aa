import { specUrl } from '../engine/base/spec.ts';
import { LineMap, nearest, type Problem, type Profile, type Severity } from '../engine/base/text.ts';
import {
  CONFIGURATION_FILE,
  configured,
  isRuleOrGroup,
  LEVEL_NAMES,
  PROFILE_NAMES,
  rulesAndGroups,
} from '../engine/configuration.ts';
import { DEFAULT_OPTIONS } from '../engine/engine.ts';
import { type Arguments, type Command, Failure, forEachFile, formatOf, json, option } from './command.ts';
import { configurations } from './configuration.ts';
import { filteringOf, filterOptions } from './filtering.ts';
import { type Findings, findProblems } from './findings.ts';
import { reportText, tally } from './report.ts';

/** `lint FILE…`: what is wrong, and where. */
export const lint: Command = {
  name: 'lint',
  usage: 'lint FILE…',
  about: 'what is wrong in traces, messages, CCCP and conference-info documents',
  formats: ['text', 'json'],
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
    ...filterOptions,
  ],
  files: [1, Number.POSITIVE_INFINITY],
  async run(args, io) {
    const wanted = { profile: profileOf(args), levels: levelsOf(args) };
    const configurationOf = configurations(option(args, 'config'), io);
    const most = mostOf(args);
    const filtering = filteringOf(args);
    const asText = formatOf(args, lint) === 'text';
    const files: object[] = [];
    const all: Omit<Findings, 'text'>[] = [];
    const complete = await forEachFile(args.files, io, async (path) => {
      const options = configured(configured(DEFAULT_OPTIONS, await configurationOf(path)), wanted);
      const { text, ...found } = await findProblems(path, await io.text(path), options, filtering);
      all.push(found);
      if (asText) await io.print(reportText({ ...found, text }, most));
      else files.push(fileJson({ ...found, text }, most));
    });
    await io.print(asText ? tally(all) : json({ version: 1, files }));
    if (!complete) return 2;
    return all.some(({ problems }) => problems.some(({ severity }) => severity === 'error')) ? 1 : 0;
  },
};

function profileOf(args: Arguments): Profile | 'auto' | undefined {
  const profile = option(args, 'profile');
  if (profile === undefined) return undefined;
  if (!PROFILE_NAMES.includes(profile))
    throw new Failure(`--profile is one of ${PROFILE_NAMES.join(', ')}, not “${profile}”`);
  return profile as Profile | 'auto';
}

function levelsOf(args: Arguments): Record<string, Severity | 'off'> {
  const levels: Record<string, Severity | 'off'> = {};
  for (const value of args.options.get('level') ?? []) {
    const [rule = '', level = ''] = value.split('=');
    if (!isRuleOrGroup(rule)) throw new Failure(unknownRule(rule));
    if (!LEVEL_NAMES.includes(level))
      throw new Failure(`--level ${rule}= is one of ${LEVEL_NAMES.join(', ')}, not “${level}”`);
    levels[rule] = level as Severity | 'off';
  }
  return levels;
}

function unknownRule(rule: string): string {
  const like = nearest(rule, rulesAndGroups());
  return `there is no rule “${rule}”${like ? `; did you mean ${like}?` : ': sip-lens rules lists them'}`;
}

function mostOf(args: Arguments): number {
  const value = option(args, 'max-problems');
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/.test(value)) throw new Failure(`--max-problems is a number, not “${value}”`);
  return Number(value);
}

function fileJson({ path, text, format, messages, profiles, problems }: Findings, most: number): object {
  const map = new LineMap(text);
  const shown = problems.slice(0, most);
  const diagnostics = shown.map((problem) => diagnosticJson(problem, map));
  const omitted = problems.length - shown.length;
  return { path, format, messages, profiles, diagnostics, ...(omitted > 0 && { omitted }) };
}

function diagnosticJson({ rule, severity, message, from, to, messageIndex, spec, related }: Problem, map: LineMap) {
  const range = (span: { from: number; to: number }) => ({
    start: map.position(span.from),
    end: map.position(span.to),
  });
  const others = related?.map((other) => ({ messageIndex: other.message, message: other.text, range: range(other) }));
  return {
    rule,
    severity,
    message,
    range: range({ from, to }),
    messageIndex,
    spec: spec ?? null,
    url: spec ? specUrl(spec) : null,
    ...(others?.length && { related: others }),
  };
}
