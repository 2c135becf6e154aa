import { nearest, type Span } from '../base/text.ts';
import type { FilterKey, Test } from './key.ts';
import { filterKeys } from './keys.ts';
import { readValue } from './value.ts';

/** One condition of a filter. */
export interface Term extends Span {
  readonly negated: boolean;
  readonly key: FilterKey;
  /** One of them must hold. */
  readonly tests: readonly Test[];
}

/** A filter: all its terms must hold. */
export interface Filter {
  readonly terms: readonly Term[];
}

/** What is wrong with a filter, in a sentence, at its place in the text. */
export interface FilterProblem extends Span {
  readonly message: string;
}

/** A word of the text: an optional `-`, an optional `key:`, a value. */
export interface Word extends Span {
  readonly negated: boolean;
  readonly key: Span | null;
  readonly value: Span;
}

/** What begins an address, not a condition. */
const SCHEMES = /^(?:sips?|tel|im|pres|mailto|urn|https?)$/i;

/**
 * Reads a filter: words parted by blanks that must all hold: `key:value`, `key:one,other`, `-` before what must not hold, text and
 * `"text with blanks"` that the message must contain, `/regular expression/`. Never fails: a word that cannot be understood is told and left out.
 */
export function parseFilter(text: string): { readonly filter: Filter; readonly problems: readonly FilterProblem[] } {
  const terms: Term[] = [];
  const problems: FilterProblem[] = [];
  for (const word of wordsOf(text)) {
    const read = readTerm(text, word);
    if ('message' in read) problems.push(read);
    else terms.push(read);
  }
  return { filter: { terms }, problems };
}

/** The words of a filter. A quotation mark or a slash that begins a value holds it together up to the next one. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const from = at;
    const negated = text[at] === '-' && at + 1 < text.length && !/\s/.test(text[at + 1]!);
    if (negated) at++;
    const name = /^[a-z][a-z-]*(?=:)/i.exec(text.slice(at, at + 40))?.[0];
    const key = name && !SCHEMES.test(name) ? { from: at, to: at + name.length } : null;
    if (key) at = key.to + 1;
    const value = { from: at, to: valueEnd(text, at) };
    at = value.to;
    words.push({ from, to: at, negated, key, value });
  }
  return words;
}

function valueEnd(text: string, from: number): number {
  let isStart = true;
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (/\s/.test(char)) return at;
    if (isStart && (char === '"' || char === '/')) at = closing(text, at);
    isStart = char === ',' || char === '=';
  }
  return text.length;
}

/** The place of the mark that closes the one at `from`, a backslash before it not counted; where there is none, the last place of the text. */
function closing(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from]) return at;
  }
  return text.length - 1;
}

function readTerm(text: string, { from, to, negated, key: name, value }: Word): Term | FilterProblem {
  const key = keyOf(name ? text.slice(name.from, name.to).toLowerCase() : 'text');
  if (typeof key === 'string') return { ...name!, message: key };
  const tests: Test[] = [];
  for (const part of key.isList === false ? [value] : partsOf(text, value)) {
    const read = readValue(text.slice(part.from, part.to));
    const test = typeof read === 'string' ? read : read.isEmpty ? missing(key) : key.read(read);
    if (typeof test === 'string')
      return { from: part.from, to: Math.max(part.to, Math.min(part.from + 1, text.length)), message: test };
    tests.push(test);
  }
  return { from, to, negated, key, tests };
}

function keyOf(name: string): FilterKey | string {
  const known = filterKeys.find((key) => key.name === name);
  if (known) return known;
  const names = filterKeys.map((key) => key.name);
  const like = nearest(name, names);
  const hint = like ? `; did you mean ${like}:?` : ': text to search for stands in quotation marks';
  return `there is no key “${name}”${hint}`;
}

function missing({ name, value }: FilterKey): string {
  return name === 'text' ? 'there is nothing to search for' : `${name}: needs a value: ${name}:${value}`;
}

/** The parts of a value between commas. */
function partsOf(text: string, { from, to }: Span): Span[] {
  const parts: Span[] = [];
  let start = from;
  for (let at = from; at < to; at++) {
    if (at === start && (text[at] === '"' || text[at] === '/')) at = Math.min(closing(text, at), to - 1);
    else if (text[at] === ',') {
      parts.push({ from: start, to: at });
      start = at + 1;
    }
  }
  parts.push({ from: start, to });
  return parts;
}
