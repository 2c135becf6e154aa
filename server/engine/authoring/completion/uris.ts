import { slice } from '../../base/text.ts';
import { type SoundName, soundValue, tokenOf } from '../../sip/soundValues.ts';
import { tagOf } from '../../sip/values.ts';
import { neighboursOf, partiesNear } from '../exchanges.ts';
import type { Completion } from '../source.ts';
import { order, type SipAsk } from './offer.ts';
import type { UriCursor } from './sipCursor.ts';
import { literal } from './snippet.ts';

/** URIs of those that the trace speaks of, where one is to be written; in From and To first what fits the message. */
export function uris(ask: SipAsk): readonly Completion[] {
  const { cursor } = ask;
  if (cursor.kind !== 'uri') return [];
  const known = urisNear(ask).map((uri) => ({
    label: uri,
    insert: cursor.bracketed ? uri : `<${uri}>${tagFor(ask, cursor)}`,
  }));
  const gap = cursor.field && !cursor.bracketed && /[:,]/.test(ask.text[cursor.typed.from - 1] ?? '') ? ' ' : '';
  return [...soundValues(ask, cursor), ...known].map(({ label, insert }, at) => ({
    label,
    kind: 'identifier',
    replace: ask.toSource(cursor.typed),
    insert: gap + literal(insert),
    sort: order(0, at),
  }));
}

/** What the dialog tells of a side that is not written yet. */
function soundValues(
  { source, message, index }: SipAsk,
  { field, typed }: UriCursor,
): { label: string; insert: string }[] {
  const name = NAMED[field?.id ?? ''];
  if (!message || !field || !name || typed.to > typed.from || field.value.to > field.value.from) return [];
  const value = soundValue(message, name, neighboursOf(source, index));
  return [{ label: value, insert: value }];
}

const NAMED: Readonly<Record<string, SoundName | undefined>> = { from: 'From', to: 'To', contact: 'Contact' };

/** A sender has a tag, and who answers (RFC 3261 §8.1.1.3, §8.2.6.2). */
function tagFor({ message }: SipAsk, { field }: UriCursor): string {
  const needs = field?.id === 'from' || (field?.id === 'to' && message?.kind === 'response' && message.status > 100);
  if (!message || !needs || tagOf(message, field.id as 'from' | 'to') !== undefined) return '';
  return `;tag=${tokenOf(message, field.id)}`;
}

/** The URIs of the parties of the messages around, the nearest first; not the one that is being typed. */
export function urisNear({ source, index, text, cursor }: SipAsk): string[] {
  const typed = slice(text, cursor.typed);
  return partiesNear(source, index).filter((uri) => uri !== typed);
}
