import { isBlank, type Span, slice } from '../base/text.ts';
import { AttributeNode } from './node.ts';
import {
  checkCharacter,
  complain,
  isNotable,
  isQuote,
  nameOf,
  quoted,
  readName,
  type Scanner,
  shown,
  skipBlanks,
} from './scanner.ts';
import type { SyntaxFault } from './tree.ts';

/** A start tag or empty-element tag as it is written. */
export interface Tag extends Span {
  readonly name: string;
  readonly nameAt: Span;
  readonly attributes: readonly AttributeNode[];
  readonly ends: 'open' | 'empty' | 'unfinished';
}

/** A tag while it is read: after a first fault in it, faults that may follow from it are not named. */
interface Reading {
  readonly scanner: Scanner;
  readonly attributes: AttributeNode[];
  faulty: boolean;
}

/** Reads a start tag; the scanner stands at its `<`, a name follows. */
export function readTag(scanner: Scanner): Tag {
  const from = scanner.at++;
  const nameAt = readName(scanner);
  const reading: Reading = { scanner, attributes: isTagEnd(scanner) ? NO_ATTRIBUTES : [], faulty: false };
  const ends = readAttributes(reading);
  if (ends === 'unfinished' && !reading.faulty) {
    complain(
      scanner,
      { from, to: nameAt.to },
      `The tag ${quoted(scanner.text.slice(from, nameAt.to))} has no \`>\`.`,
      'unfinished',
    );
  }
  nameTwice(reading);
  return { from, to: scanner.at, name: nameOf(scanner, nameAt), nameAt, attributes: reading.attributes, ends };
}

/** Most tags have no attributes and need no list of their own. */
const NO_ATTRIBUTES: AttributeNode[] = [];

function isTagEnd({ text, at, to }: Scanner): boolean {
  return at < to && text.charCodeAt(at) === 62;
}

function readAttributes(reading: Reading): Tag['ends'] {
  const { scanner } = reading;
  for (;;) {
    const apart = skipBlanks(scanner);
    const ends = readEnd(scanner);
    if (ends) return ends;
    const nameAt = readName(scanner);
    if (nameAt.from === nameAt.to) skipStray(reading);
    else {
      if (!apart)
        fault(reading, nameAt, `A blank is missing before ${quoted(slice(scanner.text, nameAt))}.`, 'no-blank');
      readAttribute(reading, nameAt);
    }
  }
}

function readEnd(scanner: Scanner): Tag['ends'] | null {
  if (scanner.at >= scanner.to) return 'unfinished';
  const code = scanner.text.charCodeAt(scanner.at);
  if (code === 60) return 'unfinished';
  if (code === 62) {
    scanner.at++;
    return 'open';
  }
  if (!isSlashEnd(scanner, scanner.at)) return null;
  scanner.at += 2;
  return 'empty';
}

/** Whether `/>` stands here. */
function isSlashEnd({ text, to }: Scanner, at: number): boolean {
  return at + 1 < to && text.charCodeAt(at) === 47 && text.charCodeAt(at + 1) === 62;
}

function skipStray(reading: Reading): void {
  const { scanner } = reading;
  const at = { from: scanner.at, to: scanner.at + 1 };
  fault(reading, at, `${shown(scanner.text, scanner.at)} is not expected in a tag.`);
  scanner.at++;
}

function fault(reading: Reading, at: Span, message: string, sort?: SyntaxFault): void {
  if (!reading.faulty) complain(reading.scanner, at, message, sort);
  reading.faulty = true;
}

function readAttribute(reading: Reading, nameAt: Span): void {
  const { scanner } = reading;
  const name = nameOf(scanner, nameAt);
  skipBlanks(scanner);
  let value: Span = { from: nameAt.to, to: nameAt.to };
  if (scanner.at < scanner.to && scanner.text.charCodeAt(scanner.at) === 61) {
    scanner.at++;
    skipBlanks(scanner);
    value = readValue(reading, name);
  } else {
    scanner.at = nameAt.to;
    fault(reading, nameAt, `The attribute ${quoted(name)} has no value.`, 'no-value');
  }
  reading.attributes.push(new AttributeNode(name, nameAt.from, scanner.at, value));
}

