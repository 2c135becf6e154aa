import type { TextEdit } from '../base/text.ts';
import { isBlank, type Span } from '../base/text.ts';
import { bodyLength } from './contentLength.ts';
import { type HeaderField, header, type SipMessage } from './message.ts';
import { headerFacts, headerId } from './registry.ts';
import { splitList } from './values.ts';

/** The usual order of headers; those not named here stand before the last three. */
const FIRST = ['via', 'record-route', 'route', 'max-forwards', 'from', 'to', 'call-id', 'cseq', 'contact'];
const LAST = ['content-disposition', 'content-encoding', 'content-type', 'content-length'];

/** What ends the lines of the message. */
export function lineBreakOf({ text, startLine, to }: SipMessage): string {
  const end = text.slice(startLine.to, Math.min(startLine.to + 2, to));
  return end === '\r\n' || end[0] === '\n' ? end.slice(0, end === '\r\n' ? 2 : 1) : end[0] === '\r' ? '\r' : '\n';
}

/** A new row at its usual place: behind the last header that comes before it in the usual order. */
export function insertHeader(message: SipMessage, name: string, value: string): TextEdit {
  const rank = rankOf(headerId(name));
  const before = message.headers.filter((field) => rankOf(field.id) <= rank).at(-1);
  const at = before?.to ?? message.startLine.to;
  return { from: at, to: at, text: `${lineBreakOf(message)}${name}: ${value}` };
}

/** The header with that value: the first row's value replaced, or a row inserted. */
export function setHeader(message: SipMessage, name: string, value: string): TextEdit {
  const field = header(message, headerId(name));
  return field ? { ...field.value, text: blankBefore(message, field) + value } : insertHeader(message, name, value);
}

/** The option or value added to a comma list, or a row inserted. */
export function addToList(message: SipMessage, name: string, value: string): TextEdit {
  const field = header(message, headerId(name));
  if (!field || field.value.from === field.value.to) return setHeader(message, name, value);
  return { from: field.value.to, to: field.value.to, text: `, ${value}` };
}

/** Content-Length as the body is now. */
export function setContentLength(message: SipMessage): TextEdit {
  return setHeader(message, 'Content-Length', String(bodyLength(message)));
}

/** The names of headers in full where they stand in their compact form (RFC 3261 §7.3.3). */
export function namesInFull({ headers }: SipMessage): TextEdit[] {
  return headers.flatMap(({ name, id }) => {
    const facts = name.to - name.from === 1 ? headerFacts(id) : undefined;
    return facts ? [{ ...name, text: facts.name }] : [];
  });
}

/** A row taken out, with the line breaks of a folded value. */
export function removeHeader(message: SipMessage, field: HeaderField): TextEdit {
  const { text } = message;
  let to = field.to;
  if (text.charCodeAt(to) === 13 && text.charCodeAt(to + 1) === 10) to += 2;
  else if (to < message.to) to++;
  return { from: field.from, to, text: '' };
}

/** A parameter taken out, with the semicolon before it. */
export function removeParam(text: string, param: Span): TextEdit {
  let from = param.from;
  while (from > 0 && isBlank(text.charCodeAt(from - 1))) from--;
  if (text[from - 1] === ';') from--;
  while (from > 0 && isBlank(text.charCodeAt(from - 1))) from--;
  return { from, to: param.to, text: '' };
}

/** One value taken out of a comma list, and the row with it where it is the only one. */
export function removeValue(message: SipMessage, value: Span): TextEdit | null {
  const field = fieldAt(message, value.from);
  if (!field) return null;
  const all = splitList(message.text, field.value);
  const at = all.findIndex((one) => one.from === value.from);
  if (at < 0 || all.length < 2) return removeHeader(message, field);
  if (at > 0) return { from: all[at - 1]!.to, to: all[at]!.to, text: '' };
  return { from: all[0]!.from, to: all[1]!.from, text: '' };
}

/** The header that an offset lies in; its end belongs to it. */
export function fieldAt({ headers }: SipMessage, offset: number): HeaderField | undefined {
  return headers.find(({ from, to }) => from <= offset && offset <= to);
}

/** A value with a blank before it where the colon has none. */
function blankBefore({ text }: SipMessage, { value }: HeaderField): string {
  return text[value.from - 1] === ':' ? ' ' : '';
}

function rankOf(id: string): number {
  const first = FIRST.indexOf(id);
  if (first >= 0) return first;
  const last = LAST.indexOf(id);
  return last >= 0 ? FIRST.length + 1 + last : FIRST.length;
}
