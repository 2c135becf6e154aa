import { announceArrow, marks } from './cisco-sipio.ts';
import type { TraceFormat } from './format.ts';
import { peelIndent } from './indent.ts';
import { looksLike } from './lines.ts';

/** Cisco IP phones (7800 and 8800 series): console logs. */
export const ciscoPhone: TraceFormat = {
  id: 'cisco-phone',
  title: 'Cisco IP phones 78xx and 88xx: console logs',
  rank: 1,
  marks,
  announce: (lines) => announceArrow(lines, () => true),
  ends: isLogLine,
  peel: peelIndent,
};

/** `1773 DEB Nov 09 12:59:23.449563 …`, and the time alone. */
function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  let level = at;
  while (level < end && bytes[level]! >= 48 && bytes[level]! <= 57) level++;
  if (level > at && looksLike(bytes, level, end, ' AAA Aaa ~0')) return true;
  return looksLike(bytes, at, end, 'Aaa ~0');
}
