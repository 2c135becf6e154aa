import type { Problem, Profile } from '../engine/base/text.ts';
import { lintDocument } from '../engine/document.ts';
import { type LintOptions, lintText } from '../engine/engine.ts';
import { Failure } from './command.ts';

/** What `lint` found in a file. */
export interface Findings {
  readonly path: string;
  readonly text: string;
  /** `plain`, `flattened`, or `xml` for a document without SIP. */
  readonly format: string;
  readonly messages: number;
  readonly profiles: readonly Profile[];
  readonly problems: readonly Problem[];
}

/** Checks a text: a trace, or a document of a vocabulary that has a schema. Throws a `Failure` where it is neither. */
export async function findProblems(path: string, text: string, options: LintOptions): Promise<Findings> {
  const { reading, lint } = await lintText(text, options);
  const { format, count } = reading.trace;
  if (count > 0) return { path, text, format, messages: count, profiles: lint.profiles, problems: lint.problems };
  if (text.trim() === '') throw new Failure(`${path}: the file is empty`);
  const problems = /^\s*</.test(text) ? await lintDocument(text, options) : null;
  if (!problems) throw new Failure(`${path}: neither a SIP message nor a CCCP or conference-info document was found`);
  return { path, text, format: 'xml', messages: 0, profiles: [], problems };
}
