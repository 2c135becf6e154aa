import type { Reflowed, Slice } from './reflow.ts';

const OPEN = ['<allOneLine>', '<all-one-line>'];
const CLOSE = ['</allOneLine>', '</all-one-line>'];

/**
 * Undoes what documents do to a message for print: its lines stand indented, all by the blanks before the first one; and what stands
 * between the marks of RFC 4475 §2.1 is one line that was broken.
 * @param offset where the text begins in the source
 */
export function restoreLines(text: string, offset: number): Reflowed {
  const slices: Slice[] = [];
  const kept: string[] = [];
  let length = 0;
  const keep = (from: number, to: number) => {
    if (to <= from) return;
    slices.push({ at: length, from: offset + from, length: to - from });
    kept.push(text.slice(from, to));
    length += to - from;
  };
  const width = skipBlanks(text, 0, text.length);
  const lastClose = Math.max(...CLOSE.map((mark) => text.lastIndexOf(mark)));
  let isJoined = false;
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    const next = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : Math.min(end + 1, text.length);
    const from = skipBlanks(text, at, isJoined ? end : Math.min(end, at + width));
    if (isMark(text, from, end, OPEN) && at < lastClose) isJoined = true;
    else if (isJoined && isMark(text, from, end, CLOSE)) {
      isJoined = false;
      keep(end, next);
    } else keep(from, isJoined ? end : next);
    at = next;
  }
  return { text: kept.join(''), slices };
}

function isMark(text: string, from: number, end: number, marks: readonly string[]): boolean {
  return end - from < 40 && marks.includes(text.slice(from, end).trimEnd());
}

function skipBlanks(text: string, at: number, to: number): number {
  while (at < to && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

function lineEnd(text: string, at: number): number {
  while (at < text.length && text[at] !== '\r' && text[at] !== '\n') at++;
  return at;
}
