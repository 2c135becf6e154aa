import { lineEnd, skipBlanks } from '../../sip/frame.ts';
import type { Peel } from './format.ts';

/** Takes from each line behind the first the blanks that stand before the second: some logs put them before all that follows. */
export const peelIndent: Peel = (block, from, to, into) => {
  const { bytes } = block;
  const first = lineEnd(block, from, to) + 1;
  into.keep(from, Math.min(first, to));
  const width = first < to ? skipBlanks(bytes, first, to) - first : 0;
  for (let at = first; at < to; ) {
    const next = Math.min(lineEnd(block, at, to) + 1, to);
    into.keep(skipBlanks(bytes, at, Math.min(at + width, next)), next);
    at = next;
  }
  return to;
};
