import { lineEnd } from '../sip/frame.ts';
import { lastAnnounced } from './announcement.ts';
import * as Flag from './flag.ts';
import { allFormats } from './formats/all.ts';
import type { Envelope } from './formats/format.ts';
import { RecordLines } from './recordLines.ts';
import { surroundings } from './restore.ts';
import { stretchOf } from './stretch.ts';

/** An announcement stands no farther before its message, and looks no farther behind it. */
const REACH = 8 * 1024;

/**
 * What a log says of a message beside what is kept in columns, read again from its record; null where the message stands in no
 * record, or its announcement stands too far before it.
 * @param from where the message begins in the text
 * @param flags its bits of `Flag`
 */
export function envelopeOf(text: string, from: number, flags: number): Envelope | null {
  const number = flags >>> Flag.formatShift;
  if (number === 0) return null;
  const around = surroundings(text, from, flags, REACH);
  const stretch = stretchOf(around.text);
  const line = lastAnnounced(stretch, lineEnd(stretch, around.at, stretch.end), number);
  return line && allFormats[number]!.announce(new RecordLines(stretch, 0, line));
}
