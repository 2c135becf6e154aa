import type { LineMap, Problem, Span } from '../engine/base/text.ts';
import type { Findings } from './findings.ts';

/** How `lint` tells what it found. A new way is a file with one of these, and its name in `lintReports.ts`. */
export interface LintReport {
  /** As `--format` names it. */
  readonly name: string;
  /** Begins to tell; `version` is that of the program. */
  begin(version: string): LintTelling;
}

/** The telling of one run. Each file is told once; texts of files are not to be kept. */
export interface LintTelling {
  /** What is printed at once. */
  file(found: Shown): string;
  /** What is printed in the end. */
  end(): string;
}

/** What was found in a file, without what stands in the baseline. */
export interface Shown extends Findings {
  /** The first of the problems, as many as are asked for. */
  readonly shown: readonly Problem[];
  /** Problems that are left out since they stand in the baseline. */
  readonly known: number;
  readonly lines: LineMap;
}

/** Lines and columns as people and most tools count them: from 1 on, in UTF-16 units; the end is the place behind the last character. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function regionOf(lines: LineMap, { from, to }: Span): Region {
  const [start, end] = [lines.position(from), lines.position(to)];
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
