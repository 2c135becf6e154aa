const LONGEST = 60;

/** A piece of a trace for use in a message: between quotation marks, on one line, shortened where it is long. */
export function quote(piece: string): string {
  const line = plain(piece.slice(0, 4 * LONGEST).replace(/\s+/g, ' '));
  return `“${line.length > LONGEST || piece.length > 4 * LONGEST ? `${line.slice(0, LONGEST)}…` : line}”`;
}

/** A message as it is shown: on one line and of bearable length, whatever piece of a trace got into it. */
export function sentence(text: string): string {
  return clipped(plain(text), 8 * LONGEST);
}

/** A text of the trace as it may be shown on one line: without control characters and marks that turn the direction of writing. */
export function plain(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
}

/** At most so many characters, the last one an ellipsis where some were left out; surrogate pairs stay whole. */
export function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text
    .slice(0, longest - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
