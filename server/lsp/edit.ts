import type { Edit } from '../engine/engine.ts';

/** Pieces compared at once: comparing strings is much faster than comparing their characters. */
const PIECE = 4096;

/** What makes `after` out of `before`: the stretch between their equal beginnings and ends, or null where they are equal. */
export function editBetween(before: string, after: string): Edit | null {
  const from = equalStart(before, after);
  if (from === before.length && from === after.length) return null;
  const end = equalEnd(before, after, Math.min(before.length, after.length) - from);
  return { from, oldTo: before.length - end, newTo: after.length - end };
}

function equalStart(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let at = 0;
  while (at + PIECE <= limit && a.slice(at, at + PIECE) === b.slice(at, at + PIECE)) at += PIECE;
  while (at < limit && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function equalEnd(a: string, b: string, limit: number): number {
  let count = 0;
  const piece = (text: string) => text.slice(text.length - count - PIECE, text.length - count);
  while (count + PIECE <= limit && piece(a) === piece(b)) count += PIECE;
  while (count < limit && a.charCodeAt(a.length - count - 1) === b.charCodeAt(b.length - count - 1)) count++;
  return count;
}
