import { nearest } from '../../base/text.ts';

/** The one whose name is nearest to a mistyped one. */
export function byName<T extends { readonly local: string }>(all: readonly T[], wanted: string): T | undefined {
  const near = nearest(
    wanted,
    all.map(({ local }) => local),
  );
  return all.find(({ local }) => local === near);
}
