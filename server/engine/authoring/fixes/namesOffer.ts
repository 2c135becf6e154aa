import { namesInFull } from '../../sip/edits.ts';
import { type Fix, messageAt, type Source } from '../source.ts';
import { placedEdits } from './placedEdits.ts';

/** On a header in its compact form: writes all names of headers of the message in full (RFC 3261 §7.3.3). */
export function longNames(source: Source, offset: number): Fix[] {
  const place = messageAt(source, offset);
  const on = place?.message.headers.find(({ from, to }) => from <= place.offset && place.offset <= to);
  if (!place || !on || on.name.to - on.name.from > 1) return [];
  const edits = placedEdits(source, place, namesInFull(place.message));
  return edits?.length ? [{ title: 'Write the names of headers in full', edits }] : [];
}
