import { type Span, smallestEdit, trimmed } from '../base/text.ts';
import { isOurs } from '../document.ts';
import { xmlBodies } from '../flow/bodies.ts';
import { type HeaderField, headerName, type SipMessage } from '../sip/message.ts';
import { headerFacts } from '../sip/registry.ts';
import { layOut } from '../xml/layout.ts';
import { elementModel } from '../xml/model.ts';
import type { XmlDocument, XmlElement } from '../xml/xml.ts';
import { mendContentLength } from './contentLength.ts';
import { messagePlace, type Source, type TextEdit } from './source.ts';

/** How the editor wants texts. */
export interface Style {
  /** One level of indentation. */
  readonly unit: string;
  readonly insertFinalNewline?: boolean;
  readonly trimFinalNewlines?: boolean;
  readonly trimTrailingWhitespace?: boolean;
}

/** What is formatted how. */
interface Task {
  readonly text: string;
  readonly style: Style;
  /** Whole lines. */
  readonly within: Span;
  readonly lineEnd: string;
}

/**
 * The changes that format the lines of a part: XML documents of ours, alone or as bodies, are laid out (see `layOut`); headers of
 * messages get their long names in the registered case, one blank behind the colon and none at the end (RFC 3261 §7.3.1); the
 * Content-Length of a body that changes is put right with it. Other XML and messages that do not stand as they were sent are left alone.
 * A step of the generator is a message.
 */
export function* formatting(source: Source, style: Style, part: Span): Generator<undefined, TextEdit[]> {
  const { text, xml } = source;
  const task = { text, style, within: wholeLines(text, part), lineEnd: lineEndOf(text, 0) };
  if (source.kind === 'xml') return xml && isOurs(xml) ? formatDocument(task, xml) : [];
  const edits: TextEdit[][] = [];
  for (let index = 0; index < source.reading.trace.count; index++) {
    yield;
    if (!touches(source.reading.trace.span(index), task.within)) continue;
    const { message, editable } = messagePlace(source, index);
    if (editable) edits.push(formatMessage(task, message));
  }
  if (style.trimTrailingWhitespace) edits.push(trimProse(task, source));
  return mendContentLength(source, [...edits.flat(), ...finalNewline(task)]);
}

/** The part with the lines it lies on; a line at whose beginning it ends is not one of them. */
function wholeLines(text: string, part: Span): Span {
  let { from, to } = part;
  while (from > 0 && !isBreak(text, from - 1)) from--;
  if (to > from && isBreak(text, to - 1)) return { from, to: to - 1 };
  while (to < text.length && !isBreak(text, to)) to++;
  return { from, to };
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}

/** The first line end at or behind an offset; LF where there is none. */
function lineEndOf(text: string, from: number): string {
  let at = from;
  while (at < text.length && !isBreak(text, at)) at++;
  return text.startsWith('\r\n', at) ? '\r\n' : (text[at] ?? '\n');
}

function touches(one: Span, other: Span): boolean {
  return one.from <= other.to && other.from <= one.to;
}

function formatDocument(task: Task, document: XmlDocument): TextEdit[] {
  return [...layXml(task, document), ...trimEnds(task, document)];
}

function layXml({ style, lineEnd, within }: Task, document: XmlDocument): TextEdit[] {
  const trimLines = style.trimTrailingWhitespace ?? false;
  return layOut(document, { unit: style.unit, lineEnd, within, trimLines, isTextless });
}

/** Whether the schemas know an element, and that it holds no text. */
export function isTextless(element: XmlElement): boolean {
  return elementModel(element)?.text === null;
}

/** No white space before a document, and none but line ends behind it. */
function trimEnds(task: Task, { text, from, to }: XmlDocument): TextEdit[] {
  const start = text.charCodeAt(from) === 0xfeff ? from + 1 : from;
  const core = trimmed(text, start, to);
  const breaks = text.slice(core.to, to).match(/\r\n|\r|\n/g) ?? [];
  const kept = task.style.trimFinalNewlines ? breaks.slice(0, 1) : breaks;
  if (kept.length === 0 && task.style.insertFinalNewline) kept.push(task.lineEnd);
  return [...within(task, { from: start, to: core.from }, ''), ...within(task, { from: core.to, to }, kept.join(''))];
}

/** The edit that puts a text in the place of a span, if that lies on the lines that are formatted. */
function within(task: Task, at: Span, wanted: string): TextEdit[] {
  const edit = touches(at, task.within) ? smallestEdit(task.text, at, wanted) : null;
  return edit ? [edit] : [];
}

function formatMessage(task: Task, message: SipMessage): TextEdit[] {
  const { startLine } = message;
  const documents = xmlBodies(message).map(({ document }) => document);
  const inMessage = { ...task, lineEnd: lineEndOf(message.text, startLine.to) };
  return [
    ...within(task, { from: trimmed(task.text, startLine.from, startLine.to).to, to: startLine.to }, ''),
    ...message.headers.filter((field) => touches(field, task.within)).flatMap((field) => formatHeader(message, field)),
    ...documents.filter(isOurs).flatMap((document) => layXml(inMessage, document)),
  ];
}

/** A name that can be one; the lines of a broken message are left as they are. */
const TOKEN = /^[\w\-.!%*+`'~]+$/;

function formatHeader(message: SipMessage, field: HeaderField): TextEdit[] {
  const { text } = message;
  const name = headerName(message, field);
  if (!TOKEN.test(name)) return [];
  const isEmpty = field.value.from === field.value.to;
  return [
    smallestEdit(text, { from: field.from, to: field.name.to }, headerFacts(name)?.name ?? name),
    smallestEdit(text, { from: field.name.to, to: isEmpty ? field.to : field.value.from }, isEmpty ? ':' : ': '),
    ...trimLines(text, { from: field.value.from, to: field.to }),
  ].filter((edit) => edit !== null);
}

/** Takes away the blanks at the end of each line. */
function trimLines(text: string, { from, to }: Span): TextEdit[] {
  const edits: TextEdit[] = [];
  let filled = from;
  for (let at = from; at <= to; at++) {
    const code = text.charCodeAt(at);
    const isEnd = at === text.length || isBreak(text, at);
    if (isEnd && at > filled) edits.push({ from: filled, to: at, text: '' });
    if (isEnd || (code !== 32 && code !== 9)) filled = at + 1;
  }
  return edits;
}

/** What stands between messages. */
function trimProse({ text, within: part }: Task, { reading: { trace } }: Source): TextEdit[] {
  const gaps = Array.from({ length: trace.count }, (_, index) => trace.gap(index)).concat(trace.rest);
  return gaps
    .filter((gap) => touches(gap, part))
    .flatMap((gap) =>
      trimLines(text, {
        from: Math.max(gap.from, part.from),
        to: Math.min(gap.to, part.to),
      }),
    );
}

function finalNewline({ text, style, lineEnd, within: part }: Task): TextEdit[] {
  const isOpen = text.length > 0 && !isBreak(text, text.length - 1);
  if (!isOpen || !style.insertFinalNewline || part.to < text.length) return [];
  return [{ from: text.length, to: text.length, text: lineEnd }];
}
