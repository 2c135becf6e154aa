import { type Span, slice } from '../../base/text.ts';
import { bodyLength } from '../../sip/contentLength.ts';
import {
  contentTypeMeaning,
  eventMeaning,
  methodMeaning,
  optionTagMeaning,
  subscriptionStateMeaning,
} from '../../sip/meanings.ts';
import { hasBody, headerValue, type SipMessage, type SipRequest } from '../../sip/message.ts';
import { allContentTypes, allEvents, allOptionTags, headerFacts, knownValues } from '../../sip/registry.ts';
import { soundValue } from '../../sip/soundValues.ts';
import { parseCSeq, tagOf } from '../../sip/values.ts';
import { neighboursOf } from '../exchanges.ts';
import type { Completion } from '../source.ts';
import { order, type SipAsk } from './offer.ts';
import type { WordCursor } from './sipCursor.ts';
import { literal } from './snippet.ts';
import { knownMethods } from './startLines.ts';

/** The words that the value of a header may be, as the registry knows them. */
export function headerValues(ask: SipAsk): readonly Completion[] {
  const { cursor, text } = ask;
  if (cursor.kind !== 'word') return [];
  const before = text[cursor.typed.from - 1];
  const gap = before === ':' || before === ',' ? ' ' : '';
  const replace = ask.toSource(replaced(cursor));
  return wordsFor({ ...ask, cursor })
    .filter(({ value }) => !cursor.others.includes(value))
    .map(({ value, meaning, kind, insert }, at) => ({
      label: value,
      kind: kind ?? 'value',
      ...(meaning && { documentation: meaning }),
      replace,
      insert: gap + literal(insert ?? value),
      sort: order(0, at),
    }));
}

/** Of a Via the protocol alone, where a host follows. */
function replaced({ field, words, typed }: WordCursor): Span {
  const [first] = words;
  return field.id === 'via' && first && words.length > 1 ? { from: typed.from, to: first.to } : typed;
}

/** A word of a value. */
interface Word {
  readonly value: string;
  /** Markdown. */
  readonly meaning?: string | null;
  readonly kind?: Completion['kind'];
  /** What is written, where that is more than the value. */
  readonly insert?: string;
}

type Reader = (ask: SipAsk<WordCursor>) => readonly Word[];

/** Whether something is known of the values of a header. */
export function hasWords(id: string): boolean {
  return Object.hasOwn(BY_HEADER, id) || Object.hasOwn(BY_GRAMMAR, headerFacts(id)?.grammar ?? '');
}

function wordsFor(ask: SipAsk<WordCursor>): readonly Word[] {
  const { id } = ask.cursor.field;
  const grammar = headerFacts(id)?.grammar ?? '';
  const reader = Object.hasOwn(BY_HEADER, id)
    ? BY_HEADER[id]
    : Object.hasOwn(BY_GRAMMAR, grammar)
      ? BY_GRAMMAR[grammar]
      : null;
  return reader?.(ask) ?? [];
}

function list(values: readonly string[]): Reader {
  return () => values.map((value) => ({ value }));
}

const events: Reader = () =>
  allEvents.filter(({ kind }) => kind === 'package').map(({ name }) => ({ value: name, meaning: eventMeaning(name) }));
const contentTypes: Reader = () =>
  allContentTypes.map(({ type }) => ({ value: type, meaning: contentTypeMeaning(type) }));
const optionTags: Reader = () => allOptionTags.map(({ name }) => ({ value: name, meaning: optionTagMeaning(name) }));
const methods: Reader = () =>
  knownMethods().map((value) => ({ value, meaning: methodMeaning(value), kind: 'method' as const }));
const schemes = list(['Digest', 'NTLM', 'Kerberos', 'TLS-DSK']);

/** What stands in a value, by the name that the registry gives its grammar. */
const BY_GRAMMAR: Readonly<Record<string, Reader>> = {
  'auth-challenge': schemes,
  'auth-credentials': schemes,
  'call-id': callIds,
  'coding-list': list(['gzip', 'identity']),
  cseq,
  disposition: list([
    'session',
    'render',
    'early-session',
    'by-reference',
    'recipient-list',
    'alert',
    'icon',
    'signal',
  ]),
  event: events,
  'event-type-list': events,
  'info-package': list(knownValues.infoPackages),
  'info-package-list': list(knownValues.infoPackages),
  'integer-0-255': list(['70']),
  'media-range-list': contentTypes,
  'media-type': typesOfBody,
  'method-list': methods,
  'mime-version': list(['1.0']),
  'option-tag-list': optionTags,
  'privacy-list': list(knownValues.privacyValues),
  'reason-list': list(knownValues.reasonProtocols),
  'subscription-state': () =>
    ['active', 'pending', 'terminated'].map((value) => ({ value, meaning: subscriptionStateMeaning(value) })),
  'via-list': transports,
};

