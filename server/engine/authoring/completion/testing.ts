import type { Completion, Source } from '../source.ts';
import { applied } from '../testing.ts';
import { complete } from './complete.ts';
import { plainOf } from './snippet.ts';

/** What is offered at an offset, in the order it is shown in. */
export function offered(source: Source, offset: number): Completion[] {
  const key = ({ sort, label }: Completion) => sort ?? label;
  return [...complete(source, offset).items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The text after an item was chosen, and nothing filled in. */
export function accepted(text: string, { replace, insert, also }: Completion): string {
  return applied(text, [{ ...replace, text: plainOf(insert) }, ...(also ?? [])]);
}
