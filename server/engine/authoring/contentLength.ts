import { applied } from '../base/text.ts';
import { type Correction, correctLength, keptLength, rightLength } from '../sip/contentLength.ts';
import type { SipMessage } from '../sip/message.ts';
import { Flag } from '../trace/columns.ts';
import { type MessagePlace, messageAt, messagePlace, type Source, type TextEdit } from './source.ts';

/**
 * The edits, and with them the change of each Content-Length whose body they make longer or shorter (RFC 3261 §20.14). A length that was
 * right stays right, one that was wrong stays as wrong as it was: mending it is not what was asked for. Lengths of messages that are not
 * editable are left alone; they are those of another form of the message.
 * @param edits must not overlap
 */
export function keepContentLength(source: Source, edits: readonly TextEdit[]): TextEdit[] {
  return withLengths(source, edits, keptLength);
}

/** Like `keepContentLength`, but a length that was wrong becomes right: the body is written anew. */
export function mendContentLength(source: Source, edits: readonly TextEdit[]): TextEdit[] {
  return withLengths(source, edits, rightLength);
}

/**
 * The changes that make each Content-Length right that fits its body in no way of counting. A step of the generator is a message; those
 * whose bodies end where they say are not looked at.
 */
export function* lengthCorrections(source: Source): Generator<undefined, TextEdit[]> {
  const { trace } = source.reading;
  const edits: TextEdit[] = [];
  for (let index = 0; index < trace.count; index++) {
    yield;
    if ((trace.columns.flags[index]! & Flag.measured) !== 0) continue;
    const { message, editable } = messagePlace(source, index);
    const found = editable ? correctLength(message) : null;
    if (found) edits.push({ ...found.at, text: String(found.length) });
  }
  return edits;
}

type LengthOf = (message: SipMessage, body: string) => Correction | null;

function withLengths(source: Source, edits: readonly TextEdit[], lengthOf: LengthOf): TextEdit[] {
  if (source.kind === 'xml') return [...edits];
  const changed = new Map<number, { place: MessagePlace; edits: TextEdit[] }>();
  for (const edit of edits) {
    const place = messageAt(source, edit.from);
    if (!place?.editable || edit.from < place.message.body.from || edit.to > place.message.body.to) continue;
    const known = changed.get(place.index);
    if (known) known.edits.push(edit);
    else changed.set(place.index, { place, edits: [edit] });
  }
  return [...edits, ...[...changed.values()].flatMap((one) => lengthEdit(one.place, one.edits, lengthOf))];
}

function lengthEdit({ message }: MessagePlace, edits: readonly TextEdit[], lengthOf: LengthOf): TextEdit[] {
  const { text, body } = message;
  const moved = edits.map((edit) => ({ ...edit, from: edit.from - body.from, to: edit.to - body.from }));
  const found = lengthOf(message, applied(text.slice(body.from, body.to), moved));
  return found ? [{ ...found.at, text: String(found.length) }] : [];
}
