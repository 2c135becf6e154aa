import { type Span, search } from '../base/text.ts';

/**
 * Visits the characters that stand outside quoted strings, `<>` and comments. A quote or parenthesis that is never closed is an
 * ordinary character, so that one missing quote does not swallow the rest; an open `<` hides everything behind it.
 */
export function eachOutside(text: string, whole: Span, visit: (at: number, code: number) => void): void {
  let mayQuote = true;
  let mayComment = true;
  for (let at = whole.from; at < whole.to; at++) {
    const code = text.charCodeAt(at);
    let end = -1;
    if (code === 60) end = Math.min(whole.to, search(text, 62, at, whole.to) + 1);
    else if (code === 34 && mayQuote) mayQuote = (end = closingQuote(text, at, whole.to)) > 0;
    else if (code === 40 && mayComment) mayComment = (end = commentEnd(text, at, whole.to)) > 0;
    if (end > 0) at = end - 1;
    else visit(at, code);
  }
}

/** The offset behind the closing quote of the quoted string that begins at `at`, or `to` where it is never closed. */
export function quoteEnd(text: string, at: number, to: number): number {
  const end = closingQuote(text, at, to);
  return end < 0 ? to : end;
}

/** As `quoteEnd`, but -1 where the quoted string is never closed. */
export function closingQuote(text: string, at: number, to: number): number {
  for (let i = at + 1; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i + 1;
  }
  return -1;
}

/** The offset behind the comment that begins at `at`, or -1 where it is never closed; comments nest (RFC 3261 §25.1). */
function commentEnd(text: string, at: number, to: number): number {
  let depth = 0;
  for (let i = at; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 40) depth++;
    else if (code === 41 && --depth === 0) return i + 1;
  }
  return -1;
}