function readValue(reading: Reading, name: string): Span {
  const { scanner } = reading;
  const quote = scanner.text.charCodeAt(scanner.at);
  if (scanner.at >= scanner.to || !isQuote(quote)) return readUnquoted(reading, name);
  const from = scanner.at + 1;
  const end = valueEnd(scanner, from, quote);
  const value = { from, to: end.at };
  checkValue(scanner, value);
  if (!end.closed)
    fault(reading, { from: from - 1, to: value.to }, `The value of ${quoted(name)} has no closing quote.`, 'quote');
  scanner.at = end.closed ? value.to + 1 : value.to;
  return value;
}

function readUnquoted(reading: Reading, name: string): Span {
  const { scanner } = reading;
  const from = scanner.at;
  while (scanner.at < scanner.to && !endsUnquoted(scanner, scanner.at)) scanner.at++;
  const value = { from, to: scanner.at };
  if (value.to > from) fault(reading, value, `The value of ${quoted(name)} must stand in quotes.`, 'unquoted');
  else fault(reading, { from: from - 1, to: from }, `A value in quotes is expected for ${quoted(name)}.`, 'no-value');
  return value;
}

function endsUnquoted(scanner: Scanner, at: number): boolean {
  const code = scanner.text.charCodeAt(at);
  return isBlank(code) || code === 60 || code === 62 || isSlashEnd(scanner, at);
}

interface ValueEnd {
  readonly at: number;
  readonly closed: boolean;
}

/** Where a value ends. Its closing quote may be missing; then the next quote is the opening one of another value. */
function valueEnd(scanner: Scanner, from: number, quote: number): ValueEnd {
  const { text, to } = scanner;
  let at = from;
  let trusted = false;
  for (; at < to && text.charCodeAt(at) !== quote; at++) {
    if (text.charCodeAt(at) !== 60 || trusted) continue;
    if (!closesOnLine(scanner, at, quote)) return { at: openEnd(scanner, from, at), closed: false };
    trusted = true;
  }
  if (at >= to) return { at: openEnd(scanner, from, at), closed: false };
  const before = beforeNextName(scanner, from, at);
  return before === undefined ? { at, closed: true } : { at: before, closed: false };
}

/** Whether, from a `<` inside a value on, the next quote is on the same line and no `=` precedes it. */
function closesOnLine({ text, to }: Scanner, from: number, quote: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return false;
    if (code === quote) return text.charCodeAt(at - 1) !== 61;
  }
  return false;
}

/** Where an unclosed value ends: at the tag's `>` or `/>`, at the line's end, or at the limit. */
function openEnd(scanner: Scanner, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const code = scanner.text.charCodeAt(at);
    if (code === 62 || code === 10 || code === 13 || isSlashEnd(scanner, at)) return at;
  }
  return limit;
}

/** In `entity="sip:bob state="full"` the second quote belongs to `state`: the offset of the blank before it. */
function beforeNextName({ text, to }: Scanner, from: number, quoteAt: number): number | undefined {
  const after = quoteAt + 1 < to ? text.charCodeAt(quoteAt + 1) : 62;
  if (text.charCodeAt(quoteAt - 1) !== 61 || quoteAt - 1 < from) return undefined;
  if (isBlank(after) || after === 62 || after === 47) return undefined;
  let at = quoteAt - 2;
  while (at >= from && /[\w:.-]/.test(text[at]!)) at--;
  return at >= from && at < quoteAt - 2 && isBlank(text.charCodeAt(at)) ? at : undefined;
}

function checkValue(scanner: Scanner, value: Span): void {
  let at = value.from;
  while (at < value.to) {
    const code = scanner.text.charCodeAt(at);
    if (code === 60) complain(scanner, { from: at, to: at + 1 }, '`<` in a value must be written `&lt;`.', 'unescaped');
    at = isNotable(code) ? checkCharacter(scanner, at) : at + 1;
  }
}

function nameTwice({ scanner, attributes }: Reading): void {
  if (attributes.length < 2) return;
  const seen = attributes.length > 8 ? new Set<string>() : null;
  for (let at = 0; at < attributes.length; at++) {
    const { name, nameAt } = attributes[at]!;
    const twice = seen ? seen.has(name) : attributes.findIndex((one) => one.name === name) < at;
    if (twice) complain(scanner, nameAt, `The attribute ${quoted(name)} is given twice.`, 'twice');
    seen?.add(name);
  }
}
