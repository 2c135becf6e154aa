import { keepContentLength, mendContentLength } from '../contentLength.ts';
import { type Fix, type FixedProblem, messageAt, type Source, type TextEdit } from '../source.ts';
import { copiedFixes } from './copied.ts';
import { ruleFixes } from './ruleFixes.ts';
import { xmlFixes } from './xmlFixes.ts';

/** What mends a problem of this text, the likeliest first. */
export function fixesFor(source: Source, problem: FixedProblem): Fix[] {
  return allFixes(source, problem)
    .filter(({ edits }) => edits.length > 0)
    .map((fix) => ({ ...fix, edits: keepContentLength(source, fix.edits) }))
    .sort((a, b) => rank(a) - rank(b));
}

/** The edits that mend at once all problems of which it is sure how. Of two that overlap, the first is done. */
export function fixAll(source: Source, problems: readonly FixedProblem[]): readonly TextEdit[] {
  const done: TextEdit[] = [];
  const isLength = ({ rule }: FixedProblem) => rule.startsWith('content-length-');
  for (const problem of problems) if (!isLength(problem)) addSure(done, source, problem);
  const changed = new Set(done.flatMap((edit) => bodyAt(source, edit)));
  // A body that changes gets its length with the changes.
  const lengths = problems.filter((one) => isLength(one) && !changed.has(messageAt(source, one.from)?.index ?? -1));
  for (const problem of lengths) addSure(done, source, problem);
  return mendContentLength(source, done);
}

function addSure(done: TextEdit[], source: Source, problem: FixedProblem): void {
  const fix = allFixes(source, problem).find(({ confidence }) => confidence === 'sure');
  const edits = fix?.edits.filter((edit) => !done.some((one) => isSame(one, edit))) ?? [];
  if (!edits.some((edit) => done.some((one) => overlap(one, edit)))) done.push(...edits);
}

/** The message whose body an edit changes. */
function bodyAt(source: Source, { from }: TextEdit): number[] {
  const place = messageAt(source, from);
  return place && place.offset >= place.message.body.from ? [place.index] : [];
}

function allFixes(source: Source, problem: FixedProblem): Fix[] {
  return [ruleFixes, xmlFixes, copiedFixes].flatMap((fixes) => fixes(source, problem));
}

const ORDER = ['sure', 'likely', 'possible'] as const;

function rank({ confidence = 'possible' }: Fix): number {
  return ORDER.indexOf(confidence);
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.from === b.from && a.to === b.to && a.text === b.text;
}

/** Whether two edits touch: also those at one place, whose order nobody knows. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.from <= b.to && b.from <= a.to;
}
