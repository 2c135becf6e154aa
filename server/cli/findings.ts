import type { Problem, Profile } from '../engine/base/text.ts';
import { lintDocument } from '../engine/document.ts';
import { type LintOptions, lintText } from '../engine/engine.ts';
import { Failure } from './command.ts';
import { chosen, type Filtering } from './filtering.ts';

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

/**
 * Checks a text: a trace, or a document of a vocabulary that has a schema. Throws a `Failure` where it is neither.
 * @param filtering which messages count; all are judged, since one may explain another
 */
export async function findProblems(
  path: string,
  text: string,
  options: LintOptions,
  filtering: Filtering | null,
): Promise<Findings> {
  const { reading, lint } = await lintText(text, options);
  const { format, count } = reading.trace;
  if (count > 0) {
    const wanted = chosen(filtering, reading, lint.problems);
    const problems = filtering
      ? lint.problems.filter(({ messageIndex }) => messageIndex !== null && wanted[messageIndex - 1])
      : lint.problems;
    const messages = wanted.reduce((sum, one) => sum + one, 0);
    return { path, text, format, messages, profiles: lint.profiles, problems };
  }
  if (text.trim() === '') throw new Failure(`${path}: the file is empty`);
  const problems = /^\s*</.test(text) ? await lintDocument(text, options) : null;
  if (!problems) throw new Failure(`${path}: neither a SIP message nor a CCCP or conference-info document was found`);
  return { path, text, format: 'xml', messages: 0, profiles: [], problems };
}
