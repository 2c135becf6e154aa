import { block, headerColon, isEmptyLine, isStartLine, lineEnd, skipBlanks } from '../sip/frame.ts';
import { isFooter } from './pageBreaks.ts';
import { Stretch, stretchOf } from './stretch.ts';

/** Lines of a stretch without the blanks before them, and the way back. */
export interface Dedented {
  readonly view: Stretch;
  /** They end at the foot of a page of a document. */
  readonly isPageEnd: boolean;
  /** The offset in the stretch of an offset in the view. */
  toSource(offset: number): number;
}

/** Whether a start line and the header behind it stand indented by the same blanks, as documents print messages. */
export function isIndented(stretch: Stretch, at: number, end: number): boolean {
  const { bytes } = stretch;
  const width = skipBlanks(bytes, at, end) - at;
  const next = end + 1;
  if (width === 0 || next >= stretch.end || !isSameIndent(bytes, at, next, width)) return false;
  return headerColon(bytes, next + width, lineEnd(stretch, next, stretch.end)) > 0;
}

/** The lines from an indented start line on that are indented like it, up to the next such start line; null if more is needed. */
export function dedent(stretch: Stretch, at: number, end: number): Dedented | null {
  const { bytes } = stretch;
  const width = skipBlanks(bytes, at, end) - at;
  const froms: number[] = [];
  const tos: number[] = [];
  let isPageEnd = false;
  for (let line = at; line < stretch.end; ) {
    const stop = lineEnd(stretch, line, stretch.end);
    if (stop >= stretch.end && !stretch.last) return null;
    const isEmpty = isEmptyLine(bytes, line, stop);
    if (!isEmpty && !isSameIndent(bytes, at, line, width)) {
      isPageEnd = isFooter(bytes, line, stop);
      break;
    }
    if (line > at && isStartLine(bytes, line + width, stop) && isIndented(stretch, line, stop)) break;
    froms.push(isEmpty ? skipBlanks(bytes, line, stop) : line + width);
    tos.push(Math.min(stop + 1, stretch.end));
    line = stop + 1;
  }
  return { view: viewOf(stretch, froms, tos), isPageEnd, toSource: (offset) => mapBack(froms, tos, offset) };
}

function isSameIndent(bytes: Uint8Array, at: number, line: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (bytes[at + i] !== bytes[line + i]) return false;
  return true;
}

function viewOf(stretch: Stretch, froms: readonly number[], tos: readonly number[]): Stretch {
  if (stretch.units) return stretchOf(froms.map((from, line) => stretch.decode(from, tos[line]!)).join(''));
  const memory = block(froms.reduce((sum, from, line) => sum + tos[line]! - from, 0));
  let length = 0;
  for (const [line, from] of froms.entries()) {
    memory.bytes.set(stretch.bytes.subarray(from, tos[line]!), length);
    length += tos[line]! - from;
  }
  return new Stretch(memory, length, 0, null);
}

function mapBack(froms: readonly number[], tos: readonly number[], offset: number): number {
  let left = offset;
  for (const [line, from] of froms.entries()) {
    if (left <= tos[line]! - from) return from + left;
    left -= tos[line]! - from;
  }
  return tos[tos.length - 1]!;
}
