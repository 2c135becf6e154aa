import { isBlank, nearest, type Span } from '../base/text.ts';
import { enter, leave, newScope, resolveAttributes, resolveElement, type Scope } from './namespaces.ts';
import { ElementNode } from './node.ts';
import {
  complain,
  complainOnce,
  find,
  isNameStart,
  nameOf,
  quoted,
  readName,
  type Scanner,
  sees,
  skipBlanks,
} from './scanner.ts';
import { readTag, type Tag } from './tag.ts';
import { readDoctype, readText, skipOutside } from './text.ts';
import type { XmlDocument, XmlElement } from './tree.ts';

interface Parser extends Scanner {
  readonly from: number;
  /** The open elements, outermost first, and the prefixes that each declares. */
  readonly stack: ElementNode[];
  readonly prefixes: (readonly string[])[];
  /** How many elements of each name are open: an end tag is looked up without a search. */
  readonly open: Map<string, number>;
  /** Elements that ended without their end tag; the tag may still come, and is not named again then. */
  readonly owed: Map<string, number>;
  readonly scope: Scope;
  root: XmlElement | null;
  /** The document stops inside a tag or comment, which is why nothing is closed. */
  cut: boolean;
}

/**
 * Reads an XML document in place (XML 1.0, namespaces; no document type declaration). Never fails: the tree holds what
 * could be read, `problems` what is not well-formed. Time linear in `to - from`, whatever is nested or left open.
 */
export function parseXml(text: string, from = 0, to = text.length): XmlDocument {
  const start = Math.max(0, Math.min(from, text.length));
  const parser = newParser(text, start, Math.max(start, Math.min(to, text.length)));
  if (text.charCodeAt(start) === 0xfeff && start < parser.to) parser.at++;
  while (parser.at < parser.to) {
    if (text.charCodeAt(parser.at) === 60) readMarkup(parser);
    else readRun(parser);
  }
  finish(parser);
  const problems = parser.problems.sort((a, b) => a.from - b.from || a.to - b.to);
  return { text, from: start, to: parser.to, root: parser.root, problems, remembered: [] };
}

function newParser(text: string, from: number, to: number): Parser {
  const empty = {
    problems: [],
    names: [],
    sound: [],
    said: new Set<string>(),
    stack: [],
    prefixes: [],
    root: null,
    cut: false,
  };
  return { text, from, to, at: from, ...empty, open: new Map(), owed: new Map(), scope: newScope() };
}

function readMarkup(parser: Parser): void {
  const next = parser.at + 1 < parser.to ? parser.text.charCodeAt(parser.at + 1) : 0;
  if (isNameStart(next)) openElement(parser, readTag(parser));
  else if (next === 47) readEndTag(parser);
  else if (next === 33) readDeclaration(parser);
  else if (next === 63) readInstruction(parser);
  else readStray(parser);
}

function readRun(parser: Parser): void {
  const top = innermost(parser);
  if (!top) {
    skipOutside(parser, parser.root ? 'after' : 'before');
    return;
  }
  const from = parser.at;
  readText(parser);
  if (top.children.length === 0 || !isWhite(parser.text, from, parser.at)) top.addText(from, parser.at);
}

function innermost({ stack }: Parser): ElementNode | null {
  return stack.length > 0 ? stack[stack.length - 1]! : null;
}

function isWhite(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at === to;
}

function readStray(parser: Parser): void {
  const at = { from: parser.at, to: parser.at + 1 };
  parser.at++;
  const top = innermost(parser);
  const message = 'A name is expected after `<`; a `<` in text is written `&lt;`.';
  if (!top) {
    complainOnce(parser, { key: 'outside', fault: 'outside' }, at, message);
    return;
  }
  complain(parser, at, message, 'unescaped');
  top.addText(at.from, at.to);
}

function openElement(parser: Parser, tag: Tag): void {
  const prefixes = enter(parser.scope, parser, tag);
  const parent = innermost(parser);
  const namespace = resolveElement(parser.scope, parser, tag);
  const attributes = resolveAttributes(parser.scope, parser, tag);
  const element = new ElementNode(tag, namespace, parent, attributes, tag.ends === 'unfinished');
  if (parent) parent.add(element);
  else if (!parser.root) parser.root = element;
  else {
    const message = `A document has one root element: ${quoted(parser.root.name)} has ended before ${quoted(tag.name)}.`;
    complainOnce(parser, { key: 'outside', fault: 'outside' }, tag.nameAt, message);
  }
  if (tag.ends === 'empty') {
    leave(parser.scope, prefixes);
    return;
  }
  parser.cut ||= tag.ends === 'unfinished' && parser.at >= parser.to;
  parser.stack.push(element);
  parser.prefixes.push(prefixes);
  parser.open.set(tag.name, (parser.open.get(tag.name) ?? 0) + 1);
}

function readEndTag(parser: Parser): void {
  const from = parser.at;
  parser.at += 2;
  const nameAt = readName(parser);
  const finished = finishEndTag(parser, from, nameAt);
  closeBy(parser, { from, to: parser.at }, nameAt, finished);
}

/** Reads the `>` of an end tag. */
function finishEndTag(parser: Parser, from: number, nameAt: Span): boolean {
  skipBlanks(parser);
  if (parser.at < parser.to && parser.text.charCodeAt(parser.at) === 62) {
    parser.at++;
    if (nameAt.from === nameAt.to) complain(parser, { from, to: parser.at }, 'A name is expected after `</`.');
    return nameAt.to > nameAt.from;
  }
  parser.at = nameAt.to;
  complain(
    parser,
    { from, to: nameAt.to },
    `The end tag ${quoted(parser.text.slice(from, nameAt.to))} has no \`>\`.`,
    'unfinished',
  );
  return false;
}

