import { githubReport } from './githubReport.ts';
import { jsonReport } from './jsonReport.ts';
import { junitReport } from './junitReport.ts';
import type { LintReport } from './lintReport.ts';
import { sarifReport } from './sarifReport.ts';
import { textReport } from './textReport.ts';

/** The ways in which `lint` tells what it found; the first is the usual one. */
export const lintReports: readonly LintReport[] = [textReport, jsonReport, sarifReport, githubReport, junitReport];
