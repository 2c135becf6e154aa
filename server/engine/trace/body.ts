import { isEmptyLine, isFence, isSip, isStartLine, latin1, lineEnd, skipBlanks, tokenEnd } from '../sip/frame.ts';
import { methodFacts } from '../sip/registry.ts';
import { isAnnouncement } from './announcement.ts';
import * as Flag from './flag.ts';
import type { HeadReader } from './head.ts';
import type { Stretch } from './stretch.ts';

/** A longer body is not waited for: its length is taken for wrong. */
const LONGEST = 16 * 1024 * 1024;

/**
 * Where the body that begins at `at` ends, or -1 where the stretch ends too early. Content-Length is believed only if a boundary
 * is there (RFC 3261 §18.3). Otherwise the body goes on as long as its lines look like what it is.
 */
export function endOfBody(stretch: Stretch, at: number, head: HeadReader): number {
  const { contentLength: length } = head;
  const plain = plainEnd(stretch, at, length);
  if (plain >= 0) {
    head.flags |= Flag.measured;
    return plain;
  }
  if (length >= 0 && length < LONGEST) {
    const end = stretch.units ? countOctets(stretch, at, length, 0) : wholeBreak(stretch, at, at + length);
    // Where each line end counts as one octet, the body may be twice as long.
    if (!stretch.last && at + 2 * length >= stretch.safe) return -1;
    const stop = measuredEnd(stretch, at, length, end);
    if (stop >= 0) {
      head.flags |= Flag.measured;
      return stop;
    }
  }
  return scanBody(stretch, at, head);
}

/** The end that Content-Length tells where nothing speaks against it: line ends are as sent, and an empty line or a capital follows. */
function plainEnd({ bytes, end, units }: Stretch, at: number, length: number): number {
  const stop = at + length;
  if (length < 0 || stop + 4 > end || (length > 0 && (units || bytes[at - 2] !== 13))) return -1;
  const isBroken = bytes[stop - 1] !== 10;
  if (isBroken && (bytes[stop] !== 13 || bytes[stop + 1] !== 10)) return -1;
  const next = isBroken ? stop + 2 : stop;
  const first = bytes[next]!;
  return (first === 13 && bytes[next + 1] === 10) || (first >= 65 && first <= 90) ? stop : -1;
}

/**
 * The end that Content-Length tells, or -1. Line ends change on the way into a file: where the head kept its CRs, the length may
 * count each line end of the body as one octet, where it lost them, as two; there that is the better guess.
 */
function measuredEnd(stretch: Stretch, at: number, length: number, end: number): number {
  const { bytes } = stretch;
  const rank = boundary(stretch, end, at);
  const keepsReturns = length === 0 || bytes[at - 1] !== 10 || bytes[at - 2] === 13;
  if (rank > 0 && keepsReturns) return end;
  const other = countOctets(stretch, at, length, keepsReturns ? 1 : 2);
  const otherRank = other === end ? rank : boundary(stretch, other, at);
  if (rank === 0 && otherRank === 0) return -1;
  return otherRank >= rank ? other : end;
}

/** The offset `length` octets behind `at`, with each line end counted as `perLine` octets (0: as it stands); -1 where none is. */
function countOctets(stretch: Stretch, at: number, length: number, perLine: 0 | 1 | 2): number {
  const { bytes, end, units } = stretch;
  let left = length;
  let i = at;
  for (; i < end && left > 0; i++) {
    const byte = bytes[i]!;
    if (byte === 10) left -= bytes[i - 1] === 13 ? (perLine === 1 ? 0 : 1) : perLine || 1;
    else left -= units && byte >= 0x80 ? (byte === 0x80 ? 2 : 3) : 1;
  }
  return left === 0 ? wholeBreak(stretch, at, i) : -1;
}

/** The offset, or the one behind it where it parts a CR from its LF. */
function wholeBreak({ bytes, end }: Stretch, bodyAt: number, at: number): number {
  return at > bodyAt && at < end && bytes[at] === 10 && bytes[at - 1] === 13 ? at + 1 : at;
}