function closeBy(parser: Parser, tag: Span, nameAt: Span, finished: boolean): void {
  const name = nameOf(parser, nameAt);
  const top = innermost(parser);
  if (parser.open.get(name)) closeNamed(parser, tag, name);
  else if (top && !finished) close(parser, tag);
  else if (!finished || pay(parser, name)) return;
  else if (top && resembles(name, top.name)) {
    const meant = quoted(`</${top.name}>`);
    complain(
      parser,
      nameAt,
      `${quoted(`</${name}>`)} does not close ${quoted(`<${top.name}>`)}; is ${meant} meant?`,
      'other-end',
    );
    close(parser, tag);
  } else {
    complain(
      parser,
      nameAt,
      `${quoted(`</${name}>`)} closes nothing: no element ${quoted(name)} is open here.`,
      'end-of-nothing',
    );
  }
}

function closeNamed(parser: Parser, tag: Span, name: string): void {
  for (let top = innermost(parser)!; top.name !== name; top = innermost(parser)!) {
    if (!top.unfinished)
      complain(
        parser,
        top.nameAt,
        `The element ${quoted(top.name)} is not closed before ${quoted(`</${name}>`)}.`,
        'unclosed',
      );
    parser.owed.set(top.name, (parser.owed.get(top.name) ?? 0) + 1);
    close(parser, null, tag.from);
  }
  close(parser, tag);
}

/** Whether the end tag belongs to an element that ended without it. */
function pay(parser: Parser, name: string): boolean {
  const owed = parser.owed.get(name) ?? 0;
  if (owed > 0) parser.owed.set(name, owed - 1);
  return owed > 0;
}

/** Whether an end tag's name is a slip for another: mistyped, half typed, without its prefix. */
function resembles(name: string, other: string): boolean {
  if (name.length > 60 || other.length > 60) return false;
  if (other.startsWith(name) || other.split(':').at(-1) === name.split(':').at(-1)) return true;
  return nearest(name, [other]) !== undefined;
}

function close(parser: Parser, tag: Span | null, to = parser.at): void {
  const element = parser.stack.pop()!;
  const prefixes = parser.prefixes.pop()!;
  element.close(tag, to);
  parser.open.set(element.name, parser.open.get(element.name)! - 1);
  leave(parser.scope, prefixes);
}

function readDeclaration(parser: Parser): void {
  if (sees(parser, '<!--')) skipComment(parser);
  else if (sees(parser, '<![CDATA[')) readCdata(parser);
  else if (!readDoctype(parser)) skipUnknown(parser);
}

function skipUnknown(parser: Parser): void {
  const from = parser.at;
  const end = find(parser, '>', from);
  parser.at = end < 0 ? parser.to : end + 1;
  const message = 'After `<!` a comment `<!-- … -->` or a section `<![CDATA[ … ]]>` is expected.';
  complain(parser, { from, to: Math.min(parser.at, from + 2) }, message);
  parser.cut ||= end < 0;
}

/** Moves to after `end`, or to the document's end if it is missing, and says that then. */
function skipTo(parser: Parser, start: string, end: string, what: string): Span {
  const from = parser.at + start.length;
  const to = find(parser, end, from);
  if (to >= 0) {
    parser.at = to + end.length;
    return { from, to };
  }
  complain(
    parser,
    { from: parser.at, to: from },
    `${what} is never closed: ${quoted(end)} is missing.`,
    'open-section',
  );
  parser.cut = true;
  parser.at = parser.to;
  return { from, to: parser.to };
}

function skipComment(parser: Parser): void {
  const inside = skipTo(parser, '<!--', '-->', 'The comment');
  const dashes = find(parser, '--', inside.from);
  if (dashes >= 0 && dashes < inside.to) {
    complain(parser, { from: dashes, to: dashes + 2 }, '`--` is not allowed inside a comment.', 'dashes');
  }
}

function readCdata(parser: Parser): void {
  const from = parser.at;
  const inside = skipTo(parser, '<![CDATA[', ']]>', 'The CDATA section');
  const top = innermost(parser);
  if (top) top.addRun({ kind: 'cdata', ...inside });
  else
    complainOnce(
      parser,
      { key: 'outside', fault: 'outside' },
      { from, to: from + 9 },
      'Text is not allowed outside the root element.',
    );
}

function readInstruction(parser: Parser): void {
  const from = parser.at;
  const inside = skipTo(parser, '<?', '?>', 'The processing instruction');
  const target = /^[^\s?]*/.exec(parser.text.slice(inside.from, Math.min(inside.to, inside.from + 10)))![0];
  if (target.toLowerCase() !== 'xml' || from === parser.from || parser.text.charCodeAt(from - 1) === 0xfeff) return;
  const at = { from, to: inside.from + 3 };
  complain(
    parser,
    at,
    'The XML declaration is only allowed at the very beginning, without anything before it.',
    'late-declaration',
  );
}

function finish(parser: Parser): void {
  const open = innermost(parser);
  if (open && !parser.cut && !open.unfinished) {
    const around = open.parent ? `, nor is ${quoted(open.parent.name)} around it` : '';
    complain(parser, open.nameAt, `The element ${quoted(open.name)} is never closed${around}.`, 'unclosed');
  }
  while (parser.stack.length > 0) close(parser, null);
  if (!parser.root && parser.problems.length === 0) {
    complain(parser, { from: parser.from, to: parser.from }, 'An XML document needs a root element.');
  }
}
