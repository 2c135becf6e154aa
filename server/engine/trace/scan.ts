import { isEmptyLine, isStartLine, latin1, lineEnd } from '../sip/frame.ts';
import { marks, SIP } from './announcement.ts';
import type { TraceBuilder } from './builder.ts';
import * as Flag from './flag.ts';
import { breakBehind, quotedEnd, unescapeBy } from './formats/escapes.ts';
import { timeOf } from './formats/times.ts';
import { endRun, headerRun, newGap, timeInGap } from './gap.ts';
import { MessageReader, safeEnd, toldTime, UNTOLD } from './message.ts';
import { MORE, NONE } from './outcome.ts';
import { peeled } from './pieces.ts';
import { readMark, readUnmarked, type Scan } from './record.ts';
import {
  headerFollows,
  headersFollow,
  isBehindWords,
  isFlat,
  isPlainStart,
  isPrefixed,
  isStamp,
  isStep,
  startBehind,
} from './starts.ts';
import type { Stretch } from './stretch.ts';
import { hasCodes, withoutCodes } from './terminal.ts';

/** What stands before a message is looked at again with it, if it is no longer than this. */
const LONG_GAP = 64 * 1024;
/** Of a longer one so much is kept. */
const KEPT_GAP = 48 * 1024;
/** So many words on a line are looked at; so much before a start line on its line for a time. */
const MOST_WORDS = 40;
const LONGEST_STAMP = 200;
const QUOTE = 34;

/**
 * Finds the messages of a trace, one after another: the records of logs, and plain messages (also flattened ones), whatever stands
 * between them: blank lines, comments, prose, time stamps. What it reads of each goes to the builder.
 * @returns how far the stretch is done: what follows must be given again with more behind it
 */
export function scan(stretch: Stretch, into: TraceBuilder): number {
  const done = into.isColoured ? 0 : scanLines({ stretch, into, time: null }, 0);
  if (!into.isColoured) return done;
  const view = withoutCodes(stretch, done);
  const next = scanLines({ stretch: view, into, time: null }, 0);
  return next >= view.end ? stretch.end : view.outerStart(next);
}

/** What is scanned, and the last time that is known before it. */
interface Scanned {
  readonly stretch: Stretch;
  readonly into: TraceBuilder;
  readonly time: number | null;
}

/** Reads line by line. Ends early where the first codes of a terminal show: from there on they must be taken out. */
function scanLines({ stretch, into, time }: Scanned, from: number): number {
  const scan: Scan = { stretch, reader: new MessageReader(into), time, gap: newGap(), done: from, plain: from };
  let at = from;
  let end = -1;
  stretch.safe = safeEnd(stretch);
  while (at < stretch.end) {
    // Several messages may stand on one very long line: its end is looked for once.
    if (at > end) end = lineEnd(stretch, at, stretch.end);
    if (end >= stretch.safe) return scan.done;
    const next = isPlainStart(stretch, at, end) ? readPlain(scan, at, end) : readOther(scan, at, end);
    if (next === MORE) return scan.done;
    if (next !== NONE) {
      at = scan.done = next;
      if (scan.gap.first >= 0) scan.gap = newGap();
      continue;
    }
    at = end + 1;
    if (at - scan.done > LONG_GAP) shorten(scan, Math.min(at, stretch.end));
  }
  return stretch.end;
}

/** Gives up the first lines of a long gap, so that the last of them are still at hand for what is announced next. */
function shorten(scan: Scan, at: number): void {
  const { bytes } = scan.stretch;
  let line = at - KEPT_GAP;
  while (line > scan.done && bytes[line - 1] !== 10) line--;
  const isLong = line === scan.done;
  scan.done = isLong ? at : line;
  scan.gap = newGap();
  if (!isLong) scan.gap.first = line;
}

function readPlain(scan: Scan, at: number, end: number): number {
  const { stretch, reader, gap } = scan;
  if (gap.first >= 0 && reader.into.places.format > 0) {
    const next = readUnmarked(scan, at);
    if (next !== NONE) return next;
  }
  tell(scan, gap.first < 0 ? null : timeInGap(stretch, gap, at));
  return reader.lines(stretch, at, end, true);
}

