// Tests of lines, on bytes, for the ends of records.

/** Whether the line spells a text, blanks and the rest of its line end around it aside. */
export function isLine(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  while (at < end && bytes[at]! <= 32) at++;
  while (end > at && bytes[end - 1]! <= 32) end--;
  return end - at === text.length && beginsWith(bytes, at, end, text);
}

/** Whether a text stands there. */
export function beginsWith(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Whether the line is a rule: nothing but one byte, at least `least` times, blanks around it aside. */
export function isRule(bytes: Uint8Array, at: number, end: number, byte: number, least: number): boolean {
  while (at < end && bytes[at] === 32) at++;
  let to = at;
  while (to < end && bytes[to] === byte) to++;
  if (to - at < least) return false;
  while (to < end && bytes[to]! <= 32) to++;
  return to === end;
}

/**
 * Whether the line begins with a pattern: `0` stands for a digit, `a` for a small and `A` for a capital letter, `~` for any number of
 * blanks, every other character for itself.
 */
export function looksLike(bytes: Uint8Array, at: number, end: number, pattern: string): boolean {
  for (let i = 0; i < pattern.length; i++) {
    const want = pattern.charCodeAt(i);
    if (want === 126) {
      while (at < end && bytes[at] === 32) at++;
      continue;
    }
    if (at >= end || !matches(bytes[at]!, want)) return false;
    at++;
  }
  return true;
}

function matches(byte: number, want: number): boolean {
  if (want === 48) return byte >= 48 && byte <= 57;
  if (want === 97) return byte >= 97 && byte <= 122;
  if (want === 65) return byte >= 65 && byte <= 90;
  return byte === want;
}
