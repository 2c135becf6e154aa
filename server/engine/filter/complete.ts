import type { Span } from '../base/text.ts';
import type { FilterKey, Subject } from './key.ts';
import { filterKeys } from './keys.ts';
import { occurringValues } from './occurring.ts';
import { wordsOf } from './parse.ts';

/** What may stand at a place of a filter. */
export interface Completion {
  /** What is replaced. */
  readonly span: Span;
  readonly items: readonly CompletionItem[];
}

/** @property about what the key asks, or of how many messages a value holds */
export interface CompletionItem {
  readonly text: string;
  readonly about: string;
}

/**
 * What may come at an offset of a filter: keys, or values behind a key, that begin as the word does up to there.
 * @param subject the trace whose own values are offered first, with their counts
 */
export function completeFilter(text: string, offset: number, subject?: Subject): Completion {
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
  return { span: { from, to: offset }, items: key ? beginning(valuesOf(key, subject), text.slice(from, offset)) : [] };
}

/** The values of the trace, then those that the key itself knows. */
function valuesOf(key: FilterKey, subject: Subject | undefined): CompletionItem[] {
  const occurring = subject ? occurringValues(subject, key.name) : [];
  const own = new Set(occurring.map(({ text }) => text));
  return [
    ...occurring.map(({ text, count }) => ({ text, about: `in ${count} ${count === 1 ? 'message' : 'messages'}` })),
    ...(key.values ?? [])
      .filter((value) => !own.has(value))
      .map((value) => ({ text: value, about: key.meanings?.[value] ?? key.about })),
  ];
}

/** Those that begin so, whether or not they stand in quotation marks. */
function beginning<T extends { readonly text: string }>(items: readonly T[], start: string): T[] {
  const wanted = start.toLowerCase();
  return items.filter(({ text }) => {
    const lower = text.toLowerCase();
    return text !== start && (lower.startsWith(wanted) || lower.startsWith(`"${wanted}`));
  });
}
