import { type Columns, Flag } from './columns.ts';
import { allFormats } from './formats/all.ts';

/** The id of the format that most messages have; `flattened` where most stand on one line each, `none` where there is none. */
export function formatOf({ flags, count }: Columns): string {
  const counts = new Uint32Array(allFormats.length);
  let flattened = 0;
  for (let index = 0; index < count; index++) {
    if ((flags[index]! & Flag.flattened) !== 0) flattened++;
    counts[flags[index]! >>> Flag.formatShift]!++;
  }
  if (count === 0) return 'none';
  if (flattened * 2 > counts[0]! && counts[0]! * 2 > count) return 'flattened';
  return allFormats[counts.indexOf(Math.max(...counts))]!.id;
}

/** Whether the log of a message, as its bits of `Flag` tell it, tells little more of messages than their start lines. */
export function isOutline(flags: number): boolean {
  return allFormats[flags >>> Flag.formatShift]!.isOutline === true;
}
