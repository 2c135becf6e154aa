import { isStartLine, lineEnd } from '../sip/frame.ts';
import { formatsOf, isAnnounced } from './announcement.ts';
import { transportNumber } from './endpoints.ts';
import { Finder } from './finder.ts';
import * as Flag from './flag.ts';
import { allFormats } from './formats/all.ts';
import type { Envelope } from './formats/format.ts';
import { timeOf } from './formats/times.ts';
import { type Gap, timeInGap } from './gap.ts';
import { isNext, type MessageReader, nextText } from './message.ts';
import { MORE, NONE } from './outcome.ts';
import { peeled } from './pieces.ts';
import { OPEN, recordEnd } from './recordEnd.ts';
import { RecordLines } from './recordLines.ts';
import { isFlat, isKnownHeader, isPrefixed, startBehind } from './starts.ts';
import type { Stretch } from './stretch.ts';
import { hasCodes } from './terminal.ts';

/** What a scan of a stretch has come to. */
export interface Scan {
  readonly stretch: Stretch;
  readonly reader: MessageReader;
  /** The last time before the stretch, where it is a part of something that tells one. */
  readonly time: number | null;
  /** What stands between the last message and here. */
  gap: Gap;
  /** Behind the last message. */
  done: number;
  /** Before it, nothing is left that a terminal would understand. */
  plain: number;
}

/** So many lines of a message show whether a log colours messages. */
const COLOURED_LINES = 4;
/** So much of very long lines is looked at for what stands around a start line. */
const LONGEST_LOOK = 4096;

const versions = new Finder(['sip/']);

/** Reads the record that a line with a mark announces. Gives the offset behind its message, `MORE`, or `NONE` where it announces nothing. */
export function readMark(scan: Scan, at: number, end: number, word: number): number {
  for (const number of formatsOf(word)) {
    const lines = new RecordLines(scan.stretch, scan.done, { from: at, to: end });
    const envelope = allFormats[number]!.announce(lines);
    if (lines.isShort) return MORE;
    if (envelope) return readRecord(scan, envelope, lines, number);
  }
  return NONE;
}

/**
 * Reads the record that a line without a mark announces, right above a start line: the format that named the places of its log is
 * asked. `NONE` where there is none.
 */
export function readUnmarked(scan: Scan, at: number): number {
  const { stretch, gap, reader } = scan;
  const number = reader.into.places.format;
  let from = at - 1;
  while (from > gap.first && stretch.bytes[from - 1] !== 10) from--;
  const lines = new RecordLines(stretch, scan.done, { from, to: at - 1 });
  const envelope = allFormats[number]!.announce(lines);
  if (lines.isShort) return MORE;
  return envelope && !envelope.names ? readRecord(scan, envelope, lines, number) : NONE;
}

function readRecord(scan: Scan, envelope: Envelope, lines: RecordLines, number: number): number {
  const { stretch, reader } = scan;
  if (envelope.skipped !== undefined) {
    reader.into.skip(envelope.skip ?? '', stretch.sourceStart(lines.from), envelope.skipped);
    return lines.to;
  }
  if (envelope.names) {
    reader.into.places = { names: envelope.names, format: number };
    return lines.to;
  }
  const from = lines.place(envelope.line ?? 1, envelope.column ?? 0);
  const start = from === MORE ? MORE : nextText(stretch, from);
  if (start === MORE || (!stretch.last && stretch.lineEnd(start) >= stretch.safe)) return MORE;
  if (scan.stretch.pieces === null && !reader.into.isColoured && isColoured(scan, start)) {
    reader.into.isColoured = true;
    return MORE;
  }
  const isEmpty = start >= stretch.end || (start > lines.to && isOver(stretch, start, number));
  reader.told = {
    time: timeOfRecord(scan, envelope, lines),
    source: reader.into.place(envelope.source),
    destination: reader.into.place(envelope.destination),
    flags: flagsOf(envelope, number),
    isClosed: allFormats[number]!.closed === true,
    isIgnored: envelope.skip !== undefined,
    copies: envelope.copies ?? 1,
  };
  const isExact = envelope.column !== undefined;
  const next = isEmpty
    ? NONE
    : isExact
      ? readMessages(reader, stretch, start, number)
      : readText(reader, stretch, start, number);
  if (next === MORE || (next >= 0 && !reader.told.isIgnored)) return next;
  const why = envelope.skip ?? (isEmpty ? 'empty records: keep-alives' : 'records without a SIP message');
  reader.into.skip(why, stretch.sourceStart(lines.from));
  return Math.max(next, lines.to);
}

