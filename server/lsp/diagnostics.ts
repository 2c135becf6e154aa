import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { ruleUrl } from '../engine/base/rulePage.ts';
import type { Problem, Related, Severity } from '../engine/base/text.ts';
import type { Analysis } from './analysis.ts';

/** What the editor shows beside each problem of ours. */
export const SOURCE = 'SIP Lens';
export const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** At most `limit` diagnostics, the gravest first choice, in the order of their places; the last one says how many more there are. */
export function diagnostics(doc: Analysis, problems: readonly Problem[], limit: number): Diagnostic[] {
  if (problems.length <= limit) return problems.map((problem) => diagnostic(doc, problem));
  const kept = gravest(problems, limit - 1);
  return [...kept.map((problem) => diagnostic(doc, problem)), remainder(problems.length - kept.length)];
}

function gravest(problems: readonly Problem[], count: number): Problem[] {
  const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
  const chosen = severities.flatMap((severity) => problems.filter((problem) => problem.severity === severity));
  return chosen.slice(0, count).sort((a, b) => a.from - b.from || a.to - b.to);
}

function diagnostic(doc: Analysis, problem: Problem): Diagnostic {
  const href = problem.spec && ruleUrl(problem.rule, problem.spec);
  return {
    range: doc.range(problem),
    severity: SEVERITIES[problem.severity],
    source: SOURCE,
    code: problem.rule,
    ...(href && { codeDescription: { href } }),
    message: problem.message,
    ...(problem.related?.length && { relatedInformation: problem.related.map((other) => related(doc, other)) }),
  };
}

function related(doc: Analysis, other: Related) {
  const message = other.message === null ? other.text : `message ${other.message}: ${other.text}`;
  return { location: { uri: doc.uri, range: doc.range(other) }, message };
}

function remainder(count: number): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    code: 'more-problems',
    message: `${count} more ${count === 1 ? 'problem is' : 'problems are'} not shown. The setting sipLens.maxProblems says how many are.`,
  };
}
