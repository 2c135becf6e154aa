import { LineMap, type Problem, type Severity } from '../../engine/base/text.ts';
import { counted, messageIn, type Tool, textIn } from './tool.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
/** So many problems are told at once. */
const MOST = 200;

/** What the checks found in a trace or a document, the most severe first. */
export const lintTool: Tool = {
  name: 'sipLens_lint',
  ofXml: true,
  narrower: 'Ask with a severity, a rule or a message.',
  answer(subject, input) {
    const least = severityIn(textIn(input, 'severity'));
    const rule = textIn(input, 'rule');
    const message = messageIn(input, 'message', subject);
    const isWanted = (problem: Problem) =>
      SEVERITIES.indexOf(problem.severity) <= SEVERITIES.indexOf(least) &&
      (rule === undefined || problem.rule === rule) &&
      (message === undefined || problem.messageIndex === message);
    const found = subject.problems.filter(isWanted);
    const sorted = SEVERITIES.flatMap((severity) => found.filter((problem) => problem.severity === severity));
    const lines = new LineMap(subject.text);
    const shown = sorted.slice(0, MOST).map((problem) => problemLine(problem, lines));
    const scope = found.length === subject.problems.length ? '' : ` that were asked for, of ${subject.problems.length}`;
    const left = found.length - shown.length;
    return [`${counted(found.length, 'problem')}${scope}${left > 0 ? `, the first ${MOST} here` : ''}.`, ...shown].join(
      '\n',
    );
  },
};

function severityIn(text: string | undefined): Severity {
  const known = SEVERITIES.find((severity) => severity === (text ?? 'hint').toLowerCase());
  if (!known) throw new Error(`“severity” is one of ${SEVERITIES.join(', ')}, not “${text?.slice(0, 40)}”.`);
  return known;
}

function problemLine({ from, severity, rule, message, messageIndex, spec }: Problem, lines: LineMap): string {
  const { line, character } = lines.position(from);
  const place = `line ${line + 1}, column ${character + 1}${messageIndex === null ? '' : `, message ${messageIndex}`}`;
  return `- ${severity} ${rule} (${place}): ${message}${spec ? ` [${spec}]` : ''}`;
}
