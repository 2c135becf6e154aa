import type { Envelope, Lines } from './format.ts';
import { timeOf } from './times.ts';

// What Cisco's phones and soft clients have in common: a message on the line that names its direction.

const ARROW = /sipio-(sent--->|recv<---) */;

/** Words that announce a message. */
export const marks = ['sipio-sent--->', 'sipio-recv<---'];

/** Reads the line behind whose arrow a message begins; null where it stands whole on that line with `^M` for line ends, which are undone first. */
export function announceArrow(lines: Lines, isOurs: (head: string) => boolean, thread?: RegExp): Envelope | null {
  const line = lines.text(0);
  const found = ARROW.exec(line);
  const head = found ? line.slice(0, found.index) : '';
  if (!found || !isOurs(head) || line.includes('^M ')) return null;
  return {
    direction: found[1] === 'recv<---' ? 'received' : 'sent',
    time: timeOf(head),
    thread: thread?.exec(head)?.[1],
    line: 0,
    column: found.index + found[0].length,
  };
}
