import { type Span, slice } from '../base/text.ts';
import type { SipMessage } from './message.ts';

// Who shows a trace to others takes names and addresses out of it before.

/** `x.x.x.x`, `10.0.XX.XX`, `***.***.***.***`: an address with some of its numbers taken out. */
const MASKED = String.raw`(?<![\w.*#])(?:\d{1,3}|[xX*#_]{1,3})(?:\.(?:\d{1,3}|[xX*#_]{1,3})){3}(?![\w*#])`;
/** `<IP>`, `[removed]`, `[email protected]`, `{server_ip}`: words in brackets that no address stands in. */
const WORDS = String.raw`<[A-Za-z][\w\s-]{0,40}>|\[[A-Za-z][\w\u00a0 -]{0,40}\]|\{[A-Za-z_][\w ]{0,40}\}`;
const WITHHELD = new RegExp(`${WORDS}|${MASKED}`, 'g');

/** The first place in a part of a text where a word stands for a value that was taken out; null where there is none. */
export function withheldIn(text: string, part: Span): Span | null {
  for (const found of slice(text, part).matchAll(WITHHELD)) {
    const from = part.from + found.index;
    if (!/^[\d.]+$/.test(found[0])) return { from, to: from + found[0].length };
  }
  return null;
}

/** The same in the header around a place of a message, or in the line where there is none. */
export function withheldNear({ text, from, to, headers }: SipMessage, at: Span): Span | null {
  const field = headers.find((one) => one.from <= at.from && at.from < one.to);
  if (field) return withheldIn(text, field);
  let start = at.from;
  while (start > from && !isBreak(text[start - 1])) start--;
  let end = at.to;
  while (end < to && !isBreak(text[end])) end++;
  return withheldIn(text, { from: start, to: end });
}

function isBreak(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}
