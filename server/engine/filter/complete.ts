import type { Span } from '../base/text.ts';
import { filterKeys } from './keys.ts';
import { wordsOf } from './parse.ts';

/** What may stand at a place of a filter. */
export interface Completion {
  /** What is replaced. */
  readonly span: Span;
  readonly items: readonly { readonly text: string; readonly about: string }[];
}

/** What may come at an offset of a filter: keys, or values behind a key, that begin as the word does up to there. */
export function completeFilter(text: string, offset: number): Completion {
  const word = wordsOf(text.slice(0, offset)).find(({ to }) => to === offset);
  if (!word?.key) {
    const span = { from: word?.value.from ?? offset, to: offset };
    const items = filterKeys.map(({ name, about }) => ({ text: `${name}:`, about }));
    return { span, items: beginning(items, text.slice(span.from, offset)) };
  }
  const name = text.slice(word.key.from, word.key.to).toLowerCase();
  const key = filterKeys.find((one) => one.name === name);
  const from =
    key?.isList === false ? word.value.from : Math.max(word.value.from, text.lastIndexOf(',', offset - 1) + 1);
  const items = (key?.values ?? []).map((value) => ({ text: value, about: key!.about }));
  return { span: { from, to: offset }, items: beginning(items, text.slice(from, offset)) };
}

function beginning<T extends { readonly text: string }>(items: readonly T[], start: string): T[] {
  return items.filter(({ text }) => text.toLowerCase().startsWith(start.toLowerCase()) && text !== start);
}
