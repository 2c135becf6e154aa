import { type Span, slice } from '../base/text.ts';
import { holdsBrackets, paramsOf, valuesOf } from './grammar.ts';
import {
  causeMeaning,
  contentTypeMeaning,
  diagnosticMeaning,
  eventMeaning,
  headerMeaning,
  headerParamMeaning,
  methodMeaning,
  opaqueMeaning,
  optionTagMeaning,
  statusMeaning,
  subscriptionReasonMeaning,
  subscriptionStateMeaning,
  uriParamMeaning,
  warningMeaning,
} from './meanings.ts';
import type { HeaderField, SipMessage } from './message.ts';
import { methodOf, type Param, param, paramValue, parseCSeq, parseNameAddr, parseParams, parseUri } from './values.ts';

/** What a place in a message means. `markdown` holds no markup from the trace. */
export interface Explanation {
  readonly at: Span;
  readonly markdown: string;
}

/** What stands at an offset of a message, for a hover; null where nothing is known of it. */
export function explain(message: SipMessage, offset: number): Explanation | null {
  if (holds(message.startLine, offset)) return inStartLine(message, offset);
  const field = message.headers.find((row) => holds(row, offset));
  if (!field) return null;
  if (holds(field.name, offset)) return said(field.name, headerMeaning(field.id, methodOf(message), kindOf(message)));
  if (!holds(field.value, offset)) return null;
  return ofItsOwn(message, field, offset) ?? inParts(message, field, offset);
}

function inStartLine(message: SipMessage, offset: number): Explanation | null {
  if (message.kind === 'request') {
    if (holds(message.at.method, offset)) return said(message.at.method, methodMeaning(message.method));
    return holds(message.at.uri, offset) ? inUri(message.text, message.at.uri, offset) : null;
  }
  if (message.kind === 'unknown') return null;
  const code = { from: message.at.status.from, to: message.at.reason.to };
  return holds(code, offset) ? said(code, statusMeaning(message.status)) : null;
}

/** What the words of a value mean, by header. Each is given one value of the header: a part of its comma list. */
const READERS: Record<string, (message: SipMessage, value: Span, offset: number) => Explanation | null> = {
  cseq: inCseq,
  allow: (message, value) => said(value, methodMeaning(slice(message.text, value))),
  event: (message, value, offset) => firstWord(message, value, offset, eventMeaning),
  'allow-events': (message, value, offset) => firstWord(message, value, offset, eventMeaning),
  'content-type': (message, value, offset) => firstWord(message, value, offset, contentTypeMeaning),
  accept: (message, value, offset) => firstWord(message, value, offset, contentTypeMeaning),
  supported: optionTag,
  require: optionTag,
  'proxy-require': optionTag,
  unsupported: optionTag,
  'ms-diagnostics': diagnostic,
  'ms-diagnostics-public': diagnostic,
  'ms-client-diagnostics': diagnostic,
  reason: inReason,
  warning: inWarning,
  'subscription-state': inSubscriptionState,
};

function ofItsOwn(message: SipMessage, field: HeaderField, offset: number): Explanation | null {
  const read = Object.hasOwn(READERS, field.id) ? READERS[field.id] : undefined;
  const value = read && valuesOf(message, field).find((part) => holds(part, offset));
  return value ? read(message, value, offset) : null;
}

function inCseq(message: SipMessage, _value: Span, offset: number): Explanation | null {
  const at = parseCSeq(message)?.at.method;
  return at && holds(at, offset) ? said(at, methodMeaning(slice(message.text, at))) : null;
}

function optionTag(message: SipMessage, value: Span): Explanation | null {
  return said(value, optionTagMeaning(slice(message.text, value)));
}

function diagnostic(message: SipMessage, value: Span, offset: number): Explanation | null {
  const meaning = (id: string) => (/^\d{1,6}(?:\.\d+)?$/.test(id) ? diagnosticMeaning(Math.floor(Number(id))) : null);
  return firstWord(message, value, offset, meaning);
}

function inReason({ text }: SipMessage, value: Span, offset: number): Explanation | null {
  const [protocol, ...params] = parseParams(text, value.from, value.to);
  const cause = param(params, 'cause');
  const number = paramValue(text, params, 'cause') ?? '';
  if (!protocol || !cause || !holds(cause, offset) || !/^\d{1,5}$/.test(number)) return null;
  return said(cause, causeMeaning(protocol.name, Number(number)));
}

function inWarning({ text }: SipMessage, value: Span, offset: number): Explanation | null {
  const at = { from: value.from, to: value.from + 3 };
  return holds(at, offset) && /^\d{3}$/.test(slice(text, at))
    ? said(at, warningMeaning(Number(slice(text, at))))
    : null;
}

function inSubscriptionState(message: SipMessage, value: Span, offset: number): Explanation | null {
  const [, ...params] = parseParams(message.text, value.from, value.to);
  const reason = param(params, 'reason');
  if (reason && holds(reason, offset)) {
    const meaning = subscriptionReasonMeaning(paramValue(message.text, params, 'reason') ?? '');
    if (meaning) return said(reason, meaning);
  }
  return firstWord(message, value, offset, subscriptionStateMeaning);
}

/** The word before the first semicolon. */
function firstWord(
  { text }: SipMessage,
  value: Span,
  offset: number,
  meaning: (word: string) => string | null,
): Explanation | null {
  const word = parseParams(text, value.from, value.to)[0];
  return word && holds(word, offset) ? said(word, meaning(slice(text, word))) : null;
}

/** Parameters of the header and, where it holds addresses, of their URIs. */
function inParts(message: SipMessage, field: HeaderField, offset: number): Explanation | null {
  const { text } = message;
  const value = valuesOf(message, field).find((part) => holds(part, offset));
  if (!value) return null;
  if (!holdsBrackets(field)) return headerParam(text, field, paramsOf(text, value), offset);
  const address = parseNameAddr(text, value);
  if (holds(address.uri, offset)) return inUri(text, address.uri, offset);
  return headerParam(text, field, address.params, offset);
}

function headerParam(text: string, field: HeaderField, params: readonly Param[], offset: number): Explanation | null {
  const entry = params.find((part) => holds(part, offset));
  if (!entry) return null;
  // A registrar's Contact;gruu="sip:…" has a URI inside.
  const inside = entry.name === 'gruu' && entry.value ? inUri(text, unquoted(text, entry.value), offset) : null;
  return inside ?? said(entry, headerParamMeaning(field.id, entry.name));
}

function unquoted(text: string, value: Span): Span {
  const isQuoted = text.charCodeAt(value.from) === 34 && value.to - value.from >= 2;
  return isQuoted ? { from: value.from + 1, to: value.to - 1 } : value;
}

/** A parameter of a URI, or what the whole URI stands for where `opaque` tells. */
export function inUri(text: string, uri: Span, offset: number): Explanation | null {
  const { params } = parseUri(text, uri);
  const entry = params.find((part) => holds(part, offset));
  if (entry) return said(entry, uriParamMeaning(entry.name, entry.value ? slice(text, entry.value) : ''));
  const opaque = paramValue(text, params, 'opaque');
  return opaque && holds(uri, offset) ? said(uri, opaqueMeaning(opaque)) : null;
}

function kindOf(message: SipMessage): 'R' | number {
  return message.kind === 'response' ? message.status : 'R';
}

function said(at: Span, markdown: string | null): Explanation | null {
  return markdown ? { at: { from: at.from, to: at.to }, markdown } : null;
}

function holds(at: Span, offset: number): boolean {
  return offset >= at.from && offset < at.to;
}
