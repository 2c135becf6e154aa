import { BLANK, TAB } from './characters.ts';
import { type Block, isEmptyLine, latin1, lineEnd } from './frame.ts';

// Lines that go on with the header before them begin with a blank (RFC 3261 §7.3.1). Mail, forums and books break long lines without it.

/** A line is broken behind a blank if the next word would have made it longer than this. */
const WIDTH = 60;
/** More of a line is not needed to tell what it is. */
const LOOK = 64;
const HEADER = /^[\w\-.!%*+`'~]+[ \t]*:/;
/** What begins like a header and is the rest of one: a URI, the host of a Via with its port. */
const URI = /^<?(?:sips?|tel|urn|https?|im|pres):/i;
const HOST = /^[\w-]+(?:\.[\w-]+)+:\d/;
/** What never goes on with a header: an empty line, one that is marked, another message, a body, the fence of Markdown. */
const OTHER = /^(?:[ \t]|$|SIP\/\d|[A-Z]{3,12} [a-z]+:|v=0|<[?!/]|```|~~~)/i;

/** Whether a line that ends with this code may be broken: a blank that the break followed, or what ends no header. */
export function endsOpen(code: number | undefined): boolean {
  return code === 32 || code === 9 || code === 44 || code === 59 || code === 61;
}

/** Whether the line goes on with the one before it although no blank begins it. Neither has its line end. */
function goesOn(before: string, line: string): boolean {
  if (OTHER.test(line)) return false;
  if (line.startsWith('<') ? !URI.test(line) : HEADER.test(line) && !URI.test(line) && !HOST.test(line)) return false;
  if (!/[ \t]$/.test(before)) return true;
  return before.length + /^\S*/.exec(line)![0].length > WIDTH;
}

/** Whether the line of a text from `next` goes on, without a blank, with the line that ends at `end`; the message ends at `to`. */
export function isBrokenOff(text: string, { end, next, to }: { end: number; next: number; to: number }): boolean {
  if (!endsOpen(text.charCodeAt(end - 1))) return false;
  const before = text.slice(Math.max(0, end - LOOK), end);
  return goesOn(before.slice(lastBreak(before) + 1), upToBreak(text.slice(next, Math.min(to, next + LOOK))));
}

/** The same on bytes. */
function isBrokenOffBytes(bytes: Uint8Array, end: number, at: number): boolean {
  const last = bytes[end - 1] === 13 ? end - 1 : end;
  if (!endsOpen(bytes[last - 1])) return false;
  const before = latin1(bytes, Math.max(0, last - LOOK), last);
  return goesOn(before.slice(lastBreak(before) + 1), upToBreak(latin1(bytes, at, Math.min(bytes.length, at + LOOK))));
}

function lastBreak(text: string): number {
  return Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
}

function upToBreak(text: string): string {
  return /^[^\r\n]*/.exec(text)![0];
}

/** ` From:`, `>From:`: mail puts something before that word at the beginning of a line (RFC 3676 §4.4). */
export function isStuffed(bytes: Uint8Array, at: number): boolean {
  return (
    (bytes[at] === 32 || bytes[at] === 62) &&
    bytes[at + 1] === 70 &&
    bytes[at + 2] === 114 &&
    bytes[at + 3] === 111 &&
    bytes[at + 4] === 109 &&
    bytes[at + 5] === 58
  );
}

/** The same in a text. */
export function isStuffedText(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 32 || code === 62) && text.startsWith('From:', at + 1);
}

/** The offset behind the lines that go on with the one ending at `end`: the end of the last of them. */
export function foldedEnd(source: Block, end: number, limit: number): number {
  const { bytes } = source;
  while (end + 1 < limit && (isFold(bytes, end + 1) || isBrokenOffBytes(bytes, end, end + 1))) {
    const next = lineEnd(source, end + 1, limit);
    if (isEmptyLine(bytes, end + 1, next)) break;
    end = next;
  }
  return end;
}

/** Whether it is worth while to ask where the lines end that go on with the one ending at `end`. */
export function mayGoOn(bytes: Uint8Array, end: number): boolean {
  const next = bytes[end + 1];
  return next === BLANK || next === TAB || endsOpen(bytes[bytes[end - 1] === 13 ? end - 2 : end - 1]);
}

function isFold(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] === BLANK || bytes[at] === TAB) && !isStuffed(bytes, at);
}