/** Reads what begins with a line that is no usual start line; `NONE` where no message does. Most lines seen here are noise. */
function readOther(scan: Scan, at: number, end: number): number {
  const { stretch, reader, gap } = scan;
  if (end === at || isEmptyLine(stretch.bytes, at, end)) {
    gap.previous = -1;
    endRun(gap);
    return NONE;
  }
  if (!reader.into.isColoured && stretch.pieces === null) {
    const to = Math.min(end, at + LONG_GAP);
    if (hasCodes(stretch, Math.max(at, scan.plain), to)) {
      reader.into.isColoured = true;
      return MORE;
    }
    scan.plain = to;
  }
  if (gap.first < 0) gap.first = at;
  const word = marks.find(stretch.bytes, at, end);
  const next = word < 0 ? NONE : readMarked(scan, at, end, word);
  if (next !== NONE) return next;
  const block = headerRun(stretch, at, end, gap);
  if (block < 0) return NONE;
  tell(scan, timeInGap(stretch, gap, end));
  return reader.read(stretch, block, lineEnd(stretch, block, stretch.end), false);
}

/** The line holds a word of a log format, or `SIP/`. */
function readMarked(scan: Scan, at: number, end: number, first: number): number {
  const { bytes } = scan.stretch;
  let last = -1;
  for (let word = first, words = 0; word >= 0 && words < MOST_WORDS; word = marks.find(bytes, word + 1, end)) {
    for (const number of marks.found) {
      words++;
      if (number === last) continue;
      if (number !== SIP) last = number;
      const next = number === SIP ? readVersion(scan, at, end, word) : readMark(scan, at, end, number);
      if (next !== NONE) return next;
    }
  }
  return NONE;
}

/** `SIP/` stands on the line at `version`: a start line, a message on one line, or talk of one. */
function readVersion(scan: Scan, at: number, end: number, version: number): number {
  const { stretch } = scan;
  const { bytes } = stretch;
  const start = startBehind(bytes, at, version, end);
  if (isPrefixed(stretch, at, { start, end })) {
    tell(scan, timeBefore(scan, at, start));
    return scan.reader.prefixed(stretch, at, start);
  }
  const escaped = readEscaped(scan, at, end, version);
  if (escaped !== NONE) return escaped;
  const isStart = isStartLine(bytes, at, end) && !isBehindWords(bytes, at, start);
  if ((isStart && !isStep(bytes, at) && headerFollows(stretch, at, end)) || isFlat(stretch, at, end)) {
    tell(scan, timeInGap(stretch, scan.gap, at));
    return scan.reader.read(stretch, at, end, isStart);
  }
  if (isStamp(bytes, at, start) && headerFollows(stretch, start, end)) return readBehind(scan, at, start, end);
  return start > at && headersFollow(stretch, end) ? readBehind(scan, at, start, end) : NONE;
}

/** Only the first line of the message stands behind something else. */
function readBehind(scan: Scan, at: number, start: number, end: number): number {
  tell(scan, timeBefore(scan, at, start));
  return scan.reader.read(scan.stretch, start, end, true);
}

/** A message, or several, on one line with escaped line breaks; in a quoted text it ends with that. */
function readEscaped(scan: Scan, at: number, end: number, version: number): number {
  const { stretch, reader } = scan;
  const { bytes } = stretch;
  const stop = (stretch.flags & Flag.escaped) === 0 ? breakBehind(bytes, version, end) : -1;
  const start = stop < 0 ? -1 : startBehind(bytes, at, version, stop);
  if (start < 0) return NONE;
  const isQuoted = start > at && bytes[start - 1] === QUOTE;
  const to = isQuoted ? quotedEnd(bytes, start, end) : bytes[end - 1] === 13 ? end - 1 : end;
  const pieces = peeled(stretch, isQuoted ? start : at, to, unescapeBy(bytes, stop));
  const { into } = reader;
  const { count } = into.columns;
  reader.inView(stretch, pieces, Flag.escaped, (view) =>
    scanLines({ stretch: withoutCodes(view, 0), into, time: timeBefore(scan, at, start) }, 0),
  );
  return into.columns.count > count ? to : NONE;
}

/** The time that stands before a start line on its line, or on the lines before it. */
function timeBefore({ stretch, gap, time }: Scan, at: number, start: number): number | null {
  return (
    timeOf(latin1(stretch.bytes, Math.max(at, start - LONGEST_STAMP), start)) ?? timeInGap(stretch, gap, at) ?? time
  );
}

function tell({ reader, time }: Scan, found: number | null): void {
  const known = found ?? time;
  reader.told = known === null ? UNTOLD : toldTime(known);
}
