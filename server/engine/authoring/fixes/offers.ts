import type { Fix, Source } from '../source.ts';
import { answers } from './answerOffer.ts';
import { longNames } from './namesOffer.ts';
import { reflows } from './reflowOffer.ts';

/** What a place offers without a problem. A new one is a file in this folder and its name here. */
const OFFERS: readonly ((source: Source, offset: number) => Fix[])[] = [answers, longNames, reflows];

/** The changes that are offered at an offset. */
export function offersAt(source: Source, offset: number): Fix[] {
  return OFFERS.flatMap((offer) => offer(source, offset));
}
