import type { Remembering } from '../base/memo.ts';
import { isBlank, type Span, search, slice, trimmed } from '../base/text.ts';
import { isBrokenOff, isStuffedText } from './fold.ts';
import { headerId } from './registry.ts';

/** One header field. All spans are offsets into the message's text; a folded value spans its line breaks. */
export interface HeaderField extends Span {
  /** Lower-case full name, compact forms expanded: `via`, `call-id`. */
  readonly id: string;
  /** The name as it is written. */
  readonly name: Span;
  /** The value without the blanks around it. */
  readonly value: Span;
}

interface MessageParts extends Span, Remembering {
  /** The text that all offsets of this message refer to; it may hold other messages too. */
  readonly text: string;
  readonly startLine: Span;
  readonly headers: readonly HeaderField[];
  /** Lines of the header section that are no header: they have no colon. */
  readonly stray: readonly Span[];
  readonly body: Span;
  /** Whether an empty line ends the header section, as RFC 3261 §7 asks. */
  readonly blankLine: boolean;
}

export interface SipRequest extends MessageParts {
  readonly kind: 'request';
  readonly method: string;
  readonly at: { readonly method: Span; readonly uri: Span; readonly version: Span };
}

export interface SipResponse extends MessageParts {
  readonly kind: 'response';
  readonly status: number;
  readonly at: { readonly status: Span; readonly reason: Span; readonly version: Span };
}

/** A message whose start line cannot be read. */
export interface SipUnknown extends MessageParts {
  readonly kind: 'unknown';
}

export type SipMessage = SipRequest | SipResponse | SipUnknown;

