/** How many columns a text takes in a fixed-width font: wide characters of East Asia and emoji two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** The columns of one character. */
export function charWidth(char: string): number {
  const code = char.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(char)) return 0;
  return isWide(code) ? 2 : 1;
}

/** The blocks whose characters are wide (Unicode Standard Annex 11), by first and last character. */
const WIDE = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
] as const;

function isWide(code: number): boolean {
  return code >= 0x1100 && WIDE.some(([first, last]) => code >= first && code <= last);
}

/** The text if it fits into that many columns, otherwise its beginning and an ellipsis. */
export function fit(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const char of text) {
    width += charWidth(char);
    if (width > columns) break;
    kept += char;
  }
  return columns > 0 ? `${kept.trimEnd()}…` : '';
}

/** A short end of a text tells names apart that begin alike; less room than this is the beginning's. */
const ENDED = 6;
const END = 3;

/** The text if it fits into that many columns, otherwise its beginning, an ellipsis, and its last characters where there is room. */
export function fitName(text: string, columns: number): string {
  const end = Array.from(text).slice(-END).join('').trimStart();
  if (columns < ENDED || displayWidth(text) <= columns) return fit(text, columns);
  return fit(text, columns - displayWidth(end)) + end;
}

/** The text in lines of at most that many columns, broken at blanks; a longer word is cut. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (displayWidth(longer) <= columns) line = longer;
    else {
      if (line) lines.push(line);
      line = fit(word, columns);
    }
  }
  return line ? [...lines, line] : lines;
}
