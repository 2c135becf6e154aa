import { bodyLength } from '../../sip/contentLength.ts';
import { codeIn, requestOnly, responseOnly } from '../../sip/direction.ts';
import { headerMeaning } from '../../sip/meanings.ts';
import { hasBody, header, headerValue, type SipMessage, type SipRequest, type SipResponse } from '../../sip/message.ts';
import { missingAlways } from '../../sip/presence.ts';
import { allHeaders, type HeaderFacts } from '../../sip/registry.ts';
import { SOUND, type SoundName, soundValue } from '../../sip/soundValues.ts';
import { methodOf } from '../../sip/values.ts';
import { neighboursOf } from '../exchanges.ts';
import type { Completion } from '../source.ts';
import { hasWords } from './headerValues.ts';
import { order, type SipAsk } from './offer.ts';
import type { NameCursor } from './sipCursor.ts';
import { literal, stop } from './snippet.ts';

/** Names of headers in their long form: what is mandatory here and missing first, without those that are there and stand once only. */
export function headerNames(ask: SipAsk): readonly Completion[] {
  const { cursor, message } = ask;
  if (cursor.kind !== 'name' || !message || message.kind === 'unknown') return [];
  const always = missingAlways(message);
  return allHeaders
    .filter((facts) => mayStand(message, facts, cursor))
    .map((facts, at) => item(ask, cursor, facts, order(rankOf(message, facts, always), at)));
}

/** Whether the header belongs in this kind of message, and may stand there once more. */
function mayStand(message: SipRequest | SipResponse, facts: HeaderFacts, { field }: NameCursor): boolean {
  const id = facts.name.toLowerCase();
  if (facts.origin === 'deprecated' || facts.origin === 'reserved' || codeIn(message, id) === '-') return false;
  if (message.kind === 'request' ? responseOnly.has(id) : requestOnly.has(id)) return false;
  const isThere = message.headers.some((one) => one.id === id && one !== field);
  if (id === 'rseq' && !/\b100rel\b/i.test(headerValue(message, 'require') ?? '')) return false;
  return !(isThere && facts.cardinality === 'single') && fitsKind(message, facts.where);
}

function fitsKind(message: SipRequest | SipResponse, where: readonly string[]): boolean {
  const kinds = message.kind === 'request' ? ['any', 'body', 'req', message.method] : ['any', 'body', 'resp'];
  return where.some((one) => kinds.includes(one) || (message.kind === 'response' && isStatus(one, message.status)));
}

/** Whether `486`, `18x`, `2xx` or `300-699` stands for a status. */
function isStatus(where: string, status: number): boolean {
  const [least, most = least] = where.split('-');
  const bound = (pattern: string | undefined, digit: string) => Number(pattern?.replaceAll('x', digit));
  return status >= bound(least, '0') && status <= bound(most, '9');
}

const RANKS: Readonly<Record<string, number>> = { m: 0, 'm*': 1, t: 1, '*': 1, c: 1, o: 2 };

function rankOf(message: SipRequest | SipResponse, { name, origin }: HeaderFacts, always: readonly string[]): number {
  const id = name.toLowerCase();
  if (header(message, id)) return 5;
  if (always.includes(name)) return 0;
  if (id === 'content-type') return hasBody(message) ? 0 : 3;
  const code = codeIn(message, id);
  if (code !== undefined) return RANKS[code] ?? 2;
  return origin === 'std' ? 3 : 4;
}

function item(ask: SipAsk, { typed, field }: NameCursor, { name }: HeaderFacts, sort: string): Completion {
  const message = ask.message!;
  const value = field ? null : valueSnippet(ask, message, name);
  const kind = message.kind === 'response' ? message.status : 'R';
  return {
    label: name,
    kind: 'header',
    documentation: headerMeaning(name, methodOf(message), kind) ?? '',
    replace: ask.toSource(typed),
    insert: literal(name) + (value === null ? '' : `: ${value}`),
    sort,
    ...(value === '' && { retrigger: true }),
  };
}

/** What the message itself tells of the value; '' where the next choice is one of its words. */
function valueSnippet({ source, index }: SipAsk, message: SipMessage, name: string): string {
  if (isSound(name)) return stop(1, soundValue(message, name, neighboursOf(source, index)));
  if (name === 'Content-Length') return literal(String(bodyLength(message)));
  return hasWords(name.toLowerCase()) ? '' : stop(1);
}

function isSound(name: string): name is SoundName {
  return SOUND.some((one) => one === name);
}
