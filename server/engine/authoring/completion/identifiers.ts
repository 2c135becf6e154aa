import { encoded } from '../../xml/encode.ts';
import type { Completion } from '../source.ts';
import { attributeCandidates, namingOf, textCandidates } from './candidates.ts';
import { order, type XmlAsk } from './offer.ts';
import { literal } from './snippet.ts';

/** Conferences, people, endpoints, media and requests that the document or the trace speaks of, where one is to be named. */
export function identifiers(ask: XmlAsk): readonly Completion[] {
  const { cursor, place } = ask;
  const replace = place.toSource(cursor.typed);
  const items = (candidates: ReturnType<typeof attributeCandidates>, open = '', close = '') =>
    candidates.map(
      ({ value, detail }, at): Completion => ({
        label: value,
        kind: 'identifier',
        detail,
        replace,
        insert: open + literal(encoded(value)) + close,
        sort: order(1, at),
      }),
    );
  if (cursor.kind === 'value')
    return items(
      attributeCandidates(ask, namingOf(place.document, cursor.element), cursor.attribute.local),
      cursor.open,
      cursor.close,
    );
  if (cursor.kind !== 'content' || !cursor.parent || cursor.parent.children.length > 0) return [];
  return items(textCandidates(ask, namingOf(place.document, cursor.parent)));
}
