import { isBlank, type Span, search, slice, trimmed } from '../../base/text.ts';
import { holdsAddresses, holdsBrackets, holdsParams } from '../../sip/grammar.ts';
import type { HeaderField, SipMessage } from '../../sip/message.ts';
import { eachOutside } from '../../sip/outside.ts';
import { headerFacts } from '../../sip/registry.ts';

/** Where in a SIP message somebody writes. All spans lie in the message's text; `typed` is what an offer takes the place of. */
export type SipCursor = StartCursor | NameCursor | WordCursor | UriCursor | ParameterCursor;

/** In the start line, or where one may begin. */
export interface StartCursor {
  readonly kind: 'method' | 'version' | 'status';
  readonly typed: Span;
  /** Nothing else stands in the line. */
  readonly alone: boolean;
}

/** In the name of a header, or where one may stand. */
export interface NameCursor {
  readonly kind: 'name';
  readonly typed: Span;
  /** The header it is the name of; null where its colon is not written yet. */
  readonly field: HeaderField | null;
}

/** In the value of a header, before its parameters. */
export interface WordCursor {
  readonly kind: 'word';
  readonly typed: Span;
  readonly field: HeaderField;
  /** The words of this value, for those that have several: `1 INVITE`, `SIP/2.0/TCP host`. */
  readonly words: readonly Span[];
  /** The number of the word that the cursor is in, or of the one that would begin there. */
  readonly word: number;
  /** The other values of the comma list. */
  readonly others: readonly string[];
}

/** In a URI: the request's, or one in a header that takes URIs. */
export interface UriCursor {
  readonly kind: 'uri';
  readonly typed: Span;
  /** Null in the start line. */
  readonly field: HeaderField | null;
  /** It stands in `<>`, or needs none. */
  readonly bracketed: boolean;
}

/** In a parameter of a header or of a URI. */
export interface ParameterCursor {
  readonly kind: 'parameter';
  readonly typed: Span;
  /** Null in the start line. */
  readonly field: HeaderField | null;
  readonly inUri: boolean;
  /** The parameter whose value it is, in lower case; null in a name. */
  readonly name: string | null;
  /** A value follows already. */
  readonly hasValue: boolean;
  /** The names of the parameters beside it, in lower case. */
  readonly others: readonly string[];
  /** What stands before the parameters. */
  readonly value: Span;
}

/** What is written at an offset of a message's head; null in its body and where nothing can be offered. */
export function sipCursor(message: SipMessage, offset: number): SipCursor | null {
  const { text, startLine } = message;
  if (offset <= startLine.to) return offset < startLine.from ? null : startCursor(text, startLine, offset);
  const field = message.headers.find(({ from, to }) => from <= offset && offset <= to);
  if (!field) return lineCursor(message, offset);
  if (offset <= field.name.to) return { kind: 'name', typed: field.name, field };
  const colon = search(text, 58, field.name.to, field.to);
  return offset > colon ? valueCursor(text, field, { from: colon + 1, to: field.to }, offset) : null;
}

/** A line that is no header yet, or the empty one behind the headers where another one follows or nothing at all. */
function lineCursor(message: SipMessage, offset: number): NameCursor | null {
  const { text, stray, headers, startLine } = message;
  const line = stray.find(({ from, to }) => from <= offset && offset <= to);
  if (line) {
    const end = line.from + /^[^\s:]*/.exec(slice(text, line))![0].length;
    return offset <= end ? { kind: 'name', typed: { from: line.from, to: end }, field: null } : null;
  }
  const last = Math.max(headers.at(-1)?.to ?? startLine.to, stray.at(-1)?.to ?? 0);
  const isNext = /^(?:\r\n|\r|\n)$/.test(text.slice(last, offset));
  return isNext && /^(?:$|(?:\r\n|\r|\n)(?:[\r\n]|$))/.test(text.slice(offset, offset + 4))
    ? { kind: 'name', typed: { from: offset, to: offset }, field: null }
    : null;
}

/** What is written at an offset of a line that is, or may become, the start line of a message. */
export function startCursor(text: string, line: Span, offset: number): SipCursor | null {
  const words = wordsOf(text, line);
  const [first] = words;
  if (!first || offset <= first.to) {
    const typed = { from: Math.min(first?.from ?? offset, offset), to: first?.to ?? offset };
    return { kind: 'method', typed, alone: words.length < 2 };
  }
  if (/^SIP\//i.test(slice(text, first))) {
    const from = Math.min(offset, words[1]?.from ?? offset);
    return { kind: 'status', typed: { from, to: Math.max(offset, words.at(-1)!.to) }, alone: words.length < 2 };
  }
  const at = words.findIndex(({ from, to }) => from <= offset && offset <= to);
  const typed = words[at] ?? { from: offset, to: offset };
  const place = at < 0 ? words.filter(({ to }) => to < offset).length : at;
  if (place === 1) return uriCursor(text, typed, offset, null);
  return place === 2 ? { kind: 'version', typed, alone: at < 0 } : null;
}

function wordsOf(text: string, { from, to }: Span): Span[] {
  const words: Span[] = [];
  for (let at = from; at < to; ) {
    while (at < to && isBlank(text.charCodeAt(at))) at++;
    const start = at;
    while (at < to && !isBlank(text.charCodeAt(at))) at++;
    if (at > start) words.push({ from: start, to: at });
  }
  return words;
}

