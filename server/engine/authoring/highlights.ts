import type { Span } from '../base/text.ts';
import { occurrenceAt, occurrencesOf } from './occurrences.ts';
import { messageAt, type Source } from './source.ts';
import { tagNames } from './tags.ts';
import { transactionAt, transactionLines } from './transactions.ts';

/** A place that belongs together with another. */
export interface Highlight {
  readonly at: Span;
  /** What the other places are about: where something is described, the request of a transaction. */
  readonly isMain: boolean;
}

/**
 * The places that belong together with the one at an offset: the same name, the messages of one transaction, the start tag and the end
 * tag. A step of the generator is a message.
 * @param most so many are enough
 */
export function* highlightsAt(
  source: Source,
  offset: number,
  most = Number.POSITIVE_INFINITY,
): Generator<undefined, Highlight[]> {
  const asked = occurrenceAt(source, offset);
  if (asked) {
    const found = yield* occurrencesOf(source, asked.identifier, most);
    return found.map(({ at, identifier }) => ({ at, isMain: identifier.declares }));
  }
  const names = tagNames(source, offset);
  if (names) return names.map((at) => ({ at, isMain: false }));
  const place = messageAt(source, offset);
  if (!place || !transactionAt(place)) return [];
  return transactionLines(source, place.index).map(({ at, isRequest }) => ({ at, isMain: isRequest }));
}
