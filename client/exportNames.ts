/** The name that is offered for the ladder of a file, with the ending of the form it is exported in. */
export function exportName(trace: string, extension: string): string {
  return `${trace.replace(/\.[^.]*$/, '') || 'ladder'}-ladder.${extension}`;
}

/** The paths of so many files of which the first is wanted at `path`: several are numbered, alike in length, so that they stay in order. */
export function exportPaths(path: string, count: number): string[] {
  if (count === 1) return [path];
  const digits = String(count).length;
  return Array.from({ length: count }, (_, at) =>
    path.replace(/(\.[^./]*)?$/, (ending) => `-${String(at + 1).padStart(digits, '0')}${ending}`),
  );
}

/** What is said of files that were written, by their names in order. */
export function exportedWords(names: readonly string[]): string {
  const [first, last] = [names[0]!, names.at(-1)!];
  return names.length > 1 ? `${names.length} files, ${first} to ${last}` : first;
}
