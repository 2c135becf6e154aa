import type { Severity } from '../engine/base/text.ts';
import { type LintReport, regionOf } from './lintReport.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** For GitHub Actions: a workflow command for each problem, which shows it beside the line. */
export const githubReport: LintReport = {
  name: 'github',
  begin: () => ({
    file({ path, shown, lines }) {
      const commands = shown.map((problem) => {
        const { startLine, startColumn, endLine, endColumn } = regionOf(lines, problem);
        const place = { file: path, line: startLine, endLine, col: startColumn, endColumn, title: problem.rule };
        const properties = Object.entries(place).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
        return `::${COMMANDS[problem.severity]} ${properties.join(',')}::${escaped(problem.message)}\n`;
      });
      return commands.join('');
    },
    end: () => '',
  }),
};

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
