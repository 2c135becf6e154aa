import { trimmed } from '../base/text.ts';
import { checkCharacter, complain, complainOnce, isNotable, isQuote, type Scanner } from './scanner.ts';

/** Moves over text that stands in no element, up to the next `<`: only white space is allowed there. */
export function skipOutside(scanner: Scanner, where: 'before' | 'after'): void {
  const from = scanner.at;
  skipText(scanner);
  const seen = trimmed(scanner.text, from, scanner.at);
  if (seen.to > seen.from)
    complainOnce(scanner, { key: 'outside', fault: 'outside' }, seen, `Text is not allowed ${where} the root element.`);
}

function skipText(scanner: Scanner): void {
  while (scanner.at < scanner.to && scanner.text.charCodeAt(scanner.at) !== 60) scanner.at++;
}

/** Moves over text in an element, up to the next `<`. */
export function readText(scanner: Scanner): void {
  const { text, to } = scanner;
  let at = scanner.at;
  for (let code = text.charCodeAt(at); at < to && code !== 60; code = text.charCodeAt(at)) {
    if (code === 62) checkGreater(scanner, at);
    at = isNotable(code) ? checkCharacter(scanner, at) : at + 1;
  }
  scanner.at = Math.min(at, to);
}

function checkGreater(scanner: Scanner, at: number): void {
  if (at - 2 < scanner.at || !scanner.text.startsWith(']]', at - 2)) return;
  complain(scanner, { from: at - 2, to: at + 1 }, '`]]>` in text must be written `]]&gt;`.', 'unescaped');
}

/** Reads a document type declaration, if there is one here, and refuses it; nothing in it is used. */
export function readDoctype(scanner: Scanner): boolean {
  const from = scanner.at;
  if (scanner.text.slice(from, Math.min(from + 9, scanner.to)).toUpperCase() !== '<!DOCTYPE') return false;
  // Only the first is looked through to its end: unclosed ones one after another would make that quadratic.
  const end = scanner.said.has('doctype') ? -1 : doctypeEnd(scanner, from + 9);
  scanner.at = from + 9;
  if (end >= 0) scanner.at = end;
  else skipText(scanner);
  if (!scanner.said.has('doctype')) {
    const message = 'A document type declaration is not allowed here; entities are not expanded.';
    complain(scanner, { from, to: from + 9 }, message, 'doctype');
  }
  scanner.said.add('doctype');
  return true;
}

/** The offset after the `>` that ends the declaration, past quotes, comments and the `[ … ]` of the internal subset. */
export function doctypeEnd({ text, to }: Pick<Scanner, 'text' | 'to'>, from: number): number {
  let depth = 0;
  for (let at = from; at >= 0 && at < to; at++) {
    const code = text.charCodeAt(at);
    if (isQuote(code)) at = indexWithin(text, text[at]!, at + 1, to);
    else if (text.startsWith('<!--', at)) at = indexWithin(text, '-->', at + 4, to) + 2;
    else if (code === 91 || code === 60) depth++;
    else if (code === 93) depth--;
    else if (code === 62 && depth-- <= 0) return at + 1;
  }
  return -1;
}

/** Like `indexOf`, but `to` where it is not found before `to`. */
function indexWithin(text: string, word: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf(word);
  return at < 0 ? to : from + at;
}
