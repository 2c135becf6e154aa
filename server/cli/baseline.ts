import type { Problem } from '../engine/base/text.ts';
import { Failure, json } from './command.ts';

/** Problems that are known already, by file and rule: how often each is there, by its fingerprint. */
export interface Baseline {
  readonly version: 1;
  readonly files: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
}

/** The problems that are new: of equal ones, as many as there are more than before. */
export function newProblems(
  { files }: Baseline,
  path: string,
  text: string,
  problems: readonly Problem[],
): readonly Problem[] {
  const known = files[keyOf(path)];
  if (!known) return problems;
  const left = new Map<string, number>();
  return problems.filter((problem) => {
    const mark = fingerprint(problem, text);
    const key = `${problem.rule} ${mark}`;
    const count = left.get(key) ?? known[problem.rule]?.[mark] ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

/** Collects problems to be known. */
export function baselineWriter() {
  const files = new Map<string, Map<string, Map<string, number>>>();
  return {
    add(path: string, text: string, problems: readonly Problem[]): void {
      const rules = new Map<string, Map<string, number>>();
      for (const problem of problems) {
        const marks = rules.get(problem.rule) ?? new Map<string, number>();
        const mark = fingerprint(problem, text);
        rules.set(problem.rule, marks.set(mark, (marks.get(mark) ?? 0) + 1));
      }
      files.set(keyOf(path), rules);
    },
    /** The file, its entries in order, so that the next one differs little. */
    text: () => json({ version: 1, files: sorted(files, (rules) => sorted(rules, (marks) => sorted(marks))) }),
  };
}

/** Reads a baseline. Throws a `Failure` where the text is none. */
export function readBaseline(path: string, text: string): Baseline {
  try {
    const read = JSON.parse(text) as Partial<Baseline> | null;
    if (read?.version === 1 && typeof read.files === 'object' && read.files) return read as Baseline;
  } catch {
    // Said below.
  }
  throw new Failure(`${path}: this is no baseline; --write-baseline makes one`);
}

/**
 * What a problem is known by: its rule, what was said and the line that it stands on, so that it stays the same where other lines and
 * messages come and go.
 */
export function fingerprint({ rule, message, from }: Problem, text: string): string {
  const isBreak = (at: number) => text[at] === '\n' || text[at] === '\r';
  let start = from;
  while (start > 0 && start > from - LONGEST && !isBreak(start - 1)) start--;
  let end = from;
  while (end < text.length && end < from + LONGEST && !isBreak(end)) end++;
  const line = text.slice(start, end).trim();
  return hash([rule, message.replace(/\bmessages? \d+/g, 'message'), line].join('\n'));
}

/** So much of a long line counts, before and behind the place. */
const LONGEST = 500;

/** Two FNV-1a hashes of 32 bits, one of them from the end. */
function hash(text: string): string {
  let [there, back] = [0x811c9dc5, 0x811c9dc5];
  for (let at = 0; at < text.length; at++) {
    there = Math.imul(there ^ text.charCodeAt(at), 0x01000193);
    back = Math.imul(back ^ text.charCodeAt(text.length - 1 - at), 0x01000193);
  }
  return [there, back].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** A path as it is written on any system. */
function keyOf(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

function sorted<V, T>(
  map: ReadonlyMap<string, V>,
  inner: (value: V) => T | V = (value) => value,
): Record<string, T | V> {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, inner(value)]));
}