/** Whether what a terminal understands stands in the first lines of a text, where that was not looked at yet. */
function isColoured({ stretch, plain }: Scan, from: number): boolean {
  const to = Math.min(stretch.end, from + LONGEST_LOOK);
  for (let at = Math.max(from, plain), line = 0; at < to && line < COLOURED_LINES; line++) {
    const end = lineEnd(stretch, at, to);
    if (hasCodes(stretch, at, end)) return true;
    at = end + 1;
  }
  return false;
}

/** Whether the line ends the record, or announces the next one. */
function isOver(stretch: Stretch, at: number, number: number): boolean {
  const end = stretch.lineEnd(at);
  if (startOn(stretch.bytes, at, end) >= 0) return false;
  const ends = allFormats[number]!.ends?.(stretch.bytes, at, end) === true;
  return ends || isAnnounced(stretch, { from: at, to: end }, number);
}

function timeOfRecord({ stretch, gap, time }: Scan, envelope: Envelope, lines: RecordLines): number | null {
  if (envelope.time !== undefined) return envelope.time;
  return timeOf(lines.text(0)) ?? timeInGap(stretch, gap, lines.from) ?? time;
}

function flagsOf({ direction, transport }: Envelope, number: number): number {
  const way = direction === 'sent' ? Flag.sent : direction === 'received' ? Flag.received : 0;
  return way | (transportNumber(transport) << Flag.transportShift) | (number << Flag.formatShift);
}

/** The text that a log announced. Where its lines bear the prefix of the log, it is read without. */
function readText(reader: MessageReader, stretch: Stretch, from: number, number: number): number {
  const end = stretch.lineEnd(from);
  const start = allFormats[number]!.peel ? from : Math.max(from, startOn(stretch.bytes, from, end));
  let line = from;
  const least = Math.max(0, start - LONGEST_LOOK);
  while (line > least && stretch.bytes[line - 1] !== 10) line--;
  if (isPrefixed(stretch, line, { start, end }))
    return reader.prefixed(stretch, line, start, (view) => readMessages(reader, view, 0, number));
  return readMessages(reader, stretch, isStartLine(stretch.bytes, from, end) ? from : start, number);
}

/** Where on a line a start line begins, or -1. */
function startOn(bytes: Uint8Array, at: number, end: number): number {
  for (let version = versions.find(bytes, at, end), tries = 0; version >= 0 && tries < 8; tries++) {
    const start = startBehind(bytes, at, version, end);
    if (start >= 0) return start;
    version = versions.find(bytes, version + 1, end);
  }
  return -1;
}

/** Reads the messages of a record whose text begins at `from`; `NONE` where it holds none. */
function readMessages(reader: MessageReader, stretch: Stretch, from: number, number: number): number {
  const limit = recordEnd(stretch, from, number);
  if (limit === MORE) return MORE;
  const { peel, closed } = allFormats[number]!;
  if (!peel) {
    if (limit === OPEN) return reader.read(stretch, from, stretch.lineEnd(from), true);
    const next = within(stretch, limit, () => readAll(reader, stretch, from));
    return next >= 0 && closed ? limit : next;
  }
  const to = Math.min(limit, stretch.end);
  const pieces = peeled(stretch, from, to, peel);
  const next = reader.inView(stretch, pieces, 0, (view) => {
    view.safe = view.end + 1;
    return readAll(reader, view, 0);
  });
  if (next < 0 || closed) return next < 0 ? next : to;
  return Math.max(pieces.end(next), pieces.passed, pieces.ended < to ? pieces.ended : 0);
}

/** Does something as if the stretch ended at `limit` and nothing followed. */
function within(stretch: Stretch, limit: number, work: () => number): number {
  const { end, last, safe } = stretch;
  stretch.end = limit;
  stretch.last = true;
  stretch.safe = limit + 1;
  const result = work();
  stretch.end = end;
  stretch.last = last;
  stretch.safe = safe;
  return result;
}

/** One message, and those that follow it with nothing but empty lines between: a read of a stream may bring several. */
function readAll(reader: MessageReader, stretch: Stretch, from: number): number {
  let next = NONE;
  for (let at = from; at < stretch.end && (next === NONE || isNext(stretch, at)); at = nextText(stretch, next)) {
    const end = stretch.lineEnd(at);
    const isStart = isStartLine(stretch.bytes, at, end);
    if (!isStart && !isFlat(stretch, at, end) && !hasHeaders(stretch, at)) return next;
    next = reader.read(stretch, at, end, isStart);
  }
  return next;
}

/** Whether two of the lines from there on are headers that SIP knows: a message whose start line is damaged or missing. */
function hasHeaders(stretch: Stretch, from: number): boolean {
  let count = 0;
  for (let at = from, line = 0; at < stretch.end && line < 6; line++) {
    const end = stretch.lineEnd(at);
    if (isKnownHeader(stretch.bytes, at, end)) count++;
    at = end + 1;
  }
  return count >= 2;
}
