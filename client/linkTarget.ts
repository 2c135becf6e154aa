/** The parts of a link: `vscode://sip-lens.sip-lens/open?trace=logs/a.sip#12`. */
export const PATH = '/open';
export const TRACE = 'trace=';

/** What a link names: a trace, by its path in the workspace or by its whole address, and a message (one-based). */
export interface LinkTarget {
  readonly trace: string;
  readonly isAddress: boolean;
  readonly index: number;
}

/** Reads the parts of a link, decoded as VS Code hands them over; what names no message leads to the first. Throws, in a sentence, where no trace is named. */
export function linkTarget({ path, query, fragment }: Record<'path' | 'query' | 'fragment', string>): LinkTarget {
  const trace = path === PATH && query.startsWith(TRACE) ? query.slice(TRACE.length) : '';
  if (!trace) throw new Error('The link names no trace.');
  const isAddress = /^[a-z][a-z\d+.-]*:\//i.test(trace);
  return { trace, isAddress, index: /^[1-9]\d{0,9}$/.test(fragment) ? Number(fragment) : 1 };
}

/** Where a path of a link may lead, the likeliest first: a folder and the path in it. A path may begin with the name of a folder, where there are several. */
export function placesOf<Folder extends { readonly name: string }>(
  path: string,
  folders: readonly Folder[],
): { readonly folder: Folder; readonly path: string }[] {
  return folders.flatMap((folder) => {
    const own = `${folder.name}/`;
    const below = path.startsWith(own) ? [{ folder, path: path.slice(own.length) }] : [];
    return [...below, { folder, path }];
  });
}
