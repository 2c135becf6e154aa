import { isEmptyLine, isFence, lineEnd, trimmedEnd } from '../sip/frame.ts';
import { announcedBefore } from './announcement.ts';
import { allFormats } from './formats/all.ts';
import { isNamed, number as numberAt, valueAt } from './headValues.ts';
import { MORE } from './outcome.ts';
import type { Stretch } from './stretch.ts';

/** Nothing shows where the record ends. */
export const OPEN = 2 ** 52;
/** A record without an end mark is followed no farther than this; one with an end mark, no farther than the other. */
const OPEN_RECORD = 64 * 1024;
const CLOSED_RECORD = 17 * 1024 * 1024;
/** A body may be so much shorter than Content-Length says and still be whole: line ends and blanks get lost. */
const LOST = 2;
/** Most records are no longer. */
const NEAREST = 4096;
/** An end mark stands no farther behind the body. */
const NEAR = 256;

/**
 * Where the record of a format ends whose text begins at `from`: before its end mark, or before what its log writes next; `OPEN`
 * where neither is near, `MORE` where the stretch ends too early. A line that looks like an end mark is none while the body
 * is shorter than its Content-Length and another end mark follows.
 */
export function recordEnd(stretch: Stretch, from: number, number: number): number {
  const end = stretch.lineEnd(from);
  const { closed, ends } = allFormats[number]!;
  const farthest = from + (closed ? CLOSED_RECORD : OPEN_RECORD);
  const limit = Math.min(stretch.last ? stretch.end : stretch.safe + 1, farthest);
  let stop = limit;
  if (ends && closed) stop = closedEnd(stretch, end + 1, reach(stretch, end + 1, limit, number), number);
  else if (ends) stop = firstEnd(stretch, end + 1, limit, number);
  if (stop === MORE) return MORE;
  const next = announcedBefore(stretch, end + 1, Math.min(stop, limit), number);
  if (next !== stop || stop < limit) return next;
  if (limit === farthest && !closed) return OPEN;
  return stretch.last || limit === farthest ? limit : MORE;
}

/** How far an end mark is looked for: to the next announcement, where none stands before it; a log without its end marks would be read to its end for each record. */
function reach(stretch: Stretch, from: number, limit: number, number: number): number {
  for (let size = NEAREST; from + size < limit; size *= 8) {
    const to = from + size;
    if (firstEnd(stretch, from, to, number) < to) return limit;
    const next = announcedBefore(stretch, from, to, number);
    if (next !== to) return next === MORE ? limit : next;
  }
  return limit;
}

function firstEnd(stretch: Stretch, from: number, limit: number, number: number): number {
  const { ends } = allFormats[number]!;
  for (let at = from; at < limit; ) {
    const end = lineEnd(stretch, at, limit);
    if (ends!(stretch.bytes, at, end) || isFence(stretch.bytes, at, end)) return at;
    at = end + 1;
  }
  return limit;
}

/** The first end mark behind which the body is as long as its Content-Length, or else the first of all; `MORE` where that is open. */
function closedEnd(stretch: Stretch, from: number, limit: number, number: number): number {
  const first = firstEnd(stretch, from, limit, number);
  const body = first < limit ? bodyOf(stretch, from, first) : null;
  if (!body) return first;
  const farthest = body.from + body.length + NEAR;
  for (let stop = first; stop < limit; ) {
    if (octets(stretch, body.from, stop) + LOST >= body.length) return stop;
    const from = lineEnd(stretch, stop, limit) + 1;
    stop = firstEnd(stretch, from, Math.min(limit, farthest), number);
    if (stop >= farthest || announcedBefore(stretch, from, stop, number) < stop) return first;
  }
  return stretch.last ? first : MORE;
}

/** Where the body begins before `to`, and its Content-Length; null where one of them is missing. */
function bodyOf(stretch: Stretch, from: number, to: number): { from: number; length: number } | null {
  const { bytes } = stretch;
  let length = -1;
  for (let at = from; at < to; ) {
    const end = lineEnd(stretch, at, to);
    if (isEmptyLine(bytes, at, end)) return length > 0 ? { from: end + 1, length } : null;
    if (isNamed(bytes, at, 'content-length') || isNamed(bytes, at, 'l'))
      length = numberAt(bytes, valueAt(bytes, at, end), trimmedEnd(bytes, at, end));
    at = end + 1;
  }
  return null;
}

/** Octets of a part when each line end is CRLF. */
function octets({ bytes }: Stretch, from: number, to: number): number {
  let count = to - from;
  for (let at = from; at < to; at++) if (bytes[at] === 10 && bytes[at - 1] !== 13) count++;
  return count;
}
