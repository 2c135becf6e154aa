import { type Span, search } from '../base/text.ts';

// Most lines that are new are so by what somebody made up: a branch, a tag, a Call-ID, the number of an extension. Their form comes back.

/** Begins every branch since RFC 3261: nobody made it up. */
const COOKIE = 'z9hG4bK';
const COLON = 58;
const EQUALS = 61;

/** What a character is, as bits; a name follows a joint. */
const DIGIT = 1;
const HEX = 2;
const LETTER = 4;
const JOINT = 8;
const KIND = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(char: string): number {
  if (/\d/.test(char)) return DIGIT;
  if (/[a-f]/i.test(char)) return HEX;
  if (/[a-z]/i.test(char)) return LETTER;
  return ';,?&%'.includes(char) ? JOINT : 0;
}

/**
 * A line in which words of letters and digits that hold a digit are made alike behind its first colon: of a number its length is kept, of
 * another word also whether it begins with a letter, and whether it is a hexadecimal number. Names of parameters stay as they are, and so
 * do ports and the cookie of a branch.
 * @param line without line breaks and control characters
 */
export function formOf(text: string, line: Span): string {
  const { from, to } = line;
  let form = '';
  let kept = from;
  let isName = false;
  for (let at = search(text, COLON, from, to); at < to; at++) {
    const code = text.charCodeAt(at);
    const first = code < 128 ? KIND[code]! : 0;
    if (first === JOINT) isName = true;
    else if (code === EQUALS) isName = false;
    if (first === 0 || first === JOINT) continue;
    let kinds = first;
    let end = at + 1;
    for (let next = kindAt(text, end, to); next !== 0 && next !== JOINT; next = kindAt(text, ++end, to)) kinds |= next;
    const isPort = kinds === DIGIT && text.charCodeAt(at - 1) === COLON;
    if (kinds & DIGIT && !isName && !isPort) {
      const start = text.startsWith(COOKIE, at) ? at + COOKIE.length : at;
      form += text.slice(kept, start) + alike(first, kinds, end - start);
      kept = end;
    }
    at = end - 1;
  }
  return form + text.slice(kept, to);
}

function kindAt(text: string, at: number, to: number): number {
  const code = at < to ? text.charCodeAt(at) : 0;
  return code < 128 ? KIND[code]! : 0;
}

/** What stands for a word, and cannot stand in the line itself. */
function alike(first: number, kinds: number, length: number): string {
  const start = first === DIGIT ? '0' : 'a';
  return `\n${start}${kinds & LETTER ? 'z' : kinds & HEX ? 'f' : ''}${length}\n`;
}