const VERSION = /^SIP\/\d+\.\d+$/i;
const METHOD = /^[^\s:<>"]+$/;
/** What begins a body although no empty line was seen: XML or SDP. */
const BODY_START = /^(?:<\?xml|<[A-Za-z][\w:.-]*[\s/>]|v=0[ \t]*$)/;

/**
 * Reads one SIP message (RFC 3261 §7) in place. Never fails: what cannot be read is left out or kept as `stray`.
 * @param from where the start line begins; empty lines before it are skipped (§7.5)
 * @param to where the message ends; everything after the header section is body
 */
export function parseMessage(text: string, from = 0, to = text.length): SipMessage {
  let at = from;
  while (at < to && (text.charCodeAt(at) === 13 || text.charCodeAt(at) === 10)) at++;
  const startLine = { from: at, to: lineEnd(text, at, to) };
  const section = readHeaders(text, nextLine(text, startLine.to, to), to);
  return messageOf({ text, from, to, startLine }, section, readStartLine(text, startLine));
}

/** A message of its parts. All have the same fields in the same order, whatever their kind: what is alike is read faster. */
export function messageOf(
  { text, from, to, startLine }: Pick<MessageParts, 'text' | 'from' | 'to' | 'startLine'>,
  { headers, stray, body, blankLine }: Section,
  start: StartLine,
): SipMessage {
  const method = start.kind === 'request' ? start.method : undefined;
  const status = start.kind === 'response' ? start.status : undefined;
  const at = start.kind === 'unknown' ? undefined : start.at;
  const { kind } = start;
  const remembered: unknown[] = [];
  const message = { kind, text, from, to, startLine, headers, stray, body, blankLine, remembered, method, status, at };
  return message as SipMessage;
}

type Section = Pick<MessageParts, 'headers' | 'stray' | 'body' | 'blankLine'>;

export type StartLine =
  | Pick<SipRequest, 'kind' | 'method' | 'at'>
  | Pick<SipResponse, 'kind' | 'status' | 'at'>
  | Pick<SipUnknown, 'kind'>;

/** The parts of a start line are its first, second and last word (RFC 3261 §7.1, §7.2); any number of blanks may part them. */
function readStartLine(text: string, line: Span): StartLine {
  const first = word(text, line.from, line.to);
  if (VERSION.test(slice(text, first))) return readStatusLine(text, line, first);
  const last = lastWord(text, line);
  const uri = trimmed(text, first.to, last.from);
  const isRequest = uri.from < uri.to && METHOD.test(slice(text, first)) && VERSION.test(slice(text, last));
  if (!isRequest) return { kind: 'unknown' };
  return { kind: 'request', method: slice(text, first), at: { method: first, uri, version: last } };
}

function readStatusLine(text: string, line: Span, version: Span): StartLine {
  const status = word(text, version.to, line.to);
  if (!/^\d+$/.test(slice(text, status))) return { kind: 'unknown' };
  const reason = trimmed(text, status.to, line.to);
  return { kind: 'response', status: Number(slice(text, status)), at: { status, reason, version } };
}

/** The first word at or after an offset. */
function word(text: string, at: number, to: number): Span {
  const from = skipBlanks(text, at, to);
  let end = from;
  while (end < to && !isBlank(text.charCodeAt(end))) end++;
  return { from, to: end };
}

function lastWord(text: string, line: Span): Span {
  const { to } = trimmed(text, line.from, line.to);
  let from = to;
  while (from > line.from && !isBlank(text.charCodeAt(from - 1))) from--;
  return { from, to };
}

function skipBlanks(text: string, at: number, to: number): number {
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function readHeaders(text: string, from: number, to: number): Section {
  const headers: HeaderField[] = [];
  const stray: Span[] = [];
  let at = from;
  while (at < to) {
    let end = lineEnd(text, at, to);
    if (trimmed(text, at, end).from === end)
      return { headers, stray, blankLine: true, body: { from: nextLine(text, end, to), to } };
    const first = text.charCodeAt(at);
    if ((first === 60 || first === 118) && BODY_START.test(text.slice(at, Math.min(end, at + 200)))) {
      return { headers, stray, blankLine: false, body: { from: at, to } };
    }
    let next = nextLine(text, end, to);
    while (next < to && (isFold(text, next, to) || isBrokenOff(text, { end, next, to }))) {
      end = lineEnd(text, next, to);
      next = nextLine(text, end, to);
    }
    const field = readField(text, at, end);
    if (field) headers.push(field);
    else stray.push({ from: at, to: end });
    at = next;
  }
  return { headers, stray, blankLine: false, body: { from: to, to } };
}

/** A line that continues the one before: it begins with a blank or tab and holds something (RFC 3261 §7.3.1). */
function isFold(text: string, at: number, to: number): boolean {
  let next = at;
  while (next < to && (text.charCodeAt(next) === 32 || text.charCodeAt(next) === 9)) next++;
  if (isStuffedText(text, at)) return false;
  return next > at && next < to && text.charCodeAt(next) !== 13 && text.charCodeAt(next) !== 10;
}

function readField(text: string, from: number, to: number): HeaderField | null {
  const colon = search(text, 58, from, to);
  if (colon === to) return null;
  const name = trimmed(text, isStuffedText(text, from) ? from + 1 : from, colon);
  if (name.from === name.to) return null;
  return { from, to, id: headerId(slice(text, name)), name, value: trimmed(text, colon + 1, to) };
}

/** Offset of the line break that ends the line at `from`, or `to`. */
function lineEnd(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return to;
}

function nextLine(text: string, end: number, to: number): number {
  if (end >= to) return to;
  return text.charCodeAt(end) === 13 && end + 1 < to && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

/** The first header of that id (lower-case full name). */
export function header(message: SipMessage, id: string): HeaderField | undefined {
  return message.headers.find((field) => field.id === id);
}

/** All rows of a header, in order. */
export function headers(message: SipMessage, id: string): HeaderField[] {
  return message.headers.filter((field) => field.id === id);
}

/** A header's value as one line: folding undone. Undefined where the header is absent. */
export function headerValue(message: SipMessage, id: string): string | undefined {
  const field = header(message, id);
  return field && unfold(slice(message.text, field.value));
}

/** Folding undone: each line break with the blanks around it becomes one blank (RFC 3261 §7.3.1). */
export function unfold(value: string): string {
  if (!value.includes('\n') && !value.includes('\r')) return value;
  return value
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join(' ');
}

/** The name of a header as it is written. */
export function headerName(message: SipMessage, field: HeaderField): string {
  return slice(message.text, field.name);
}

/** Whether the body holds anything but white space. */
export function hasBody(message: SipMessage): boolean {
  for (let at = message.body.from; at < message.body.to; at++) if (!isBlank(message.text.charCodeAt(at))) return true;
  return false;
}

/** The media type of the body in lower case without parameters, or '' (RFC 3261 §20.15). */
export function contentType(message: SipMessage): string {
  return (headerValue(message, 'content-type') ?? '').split(/[;\s]/, 1)[0]!.toLowerCase();
}