function valueCursor(text: string, field: HeaderField, whole: Span, offset: number): SipCursor | null {
  const facts = headerFacts(field.id);
  const isAuth = /^auth-/.test(facts?.grammar ?? '');
  if (isAuth) return authCursor(text, field, whole, offset);
  const parts = facts?.cardinality === 'list' ? cut(text, whole, 44) : [whole];
  const part = parts.find(({ from, to }) => from <= offset && offset <= to) ?? whole;
  const bracket = holdsBrackets(field) ? bracketAt(text, part, offset) : null;
  if (bracket) return uriCursor(text, bracket, offset, field);
  const pieces = holdsParams(field) ? cut(text, part, 59) : [part];
  const at = pieces.findIndex(({ from, to }) => from <= offset && offset <= to);
  if (at > 0) return parameterCursor(text, { pieces, at, offset, field, inUri: false });
  const typed = typedIn(text, pieces[0]!, offset, field.id === 'cseq');
  if (!typed) return null;
  if (holdsAddresses(field)) return { kind: 'uri', typed, field, bracketed: false };
  const others = parts.filter((one) => one !== part).map((one) => text.slice(one.from, one.to).trim());
  const words = wordsOf(text, pieces[0]!);
  return { kind: 'word', typed, field, words, word: words.filter(({ to }) => to < offset).length, others };
}

/** What stands in a piece, from the cursor on where it is before that; null where it is behind, unless the piece `goesOn`. */
function typedIn(text: string, piece: Span, offset: number, goesOn: boolean): Span | null {
  const { from, to } = trimmed(text, piece.from, piece.to);
  if (from === to) return { from: offset, to: offset };
  return offset <= to || goesOn ? { from: Math.min(from, offset), to: Math.max(to, offset) } : null;
}

/** The scheme, then parameters with commas between. */
function authCursor(text: string, field: HeaderField, whole: Span, offset: number): SipCursor | null {
  const [scheme] = wordsOf(text, whole);
  if (!scheme || offset <= scheme.to) {
    const typed = { from: Math.min(scheme?.from ?? offset, offset), to: scheme?.to ?? offset };
    return { kind: 'word', typed, field, words: scheme ? [scheme] : [], word: 0, others: [] };
  }
  const parameters = cut(text, { from: scheme.to, to: whole.to }, 44);
  const at = parameters.findIndex(({ from, to }) => from <= offset && offset <= to);
  return parameterCursor(text, { pieces: [scheme, ...parameters], at: at + 1, offset, field, inUri: false });
}

/** The pieces between separators that stand outside of quotes, brackets and comments. */
function cut(text: string, whole: Span, separator: number): Span[] {
  const pieces: Span[] = [];
  let from = whole.from;
  eachOutside(text, whole, (at, code) => {
    if (code !== separator) return;
    pieces.push({ from, to: at });
    from = at + 1;
  });
  return [...pieces, { from, to: whole.to }];
}

/** The inside of the `<>` that an offset lies in; the `>` may be missing. */
function bracketAt(text: string, part: Span, offset: number): Span | null {
  let open = -1;
  let quoted = false;
  for (let at = part.from; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (open < 0 && code === 34) quoted = !quoted;
    else if (quoted) at += code === 92 ? 1 : 0;
    else if (code === 60) open = at;
    else if (code === 62) open = -1;
  }
  if (open < 0) return null;
  const end = search(text, 62, open, part.to);
  return trimmed(text, open + 1, Math.max(end, offset));
}

function uriCursor(text: string, uri: Span, offset: number, field: HeaderField | null): SipCursor | null {
  const inside = { from: Math.min(uri.from, offset), to: Math.max(uri.to, offset) };
  const question = search(text, 63, inside.from, inside.to);
  if (offset > question) return null;
  const host = search(text, 64, inside.from, question);
  const from = search(text, 59, host < question ? host : inside.from, question);
  if (offset <= from) return { kind: 'uri', typed: inside, field, bracketed: true };
  const pieces = [{ from: inside.from, to: from }, ...cutAt(text, { from: from + 1, to: question }, 59)];
  const at = pieces.findIndex((one) => one.from <= offset && offset <= one.to);
  return parameterCursor(text, { pieces, at, offset, field, inUri: true });
}

/** The pieces between all separators: a URI has no quotes. */
function cutAt(text: string, whole: Span, separator: number): Span[] {
  const pieces: Span[] = [];
  let from = whole.from;
  for (let at = search(text, separator, from, whole.to); at < whole.to; at = search(text, separator, from, whole.to)) {
    pieces.push({ from, to: at });
    from = at + 1;
  }
  return [...pieces, { from, to: whole.to }];
}

interface Parameters {
  /** What stands before them, and then each. */
  readonly pieces: readonly Span[];
  readonly at: number;
  readonly offset: number;
  readonly field: HeaderField | null;
  readonly inUri: boolean;
}

function parameterCursor(text: string, { pieces, at, offset, field, inUri }: Parameters): ParameterCursor | null {
  const [value, piece] = [pieces[0], pieces[at]];
  if (!value || !piece) return null;
  const equals = search(text, 61, piece.from, piece.to);
  const isName = offset <= equals;
  const half = isName ? { from: piece.from, to: equals } : { from: equals + 1, to: piece.to };
  const typed = typedIn(text, half, offset, false);
  if (!typed) return null;
  const nameOf = (one: Span) =>
    text
      .slice(one.from, search(text, 61, one.from, one.to))
      .trim()
      .toLowerCase();
  const others = pieces
    .slice(1)
    .filter((one) => one !== piece)
    .map(nameOf);
  return {
    kind: 'parameter',
    typed,
    field,
    inUri,
    name: isName ? null : nameOf(piece),
    hasValue: isName && equals < piece.to,
    others,
    value: trimmed(text, value.from, value.to),
  };
}
