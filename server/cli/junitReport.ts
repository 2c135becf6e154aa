import type { Problem } from '../engine/base/text.ts';
import { type LintReport, regionOf, type Shown } from './lintReport.ts';

/**
 * For whatever shows the results of tests: a suite for each file, a case for each problem, and one that passes where there is none. Like the
 * exit status, only errors count as failures; the others are told in the output of a case that passes.
 */
export const junitReport: LintReport = {
  name: 'junit',
  begin() {
    const suites: string[] = [];
    let [tests, failures] = [0, 0];
    return {
      file(found) {
        const { path, shown } = found;
        const cases = shown.map((problem) => testCase(problem, found));
        if (cases.length === 0) cases.push(`    <testcase${attributes({ name: 'no problems', classname: path })}/>\n`);
        const failed = shown.filter(isFailure).length;
        tests += cases.length;
        failures += failed;
        const counts = { name: path, tests: cases.length, failures: failed, errors: 0 };
        suites.push(`  <testsuite${attributes(counts)}>\n${cases.join('')}  </testsuite>\n`);
        return '';
      },
      end() {
        const counts = { name: 'sip-lens', tests, failures, errors: 0 };
        return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(counts)}>\n${suites.join('')}</testsuites>\n`;
      },
    };
  },
};

function isFailure({ severity }: Problem): boolean {
  return severity === 'error';
}

function testCase(problem: Problem, { path, lines }: Shown): string {
  const { startLine, startColumn } = regionOf(lines, problem);
  const { rule, severity, message, spec } = problem;
  const name = `${rule} at line ${startLine}, column ${startColumn}`;
  const text = escaped(`${path}:${startLine}:${startColumn}: ${severity}: ${message}${spec ? ` (${spec})` : ''}`);
  const told = isFailure(problem)
    ? `<failure${attributes({ type: rule, message })}>${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `    <testcase${attributes({ name, classname: path, file: path, line: startLine })}>${told}</testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

/** Text of XML 1.0, which has no control characters and no halves of characters. */
function escaped(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\t\r\n]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
