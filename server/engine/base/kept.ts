/** Shorter parts of a text are copies anyway. */
const SHORT = 13;
const MOST = 20_000;
const copies = new Map<string, string>();

/**
 * The same string, not as a part of the text that it was cut from: an engine keeps that text alive as long as one part of it lives. What comes
 * again is given as the same string.
 */
export function kept(text: string): string {
  if (text.length < SHORT) return text;
  const known = copies.get(text);
  if (known !== undefined) return known;
  const copy = ` ${text}`.slice(1);
  if (copies.size >= MOST) copies.clear();
  copies.set(copy, copy);
  return copy;
}
