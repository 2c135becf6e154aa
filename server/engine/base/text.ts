/** A half-open range of UTF-16 offsets into one text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** How a file is judged: hand-written, captured from devices, Microsoft's practice, copied from a page of documentation. */
export type Profile = 'strict' | 'trace' | 'ms' | 'doc';

/** Another place that explains a problem: `message` is the one-based number of the SIP message it lies in, or null. */
export interface Related extends Span {
  readonly message: number | null;
  readonly text: string;
}

/** Something to say about a place in a text. */
export interface Problem extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** One-based number of the SIP message it lies in; null outside of one. */
  readonly messageIndex: number | null;
  /** The rule's source, as `RFC 3261 §20.22`. */
  readonly spec?: string;
  readonly related?: readonly Related[];
}

/** What replaces a span of a text. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** The text with changes that do not overlap, in any order. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    parts.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  return parts.join('') + text.slice(at);
}

/** What makes a text of what a span covers: only what differs is replaced. Null where nothing does. */
export function smallestEdit(text: string, span: Span, wanted: string): TextEdit | null {
  let { from, to } = span;
  let head = 0;
  let end = wanted.length;
  for (; from < to && head < end && text.charCodeAt(from) === wanted.charCodeAt(head); head++) from++;
  for (; from < to && head < end && text.charCodeAt(to - 1) === wanted.charCodeAt(end - 1); end--) to--;
  return from < to || head < end ? { from, to, text: wanted.slice(head, end) } : null;
}

/** The text that a span covers. */
export function slice(text: string, span: Span): string {
  return text.slice(span.from, span.to);
}

/** Makes a span. */
export function span(from: number, to: number): Span {
  return { from, to };
}

/** The span without the blanks, tabs and line breaks at its ends. */
export function trimmed(text: string, from: number, to: number): Span {
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return { from, to };
}

/** Blank, tab, CR or LF: what separates words in a header that may be folded. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

/** Offset of a character (its code) at or after `from`, or `to`. Looks no further than `to`, unlike `indexOf`. */
export function search(text: string, code: number, from: number, to: number): number {
  while (from < to && text.charCodeAt(from) !== code) from++;
  return Math.min(from, to);
}

/** Offset of a word between `from` and `to`, or -1. Looks no further than `to`, unlike `indexOf`. */
export function searchWord(text: string, word: string, from: number, to: number): number {
  const first = word.charCodeAt(0);
  for (let at = from; at + word.length <= to; at++)
    if (text.charCodeAt(at) === first && text.startsWith(word, at)) return at;
  return -1;
}

/** Octets of the text between two offsets when it is sent as UTF-8; a lone surrogate counts as three. */
export function octets(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) count += 1;
    else if (code < 0x800) count += 2;
    else if (code >= 0xd800 && code < 0xdc00 && at + 1 < to && isLowSurrogate(text.charCodeAt(at + 1))) {
      count += 4;
      at++;
    } else count += 3;
  }
  return count;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/** Turns offsets of one text into zero-based lines and UTF-16 columns. CRLF, LF and CR end a line. */
export class LineMap {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
      if (code === 13 || code === 10) this.starts.push(at + 1);
    }
  }

  /** The position of an offset; one beyond the end is put on the last line. */
  position(offset: number): { line: number; character: number } {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low, character: offset - this.starts[low]! };
  }
}

/** Edits between two words, two letters that changed places counted as one; given up (as `limit + 1`) beyond the limit. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1, isSwap ? before[j - 2]! + 1 : Infinity));
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[b.length]!;
}

/** The one of `names` that is nearest to `word` within two edits (case ignored), for a "did you mean". */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = wanted.length > 4 ? 3 : 2;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), 2);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}
