import { headerColon, isEmptyLine, latin1, tokenEnd } from '../sip/frame.ts';
import { headerFacts } from '../sip/registry.ts';
import { timeOf } from './formats/times.ts';
import type { Stretch } from './stretch.ts';

/** A line with more characters is prose, whatever times it names. */
const LONGEST_MARK = 200;

/** What was seen before the message that is about to begin. */
export interface Gap {
  /** Where the first line begins that is not empty, or -1. */
  first: number;
  /** Where the present run of lines that look like headers begins, with the line before it; -1 if there is none. */
  block: number;
  known: number;
  sure: boolean;
  previous: number;
}

/** Nothing seen yet. */
export function newGap(): Gap {
  return { first: -1, block: -1, known: 0, sure: false, previous: -1 };
}

/**
 * A message whose start line cannot be read is known by its headers: two known ones in a run, one of them Via, Call-ID or CSeq.
 * It begins with the line before the run, if one stands right before it.
 */
export function headerRun({ bytes }: Stretch, at: number, end: number, gap: Gap): number {
  const colon = headerColon(bytes, at, end);
  const name = colon > 0 ? latin1(bytes, at, Math.min(tokenEnd(bytes, at, end), at + 40)) : '';
  const facts = name.length > 1 ? headerFacts(name) : undefined;
  if (!facts) {
    const goesOn =
      gap.previous >= 0 && (bytes[at] === 32 || bytes[at] === 9) && isRequestStart(bytes, gap.previous, at);
    if (!goesOn) gap.previous = at;
    endRun(gap);
    return -1;
  }
  if (gap.block < 0) gap.block = gap.previous >= 0 ? gap.previous : at;
  gap.known++;
  gap.sure ||= /^(?:via|call-id|cseq)$/i.test(name);
  return gap.known >= 2 && gap.sure ? gap.block : -1;
}

/** No header: the run is over. */
export function endRun(gap: Gap): void {
  gap.block = -1;
  gap.known = 0;
  gap.sure = false;
}

/** A request line that was broken into several: it begins with a method in capitals and a URI. */
function isRequestStart(bytes: Uint8Array, at: number, end: number): boolean {
  return /^[A-Z]{3,12} [A-Za-z]+:\S/.test(latin1(bytes, at, Math.min(end, at + 40)));
}

/** The last time that a line of the gap gives, of those before `end`; or null. */
export function timeInGap(stretch: Stretch, gap: Gap, end: number): number | null {
  const { bytes } = stretch;
  for (let to = end; gap.first >= 0 && to > gap.first; ) {
    const stop = bytes[to - 1] === 10 ? to - 1 : to;
    let from = stop;
    while (from > gap.first && bytes[from - 1] !== 10) from--;
    const time =
      isEmptyLine(bytes, from, stop) || columnsOf(stretch, from, stop) >= LONGEST_MARK
        ? null
        : timeOf(latin1(bytes, from, stop));
    if (time !== null) return time;
    to = from;
  }
  return null;
}

/** Characters of a line, as UTF-16 counts them, so that a file and its text are read alike; of a very long line, its bytes. */
function columnsOf({ bytes, units }: Stretch, at: number, end: number): number {
  let columns = end - at;
  if (units || columns < LONGEST_MARK || columns > 3 * LONGEST_MARK) return columns;
  for (let i = at; i < end; i++)
    if ((bytes[i]! & 0xc0) === 0x80) columns--;
    else if (bytes[i]! >= 0xf0) columns++;
  return columns;
}
