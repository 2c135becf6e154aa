import type { PlatformPath } from 'node:path';

/**
 * How a file is reached from the folder of another one ('' stands for a file in the current folder), as a link names it: with slashes, on Windows too. Null where no
 * relative path leads there, as from one drive to another.
 */
export function wayBetween(
  { dirname, isAbsolute, relative, resolve, sep }: PlatformPath,
  from: string,
  to: string,
): string | null {
  const way = relative(from === '' ? resolve('.') : dirname(resolve(from)), resolve(to));
  return isAbsolute(way) ? null : way.split(sep).join('/');
}