/** The same for single headers whose grammar says too little. */
const BY_HEADER: Readonly<Record<string, Reader>> = {
  'content-length': ({ message }) => (message ? [{ value: String(bodyLength(message)) }] : []),
  expires: list(['3600', '600', '0']),
  'min-se': list(['90']),
  priority: list(knownValues.priorityValues),
  'session-expires': list(['1800']),
};

/** The media types that the body may be of: what does not begin with markup is no XML, and only what begins with a boundary has parts. */
function typesOfBody(ask: SipAsk<WordCursor>): readonly Word[] {
  const { message } = ask;
  const all = contentTypes(ask);
  if (!message || !hasBody(message)) return all;
  const body = message.text.slice(message.body.from, message.body.to);
  const isXml = body.trimStart().startsWith('<');
  const boundary = /^--([^\s"]{1,70})[ \t]*[\r\n]/.exec(body)?.[1];
  return all
    .filter(({ value }) => (isXml || !/[+/]xml\b/.test(value)) && (boundary || !value.startsWith('multipart/')))
    .map((word) =>
      word.value.startsWith('multipart/') ? { ...word, value: `${word.value};boundary="${boundary}"` } : word,
    );
}

function callIds({ source, index }: SipAsk): Word[] {
  const known = neighboursOf(source, index).map((message) => headerValue(message, 'call-id') ?? '');
  return [...new Set(known)].filter(Boolean).map((value) => ({ value, kind: 'identifier' }));
}

/** The number and the method. A request names its own, a response that of its request (RFC 3261 §8.1.1.5, §8.2.6.2). */
function cseq({ source, index, message, cursor, text }: SipAsk<WordCursor>): Word[] {
  if (!message) return [];
  const neighbours = neighboursOf(source, index);
  const number = cursor.words[0] && /^\d+$/.test(slice(text, cursor.words[0])) ? slice(text, cursor.words[0]) : '';
  const likely =
    message.kind === 'request'
      ? `${nextNumber(message, neighbours)} ${message.method}`
      : soundValue(message, 'CSeq', neighbours);
  const first = number ? likely.replace(/^\d+/, number) : likely;
  if (message.kind === 'request') return [{ value: first, kind: 'method' }];
  const answered = knownMethods().filter((method) => method !== 'ACK'); // an ACK is never answered
  const others = answered.map((method) => `${number || '1'} ${method}`);
  return [...new Set([first, ...others])].map((value) => ({ value, kind: 'method' }));
}

/** One more than the last request of the same sender has; an ACK and a CANCEL have the number of their INVITE. */
function nextNumber(message: SipRequest, neighbours: readonly SipMessage[]): number {
  const tag = tagOf(message, 'from');
  const requests = neighbours.filter((one) => one.kind === 'request' && tagOf(one, 'from') === tag);
  const numbers = requests.map((one) => parseCSeq(one)?.number ?? 0).filter((one) => Number.isSafeInteger(one));
  const last = Math.max(0, ...numbers);
  return ['ACK', 'CANCEL'].includes(message.method) ? Math.max(1, last) : last + 1;
}

/** The protocol with its transport, and where nothing follows yet, the host and a branch. */
function transports({ source, index, message, cursor }: SipAsk<WordCursor>): Word[] {
  if (cursor.word > 0 || !message) return [];
  const sound = soundValue(message, 'Via', neighboursOf(source, index)).split(',', 1)[0]!;
  const rest = cursor.words.length > 1 || !/^SIP\/2\.0\/\w+ /i.test(sound) ? '' : sound.replace(/^\S+/, '');
  return knownValues.viaTransports.map((transport) => ({
    value: `SIP/2.0/${transport}`,
    insert: `SIP/2.0/${transport}${rest}`,
  }));
}
