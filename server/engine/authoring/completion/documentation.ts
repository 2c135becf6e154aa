import { prose, sources } from '../../base/markdown.ts';

/** What a schema says of a thing, and where that is written, in Markdown; undefined where it says nothing. */
export function documented({ documentation, spec }: { documentation: string; spec: string }): string | undefined {
  const text = [documentation && prose(documentation), spec && sources(spec)].filter(Boolean).join('\n\n');
  return text || undefined;
}
