import { LineMap, type Problem } from './text.ts';

/** The text without its `^^^ message` lines: what a rule's `bad` example is as input. */
export function strip(annotated: string): string {
  return dedent(annotated)
    .split('\n')
    .filter((line) => !/^\s*\^+( |$)/.test(line))
    .join('\n');
}

/** The text with a line `^^^ message` under each line that has a problem, as an editor would show it. */
export function annotate(text: string, problems: readonly Pick<Problem, 'from' | 'to' | 'message'>[]): string {
  const map = new LineMap(text);
  const notes = new Map<number, string[]>();
  for (const problem of [...problems].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const start = map.position(problem.from);
    const end = map.position(problem.to);
    const length = end.line === start.line ? Math.max(1, end.character - start.character) : 1;
    const note = `${' '.repeat(start.character)}${'^'.repeat(length)} ${problem.message}`;
    notes.set(start.line, [...(notes.get(start.line) ?? []), note]);
  }
  return text
    .split('\n')
    .flatMap((line, at) => [line, ...(notes.get(at) ?? [])])
    .join('\n');
}

/** The text without the indentation that all its lines share, without an empty first and last line. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const depths = lines.filter((line) => line.trim()).map((line) => /^ */.exec(line)![0].length);
  const depth = depths.length ? Math.min(...depths) : 0;
  return lines.map((line) => line.slice(depth)).join('\n');
}

/** Takes the bar out of a text: `a|b` gives the text `ab` and the offset 1. */
export function cursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
