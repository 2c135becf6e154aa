import { isBlank, type Span } from '../base/text.ts';
import { isCharacter, referenced } from './decode.ts';
import type { SyntaxFault, XmlProblem } from './tree.ts';

/** Enough to see what is wrong; a document with more is another kind of text. */
const MOST_PROBLEMS = 20;

/** Where the parser stands in a text. */
export interface Scanner {
  readonly text: string;
  readonly to: number;
  at: number;
  readonly problems: XmlProblem[];
  /** Names met before: one that comes again is not cut out of the text again. */
  readonly names: string[];
  /** Names that nothing is wrong with: they are not looked at again. */
  readonly sound: string[];
  /** Kinds of trouble that are named once only, because one cause may bring hundreds of them. */
  readonly said: Set<string>;
}

/** Notes a problem, up to a limit. */
export function complain(scanner: Scanner, at: Span, message: string, fault?: SyntaxFault): void {
  if (scanner.problems.length >= MOST_PROBLEMS) return;
  const kind = fault === 'doctype' ? 'doctype' : 'syntax';
  scanner.problems.push({ from: at.from, to: at.to, message, kind, ...(fault && { fault }) });
}

/** Notes a problem unless one with the same key is noted already. */
export function complainOnce(
  scanner: Scanner,
  { key, fault }: { key: string; fault: SyntaxFault },
  at: Span,
  message: string,
): void {
  if (scanner.said.has(key)) return;
  scanner.said.add(key);
  complain(scanner, at, message, fault);
}

/** Moves over white space; tells whether there was any. */
export function skipBlanks(scanner: Scanner): boolean {
  const from = scanner.at;
  while (scanner.at < scanner.to && isBlank(scanner.text.charCodeAt(scanner.at))) scanner.at++;
  return scanner.at > from;
}

/** Whether the text goes on with `word` here. */
export function sees(scanner: Scanner, word: string): boolean {
  return scanner.at + word.length <= scanner.to && scanner.text.startsWith(word, scanner.at);
}

/** The offset of `word` from here on, or -1. Never looks beyond the document's end, which lies inside a larger text. */
export function find(scanner: Scanner, word: string, from: number): number {
  const first = word.charCodeAt(0);
  for (let at = from; at + word.length <= scanner.to; at++) {
    if (scanner.text.charCodeAt(at) === first && scanner.text.startsWith(word, at)) return at;
  }
  return -1;
}

/** Reads what stands where a name must stand: up to white space or one of `<>/="'&`. Says so if it is no name. */
export function readName(scanner: Scanner): Span {
  const from = scanner.at;
  const { text, to } = scanner;
  let at = from;
  while (at < to && !endsName(text.charCodeAt(at))) at++;
  scanner.at = at;
  const name = { from, to: at };
  if (at > from && !isSound(scanner, name)) checkName(scanner, name);
  return name;
}

/** Whether the same name was read before, and nothing was wrong with it. */
function isSound({ text, sound }: Scanner, { from, to }: Span): boolean {
  const known = sound[placeOf(text, from, to)];
  return known !== undefined && known.length === to - from && text.startsWith(known, from);
}

/** The place of a name in a short table of names. */
function placeOf(text: string, from: number, to: number): number {
  return (text.charCodeAt(from) * 7 + text.charCodeAt(to - 1) * 3 + (to - from)) & 63;
}

/** The text of a name. Documents have few names, thousands of times each. */
export function nameOf({ text, names }: Scanner, { from, to }: Span): string {
  const place = placeOf(text, from, to);
  const known = names[place];
  if (known !== undefined && known.length === to - from && text.startsWith(known, from)) return known;
  const name = text.slice(from, to);
  names[place] = name;
  return name;
}

function endsName(code: number): boolean {
  if (code > 62) return false;
  return isBlank(code) || code === 60 || code === 62 || code === 47 || code === 61 || isQuote(code) || code === 38;
}

/** A single or double quote. */
export function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

