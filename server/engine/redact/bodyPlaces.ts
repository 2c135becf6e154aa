import { type Span, slice } from '../base/text.ts';
import { sdpPlaces } from './sdpPlaces.ts';

/** A place whose words are no names: they are replaced there, and not looked for elsewhere. */
export interface QuietSpan extends Span {
  readonly quiet?: true;
}

/** What says how things stand, and nothing of anybody but URIs: RFC 3842. */
const PUBLIC = /^application\/(?:simple-message-summary|media_control)\b/;

/**
 * Adds the private places of a body that is no XML and no piece of a message. Of a type that nobody knows everything may be private but the names before its values.
 * @param type as `text/plain`, in lower case
 */
export function bodyPlaces(text: string, type: string, body: Span, places: QuietSpan[]): void {
  if (type === 'application/sdp') sdpPlaces(text, body, places);
  else if (/^text\/(?:plain|html|rtf)$/.test(type)) outsideTags(text, body, places);
  else if (type === 'message/cpim') cpimPlaces(text, body, places);
  else if (/[/+]json$/.test(type)) jsonPlaces(text, body, places);
  else if (!/[/+]xml$/.test(type) && !/^(?:multipart|message)\//.test(type) && !PUBLIC.test(type))
    valuePlaces(text, body, places);
}

/** What a message says, without the marks of HTML. */
function outsideTags(text: string, body: Span, places: Span[]): void {
  let at = body.from;
  for (const tag of slice(text, body).matchAll(/<[/!a-z][^<>]*>|&\w+;/gi)) {
    places.push({ from: at, to: body.from + tag.index });
    at = body.from + tag.index + tag[0].length;
  }
  places.push({ from: at, to: body.to });
}

/** Who writes to whom, about what, and what (RFC 3862 §2.1). */
function cpimPlaces(text: string, body: Span, places: Span[]): void {
  for (const line of slice(text, body).matchAll(/[^\r\n]+/g)) {
    const name = /^([A-Za-z][\w.-]*):/.exec(line[0]);
    const from = body.from + line.index + (name?.[0].length ?? 0);
    if (!name || /^(?:from|to|cc|subject)$/i.test(name[1]!))
      places.push({ from, to: body.from + line.index + line[0].length });
  }
}

/** Texts that are no names of members, and numbers. */
function jsonPlaces(text: string, body: Span, places: QuietSpan[]): void {
  for (const { 0: value, 1: colon, index } of slice(text, body).matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|-?\d+/g))
    if (colon === undefined)
      places.push({ from: body.from + index, to: body.from + index + value.length, quiet: true });
}

/** What stands behind `name:` and `name=`, and lines without either. */
function valuePlaces(text: string, body: Span, places: QuietSpan[]): void {
  for (const line of slice(text, body).matchAll(/[^\r\n]+/g)) {
    const name = /^[ \t]*[A-Za-z][\w.-]{0,63}[ \t]*[:=](?!=*$)/.exec(line[0])?.[0].length ?? 0;
    const from = body.from + line.index;
    places.push({ from: from + name, to: from + line[0].length, quiet: true });
  }
}
