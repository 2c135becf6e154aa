import type { LineMap, Problem, Severity } from '../engine/base/text.ts';
import { displayWidth } from '../engine/ladder/width.ts';
import { columns, counted } from './command.ts';
import type { LintReport, Shown } from './lintReport.ts';

/** How much of a long line is shown, and how much of it before the place. */
const SHOWN = 110;
const BEFORE = 40;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** For people: place and message, the line, and what is meant in it; in the end how often each rule spoke. */
export const textReport: LintReport = {
  name: 'text',
  begin() {
    const files: Told[] = [];
    return {
      file({ path, text, problems, shown, lines, ...rest }) {
        files.push({ ...rest, problems });
        const blocks = shown.map((problem) => block(path, text, problem, lines));
        const omitted = problems.length - shown.length;
        if (omitted > 0) blocks.push(`${path}: ${omitted} more not shown\n`);
        return blocks.join('');
      },
      end: () => byRule(files) + tally(files),
    };
  },
};

type Told = Omit<Shown, 'path' | 'text' | 'lines' | 'shown'>;

/** How often each rule spoke, the most frequent first; nothing where there is only one. */
function byRule(files: readonly Told[]): string {
  const counts = new Map<string, { rule: string; severity: Severity; count: number }>();
  for (const { rule, severity } of files.flatMap(({ problems }) => problems)) {
    const key = `${severity} ${rule}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { rule, severity, count: 1 });
  }
  if (counts.size < 2) return '';
  const rank = ({ severity }: { severity: Severity }) => SEVERITIES.indexOf(severity);
  const sorted = [...counts.values()].sort(
    (a, b) => rank(a) - rank(b) || b.count - a.count || (a.rule < b.rule ? -1 : 1),
  );
  const width = String(Math.max(...sorted.map(({ count }) => count))).length;
  const rows = sorted.map(({ count, severity, rule }) => [String(count).padStart(width), severity, rule]);
  return `\n${columns(rows)}`;
}

/** The closing line: how many problems there are in how many files. */
function tally(files: readonly Told[]): string {
  if (files.length === 0) return '';
  const all = files.flatMap(({ problems }) => problems);
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: all.filter((problem) => problem.severity === severity).length,
  }));
  const found = counts.filter(({ count }) => count > 0).map(({ severity, count }) => counted(count, nouns[severity]));
  const messages = files.reduce((sum, file) => sum + file.messages, 0);
  const only = files.length === 1 ? files[0] : undefined;
  const judged = only?.profiles.length ? `, judged as ${only.profiles.join(' + ')}` : '';
  const where = only ? counted(messages, 'message') : `${counted(messages, 'message')} of ${files.length} files`;
  const known = files.reduce((sum, file) => sum + file.known, 0);
  const baseline = known > 0 ? `; ${known} of the baseline not shown` : '';
  const none = known > 0 ? 'no new problems' : 'no problems';
  return `${found.join(', ') || none} in ${only?.format === 'xml' ? 'one document' : where}${judged}${baseline}\n`;
}

const nouns: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' };

function block(path: string, text: string, problem: Problem, map: LineMap): string {
  const { line, character } = map.position(problem.from);
  const number = String(line + 1);
  const margin = ' '.repeat(number.length);
  const { shown, before, marks } = excerpt(text, problem, problem.from - character);
  const spec = problem.spec ? ` (${problem.spec})` : '';
  return `${path}:${number}:${character + 1}: ${problem.severity}: ${oneLine(problem.message)} [${problem.rule}]${spec}
${margin} |
${number} | ${shown}
${margin} | ${' '.repeat(before)}${marks}
`;
}

interface Excerpt {
  readonly shown: string;
  /** Columns before the place. */
  readonly before: number;
  readonly marks: string;
}

/** The line of a problem; a long one is cut around the place. Looks no further than what it shows. */
function excerpt(text: string, { from, to }: Problem, lineStart: number): Excerpt {
  const reach = lineEnd(text, from, from + SHOWN + 1);
  const isShort = reach - lineStart <= SHOWN;
  const start = isShort ? lineStart : Math.max(lineStart, Math.min(from - BEFORE, reach - SHOWN));
  const end = Math.min(reach, start + SHOWN);
  const lead = start > lineStart ? '…' : '';
  const before = `${lead}${visible(text.slice(start, from))}`;
  const marked = visible(text.slice(from, Math.min(to, end)));
  const rest = `${visible(text.slice(Math.min(to, end), end))}${end < reach ? '…' : ''}`;
  const width = Math.max(1, displayWidth(marked));
  return {
    shown: `${before}${to > from ? marked : ''}${rest}`,
    before: displayWidth(before),
    marks: `^${'~'.repeat(width - 1)}`,
  };
}

function lineEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}

/** Text in which each character takes the columns that it is counted for. */
function visible(text: string): string {
  return Array.from(text, (char) => (char === '\t' ? ' ' : isControl(char) ? '·' : char)).join('');
}

function isControl(char: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cf}\p{Surrogate}]/u.test(char);
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ');
}