function checkName(scanner: Scanner, name: Span): void {
  let colons = 0;
  for (let at = name.from; at < name.to; at++) {
    const code = scanner.text.charCodeAt(at);
    if (code === 58) colons++;
    if (at === name.from ? isNameStart(code) : isNameCharacter(code)) continue;
    const where = at === name.from ? 'begin with' : 'contain';
    complain(scanner, name, `A name cannot ${where} ${shown(scanner.text, at)}.`);
    return;
  }
  const edge = scanner.text.charCodeAt(name.from) === 58 || scanner.text.charCodeAt(name.to - 1) === 58;
  if (colons > 1 || (colons && edge)) {
    complain(scanner, name, 'A name has at most one colon, between a prefix and the name itself.');
  } else scanner.sound[placeOf(scanner.text, name.from, name.to)] = scanner.text.slice(name.from, name.to);
}

/** Whether a name may begin with this UTF-16 unit (XML 1.0 §2.3; halves of a pair are let through). */
export function isNameStart(code: number): boolean {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58;
  if (code < 0x370) return code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && code < 0x300;
  if (code < 0x2000) return code !== 0x37e;
  if (code < 0x3001) return code === 0x200c || code === 0x200d || isLetterlike(code);
  return code < 0xe000 || (code >= 0xf900 && code < 0xfdd0) || (code >= 0xfdf0 && code < 0xfffe);
}

function isLetterlike(code: number): boolean {
  return (code >= 0x2070 && code < 0x2190) || (code >= 0x2c00 && code < 0x2ff0);
}

function isNameCharacter(code: number): boolean {
  if (isNameStart(code) || (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 0xb7) return true;
  return (code >= 0x300 && code < 0x370) || code === 0x203f || code === 0x2040;
}

/**
 * Looks at one character of text or of an attribute value that needs a look: a reference, or what XML excludes.
 * @returns the offset after it
 */
export function checkCharacter(scanner: Scanner, at: number): number {
  const code = scanner.text.charCodeAt(at);
  if (code === 38) return checkReference(scanner, at);
  const whole = code >= 0xd800 && code < 0xe000 ? scanner.text.codePointAt(at)! : code;
  const next = at + (whole > 0xffff ? 2 : 1);
  if (!isCharacter(whole)) {
    complainOnce(
      scanner,
      { key: 'character', fault: 'character' },
      { from: at, to: next },
      `XML does not allow ${shown(scanner.text, at)}.`,
    );
  }
  return next;
}

/** Whether `checkCharacter` must look at this UTF-16 unit. */
export function isNotable(code: number): boolean {
  if (code < 39) return code === 38 || (code < 32 && code !== 10 && code !== 13 && code !== 9);
  return code >= 0xd800 && (code < 0xe000 || code > 0xfffd);
}

function checkReference(scanner: Scanner, from: number): number {
  let at = from + 1;
  while (at < scanner.to && at - from < 40 && isReferenceCharacter(scanner.text.charCodeAt(at))) at++;
  if (at === from + 1 || scanner.text.charCodeAt(at) !== 59 || at >= scanner.to) {
    complain(scanner, { from, to: from + 1 }, '`&` alone must be written `&amp;`.', 'unescaped');
    return from + 1;
  }
  const source = scanner.text.slice(from, at + 1);
  if (referenced(source) === undefined && !scanner.said.has('doctype')) {
    complain(scanner, { from, to: at + 1 }, unknownReference(source), 'reference');
  }
  return at + 1;
}

function isReferenceCharacter(code: number): boolean {
  return code === 35 || isNameCharacter(code);
}

function unknownReference(source: string): string {
  if (source.startsWith('&#')) return `\`${source}\` stands for no character that XML allows.`;
  return `\`${source}\` is not defined; XML knows \`&lt;\`, \`&gt;\`, \`&amp;\`, \`&apos;\` and \`&quot;\`.`;
}

/** A name in backquotes as it is put into a message; a very long one is shortened. */
export function quoted(name: string): string {
  return name.length > 60 ? `\`${name.slice(0, 50)}…\`` : `\`${name}\``;
}

/** The character at an offset as it is named in a message: in backquotes if it can be seen, else by its number. */
export function shown(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  if (code > 32 && code < 0x7f) return `\`${String.fromCodePoint(code)}\``;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code < 32 || (code >= 0x7f && code < 0xa0)) return `the control character ${number}`;
  return isCharacter(code) ? `\`${String.fromCodePoint(code)}\`` : `the character ${number}`;
}