/** Whether a body may end here: 2 before an empty line, a start line or the end, 1 before a line that is no body's, 0 elsewhere. */
function boundary(stretch: Stretch, at: number, bodyAt: number): number {
  const { bytes, end } = stretch;
  if (at < 0 || at >= end) return at === end ? 2 : 0;
  const isBreak = bytes[at] === 10 || bytes[at] === 13;
  if (at > bodyAt && bytes[at - 1] !== 10 && !isBreak) return isGluedStart(stretch, at) ? 2 : 0;
  const line = bytes[at - 1] === 10 ? at : lineEnd(stretch, at, end) + 1;
  if (line >= end) return 2;
  const lineStop = lineEnd(stretch, line, end);
  if (isEmptyLine(bytes, line, lineStop) || isStartLine(bytes, line, lineStop)) return 2;
  return looksLikeBody(bytes, skipBlanks(bytes, line, lineStop)) ? 0 : 1;
}

/** Whether a message begins here although the line has begun before: the rest of a method's name is no method. */
function isGluedStart(stretch: Stretch, at: number): boolean {
  const { bytes } = stretch;
  const stop = lineEnd(stretch, at, stretch.end);
  if (!isStartLine(bytes, at, stop)) return false;
  return isSip(bytes, at) || methodFacts(latin1(bytes, at, Math.min(tokenEnd(bytes, at, stop), at + 40))) !== undefined;
}

/** Lines that begin like XML, SDP or a multipart boundary. */
function looksLikeBody(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at]!;
  return (
    first === 60 || (bytes[at + 1] === 61 && first >= 97 && first <= 122) || (first === 45 && bytes[at + 1] === 45)
  );
}

type Shape = 'none' | 'xml' | 'sdp' | 'text' | 'told';

function shapeOf({ bytes, end }: Stretch, at: number, head: HeadReader): Shape {
  let first = at;
  while (first < end && bytes[first]! <= 32) first++;
  if (bytes[first] === 60) return bytes[first + 1] === 47 ? 'none' : 'xml';
  if (looksLikeBody(bytes, first) && bytes[first + 1] === 61) return 'sdp';
  if (head.hasSdp || (head.flags & Flag.xml) !== 0) return 'told';
  return head.hasType || head.contentLength > 0 ? 'text' : 'none';
}

/** Follows the body line by line. It ends behind its last line, without the line break. */
function scanBody(stretch: Stretch, bodyAt: number, head: HeadReader): number {
  const { bytes, end: limit } = stretch;
  const shape = shapeOf(stretch, bodyAt, head);
  let stop = bodyAt;
  let emptyBefore = false;
  for (let at = bodyAt; at < limit; ) {
    const end = lineEnd(stretch, at, limit);
    if (end >= limit && !stretch.last) return -1;
    if (isStartLine(bytes, at, end) && !(head.isSipfrag && at === bodyAt)) return stop;
    if (at > bodyAt && isFence(bytes, at, end)) return stop;
    if (isEmptyLine(bytes, at, end)) emptyBefore = true;
    else if (!belongs(bytes, at, end, shape, emptyBefore) || isAnnouncement(stretch, at, end)) return stop;
    else {
      stop = bytes[end - 1] === 13 ? end - 1 : end;
      emptyBefore = false;
    }
    at = end + 1;
  }
  return stretch.last ? stop : -1;
}

function belongs(bytes: Uint8Array, at: number, end: number, shape: Shape, emptyBefore: boolean): boolean {
  const first = bytes[skipBlanks(bytes, at, end)]!;
  if (shape === 'none') return false;
  if (shape === 'xml') return first === 60 || !emptyBefore;
  if (shape === 'sdp') return bytes[at + 1] === 61;
  if (shape === 'told') return !emptyBefore;
  return !(emptyBefore && (first === 35 || isCaption(bytes, at, end)));
}

/** A line that begins like the caption of the next step: `F4 200 OK Bob -> Alice`, `M4: …`, `Message 3`, or a comment. */
function isCaption(bytes: Uint8Array, at: number, end: number): boolean {
  return /^[ \t]*(?:[FM]\d+\b|Message \w+|\(\d+\)|\/\*|\/\/)/.test(latin1(bytes, at, Math.min(end, at + 40)));
}
