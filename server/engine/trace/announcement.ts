import type { Span } from '../base/text.ts';
import { Finder } from './finder.ts';
import { allFormats } from './formats/all.ts';
import { MORE } from './outcome.ts';
import { RecordLines } from './recordLines.ts';
import type { Stretch } from './stretch.ts';

// Which lines announce a message in a log.

const words = [...new Set(allFormats.flatMap((format) => format.marks.map((mark) => mark.toLowerCase())))];
/** The number of `SIP/` among the words looked for. */
export const SIP = words.length;
/** Finds the marks of all formats, and `SIP/`. */
export const marks = new Finder([...words, 'sip/']);
const logMarks = new Finder(words);
/** Finds the marks of one format. */
const ownMarks = allFormats.map((format) => new Finder(format.marks));
const numbers = words.map((word) =>
  [...allFormats.keys()].filter((number) => allFormats[number]!.marks.some((mark) => mark.toLowerCase() === word)),
);

/** The formats, by number, that have the word with that number for a mark. */
export function formatsOf(word: number): readonly number[] {
  return numbers[word]!;
}

/** Whether a line announces a record of any format. */
export function isAnnouncement(stretch: Stretch, at: number, end: number): boolean {
  const word = logMarks.find(stretch.bytes, at, end);
  if (word < 0) return false;
  return logMarks.found.flatMap(formatsOf).some((number) => isAnnounced(stretch, { from: at, to: end }, number));
}

/** Where the first line before `to` begins that announces another record; `to` where none does; `MORE` where that is open. */
export function announcedBefore(stretch: Stretch, from: number, to: number, number: number): number {
  const { bytes } = stretch;
  const finder = ownMarks[number]!;
  for (let mark = finder.find(bytes, from, to); mark >= 0; ) {
    let at = mark;
    while (at > from && bytes[at - 1] !== 10) at--;
    const end = stretch.lineEnd(mark);
    const lines = new RecordLines(stretch, from, { from: at, to: end });
    const envelope = allFormats[number]!.announce(lines);
    if (lines.isShort) return MORE;
    if (envelope) return at;
    mark = finder.find(bytes, end, to);
  }
  return to;
}

/**
 * Whether a line announces a record of a format.
 * @param least lines before this offset are not looked at
 */
export function isAnnounced(stretch: Stretch, line: Span, number: number, least = line.from): boolean {
  if (ownMarks[number]!.find(stretch.bytes, line.from, line.to) < 0) return false;
  return allFormats[number]!.announce(new RecordLines(stretch, least, line)) !== null;
}

/** The last line before `to` that announces a record of a format, or null. */
export function lastAnnounced(stretch: Stretch, to: number, number: number): { from: number; to: number } | null {
  for (let end = to; end >= 0; ) {
    let from = end;
    while (from > 0 && stretch.bytes[from - 1] !== 10) from--;
    if (isAnnounced(stretch, { from, to: end }, number, 0)) return { from, to: end };
    end = from - 1;
  }
  return null;
}
