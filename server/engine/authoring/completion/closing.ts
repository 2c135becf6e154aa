import type { Completion } from '../source.ts';
import { order, type XmlAsk } from './offer.ts';
import { literal } from './snippet.ts';
import { isOpen } from './xmlCursor.ts';

/** The end tag of the element that is open: behind `</`, and wherever its end is missing. */
export function closing({ cursor, place }: XmlAsk): readonly Completion[] {
  if (cursor.kind !== 'closing' && cursor.kind !== 'content' && cursor.kind !== 'tag') return [];
  const { parent } = cursor;
  if (!parent) return [];
  const begun = cursor.kind === 'closing' ? '</' : cursor.kind === 'tag' ? '<' : '';
  if (cursor.kind !== 'closing' && !isOpen(place.document.text, parent)) return [];
  const tag = `</${parent.name}>`;
  return [
    {
      label: tag,
      filter: tag.slice(begun.length),
      kind: 'closing',
      detail: 'end tag',
      replace: place.toSource(cursor.typed),
      insert: literal(tag.slice(begun.length)),
      sort: order(0),
    },
  ];
}
