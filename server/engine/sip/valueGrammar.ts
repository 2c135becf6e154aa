import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import { valuesOf } from './grammar.ts';
import { headers, type SipMessage, unfold } from './message.ts';
import { isPlaceholder } from './placeholder.ts';
import { headerFacts } from './registry.ts';
import { param, parseParams } from './values.ts';

/** What the value of a header must be: in words, with an example, and as a test on the value with its folds undone. */
interface ValueGrammar {
  readonly wanted: string;
  fits(value: string): boolean;
}

/** The largest delta-seconds, and the largest RSeq (RFC 3261 §20.19, RFC 3262 §7.1). */
export const MOST_SECONDS = 2 ** 32 - 1;
/** CSeq numbers are below this (RFC 3261 §8.1.1.5). */
export const CSEQ_LIMIT = 2 ** 31;

/** What delta-seconds must be, in words. */
export const SECONDS = `a number of seconds from 0 to ${MOST_SECONDS}`;

const TOKEN = /^[\w.!%*+`'~-]+$/;
/** An event package with its templates: tokens without dots, joined by dots (RFC 6665 §8.4). */
const EVENT_TYPE = /^[\w!%*+`'~-]+(?:\.[\w!%*+`'~-]+)*$/;
const WARNING = /^\d{3}[ \t]+[^",\s](?:[^",]*[^",\s])?[ \t]+"(?:[^"\\]|\\.)*"$/s;
const BARE_IPV6 = /^[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*$/i;
const HOST = /^(?:\[[0-9a-f:.]+(?:%[\w.~-]+)?\]|[\w.-]+)$/i;
const UUID = /^[0-9a-f]{32}$/;

/** The grammars that are the same for any message, by the name that the registry gives them. */
const GRAMMARS: Readonly<Record<string, ValueGrammar>> = {
  cseq: { wanted: 'a number and a method, as in “1 INVITE”', fits: isCSeq },
  'delta-seconds': { wanted: SECONDS, fits: isSeconds },
  event: {
    wanted: 'an event package and parameters, as in “presence;id=7”',
    fits: (value) => isEventType(first(value)),
  },
  'event-type-list': { wanted: 'a list of event packages, as in “presence, dialog”', fits: isEventType },
  'integer-0-255': { wanted: 'a number from 0 to 255', fits: (value) => isNumber(value, 0, 255) },
  'integer-1-2^32-1': {
    wanted: `a number from 1 to ${MOST_SECONDS}`,
    fits: (value) => isNumber(value, 1, MOST_SECONDS),
  },
  'mime-version': { wanted: '1.0', fits: (value) => /^1\.0(?:\s*\(.*\))?$/s.test(value) },
  rack: { wanted: 'an RSeq, a CSeq number and a method, as in “776656 1 INVITE”', fits: isRAck },
  'retry-after': { wanted: 'a number of seconds, as in “5 (busy);duration=3600”', fits: isRetryAfter },
  'session-id': { wanted: '32 lower-case hexadecimal digits, with “;remote=” and 32 more', fits: isSessionId },
  timestamp: {
    wanted: 'a number of seconds, and maybe the delay, as in “54.21 0.3”',
    fits: (value) => /^\d+(?:\.\d*)?(?:\s+\d*(?:\.\d*)?)?$/.test(value),
  },
  'warning-list': { wanted: 'three digits, a host and a text in quotes', fits: (value) => WARNING.test(value) },
};

/**
 * The values of a header that break its grammar, each with a sentence about it. Empty values (`header-empty-value`) and those that
 * only stand for one (`...`) break none; nor does a header whose grammar is not in the table.
 */
export function misfits(message: SipMessage, id: string): { at: Span; text: string }[] {
  const facts = headerFacts(id);
  const grammar = facts && Object.hasOwn(GRAMMARS, facts.grammar) ? GRAMMARS[facts.grammar] : undefined;
  if (!grammar) return [];
  return headers(message, id)
    .flatMap((field) => valuesOf(message, field))
    .map((at) => ({ at, value: unfold(slice(message.text, at)) }))
    .filter(({ value }) => !isPlaceholder(value) && !grammar.fits(value))
    .map(({ at, value }) => ({ at, text: `${facts?.name} must be ${grammar.wanted}, not ${quote(value)}.` }));
}

/** Whether it is a token (RFC 3261 §25.1). */
export function isToken(value: string): boolean {
  return TOKEN.test(value);
}

/** Whether it is digits alone, and the number in that range. */
export function isNumber(value: string, least: number, most: number): boolean {
  return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

/** Whether it is a port that can be used: 1 to 65535. */
export function isPort(value: string): boolean {
  return isNumber(value, 1, 65535);
}

/** Whether it is delta-seconds, which fit into 32 bits (RFC 3261 §20.19). */
export function isSeconds(value: string): boolean {
  return isNumber(value, 0, MOST_SECONDS);
}

/** Whether it is a qvalue: 0 to 1 with at most three decimals (RFC 3261 §25.1). */
export function isQValue(value: string): boolean {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(value);
}

/** Whether it is a host name, an IPv4 address or an IPv6 address in brackets; underscores and a zone are let pass. */
export function isHost(value: string): boolean {
  return HOST.test(value);
}

/** Whether it is an IPv6 address that lacks its brackets. */
export function isBareIPv6(value: string): boolean {
  return BARE_IPV6.test(value);
}

function isEventType(value: string): boolean {
  return EVENT_TYPE.test(value);
}

function isCSeq(value: string): boolean {
  const [number = '', method = '', ...more] = value.split(/\s+/);
  return !more.length && /^\d+$/.test(number) && isToken(method);
}

function isRAck(value: string): boolean {
  const [rseq = '', cseq = '', method = '', ...more] = value.split(/\s+/);
  const areNumbers = isNumber(rseq, 1, MOST_SECONDS) && isNumber(cseq, 0, CSEQ_LIMIT - 1);
  return !more.length && areNumbers && isToken(method);
}

function isRetryAfter(value: string): boolean {
  const params = parseParams(value, 0, value.length);
  const duration = param(params.slice(1), 'duration');
  const isTime = /^(\d+)\s*(?:\(.*\))?$/s.exec(first(value));
  return (
    isTime !== null &&
    isSeconds(isTime[1]!) &&
    (!duration || isSeconds(duration.value ? slice(value, duration.value) : ''))
  );
}

function isSessionId(value: string): boolean {
  const [own, ...params] = parseParams(value, 0, value.length);
  const remote = param(params, 'remote');
  return own !== undefined && UUID.test(slice(value, own)) && (!remote?.value || UUID.test(slice(value, remote.value)));
}

/** What stands before the first parameter. */
function first(value: string): string {
  const [head] = parseParams(value, 0, value.length);
  return head ? slice(value, head) : '';
}
