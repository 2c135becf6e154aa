import { isEmptyLine, lineEnd } from '../sip/frame.ts';
import type { Peel } from './formats/format.ts';

/** Takes out the empty line behind each line: copies from pages and terminals double the line ends. */
export const spacedPeel: Peel = (block, from, to, into) => {
  let isSecond = false;
  for (let at = from; at < to; ) {
    const end = lineEnd(block, at, to);
    const next = Math.min(end + 1, to);
    const drop: boolean = isSecond && isEmptyLine(block.bytes, at, end);
    if (!drop) into.keep(at, next);
    isSecond = !drop;
    at = next;
  }
  return to;
};
