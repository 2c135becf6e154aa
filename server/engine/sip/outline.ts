import { type Span, search } from '../base/text.ts';
import { hasBody, header, type SipMessage } from './message.ts';

/**
 * What messages of one kind have in common, as a text: method and scheme of the Request-URI, or the status; the names of the headers as
 * they are written, in their order; the transport of the top Via, the type of the body, and whether there is one. It is no more than a
 * key: equal texts mean that all of this is equal.
 */
export function outlineOf(message: SipMessage): string {
  const { text, headers } = message;
  let outline = `${startOf(message)}\n${transportOf(message)}\n${typeOf(message)}\n${bodyOf(message)}\n`;
  for (const field of headers) outline += text.slice(field.from, field.value.from);
  return outline;
}

function startOf(message: SipMessage): string {
  const { text, startLine } = message;
  if (message.kind === 'unknown') return '';
  if (message.kind === 'response') return text.slice(startLine.from, message.at.status.to);
  const { uri } = message.at;
  return `${message.method} ${text.slice(uri.from, shortEnd(text, uri, 58))}`;
}

/** The Via up to its host; all of it where blanks stand in unusual places. */
function transportOf(message: SipMessage): string {
  const field = header(message, 'via');
  if (!field) return '';
  const { text } = message;
  const start = text.slice(field.value.from, shortEnd(text, field.value, 32));
  return /^SIP\/2\.0\/\w+$/.test(start) ? start : text.slice(field.value.from, field.value.to);
}

/** Where a span has that character near its start, or its end. */
function shortEnd(text: string, whole: Span, code: number): number {
  const near = Math.min(whole.to, whole.from + 20);
  const at = search(text, code, whole.from, near);
  return at < near ? at : whole.to;
}

/** The value of Content-Type without its parameters. */
function typeOf(message: SipMessage): string {
  const field = header(message, 'content-type');
  return field ? message.text.slice(field.value.from, search(message.text, 59, field.value.from, field.value.to)) : '-';
}

function bodyOf(message: SipMessage): string {
  return `${hasBody(message) ? 'body' : ''}${message.blankLine ? '' : '…'}`;
}
