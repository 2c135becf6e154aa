import { specUrl } from '../engine/base/spec.ts';
import { LineMap, nearest, type Problem, type Profile, type Severity } from '../engine/base/text.ts';
import type { LintOptions } from '../engine/engine.ts';
import { allRules } from '../engine/rules/all.ts';
import { type Arguments, type Command, Failure, forEachFile, formatOf, json, option } from './command.ts';
import { type Findings, findProblems } from './findings.ts';
import { reportText, tally } from './report.ts';

const PROFILES = ['auto', 'strict', 'trace', 'ms', 'doc'];
const LEVELS = ['error', 'warning', 'info', 'hint', 'off'];

/** `lint FILE…`: what is wrong, and where. */
export const lint: Command = {
  name: 'lint',
  usage: 'lint FILE…',
  about: 'what is wrong in traces, messages, CCCP and conference-info documents',
  formats: ['text', 'json'],
  options: [
    { name: 'level', value: 'RULE=LEVEL', about: `severity of a rule: ${LEVELS.join(', ')}; may be given again` },
    { name: 'max-problems', value: 'N', about: 'show no more than N problems of each file' },
    { name: 'profile', value: 'PROFILE', about: `how to judge: ${PROFILES.join(', ')}; auto finds it from the file` },
  ],
  files: [1, Number.POSITIVE_INFINITY],
  async run(args, io) {
    const options: LintOptions = { profile: profileOf(args), levels: levelsOf(args) };
    const most = mostOf(args);
    const asText = formatOf(args, lint) === 'text';
    const files: object[] = [];
    const all: Omit<Findings, 'text'>[] = [];
    const complete = await forEachFile(args.files, io, async (path) => {
      const { text, ...found } = await findProblems(path, await io.text(path), options);
      all.push(found);
      if (asText) await io.print(reportText({ ...found, text }, most));
      else files.push(fileJson({ ...found, text }, most));
    });
    await io.print(asText ? tally(all) : json({ version: 1, files }));
    if (!complete) return 2;
    return all.some(({ problems }) => problems.some(({ severity }) => severity === 'error')) ? 1 : 0;
  },
};

function profileOf(args: Arguments): Profile | 'auto' {
  const profile = option(args, 'profile') ?? 'auto';
  if (!PROFILES.includes(profile)) throw new Failure(`--profile is one of ${PROFILES.join(', ')}, not “${profile}”`);
  return profile as Profile | 'auto';
}

function levelsOf(args: Arguments): Record<string, Severity | 'off'> {
  const levels: Record<string, Severity | 'off'> = {};
  for (const value of args.options.get('level') ?? []) {
    const [rule = '', level = ''] = value.split('=');
    if (!allRules.some(({ id }) => id === rule)) throw new Failure(unknownRule(rule));
    if (!LEVELS.includes(level)) throw new Failure(`--level ${rule}= is one of ${LEVELS.join(', ')}, not “${level}”`);
    levels[rule] = level as Severity | 'off';
  }
  return levels;
}

function unknownRule(rule: string): string {
  const ids = allRules.map(({ id }) => id);
  const like = nearest(rule, ids);
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
