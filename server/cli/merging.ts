import { isoTime } from '../engine/base/time.ts';
import type { MoreFacts } from '../engine/ladder/json.ts';
import { type Merged, type MergePart, mergeTraces, skewWords, whyNotMerged } from '../engine/merge.ts';
import { readText } from '../engine/trace/text.ts';
import { type Arguments, Failure, type Io, type Option } from './command.ts';

/** The option that puts clocks right. */
export const alignOption: Option = {
  name: 'align',
  value: '',
  about: 'several files: put clocks right by messages that were seen in both',
};

/** The text of the only file, or that of all files merged; clocks that differ are told. Throws a `Failure`. */
export async function wholeOf(
  { files, options }: Arguments,
  io: Io,
): Promise<{ path: string; text: string; merged: Merged | null }> {
  if (files.length === 1) return { path: files[0]!, text: await io.text(files[0]!), merged: null };
  const parts: MergePart[] = [];
  for (const name of files) {
    const trace = readText(await io.text(name));
    if (trace.count === 0) throw new Failure(`${name}: no SIP message was found`);
    parts.push({ name, trace });
  }
  const why = whyNotMerged(parts);
  if (why) throw new Failure(why);
  const isAligned = options.has('align');
  const merged = mergeTraces(parts, isAligned ? 'aligned' : 'as written');
  const advice = isAligned ? 'its times are put right' : '--align puts its times right';
  for (const { name, clock } of merged.files)
    if (clock && clock.milliseconds !== 0) io.warn(`${name}: its clock is ${skewWords(clock)}; ${advice}`);
  return { path: files.join(', '), text: merged.text, merged };
}

/** What a merged ladder tells as JSON beside others: its files, and where and when each message was seen. */
export function mergedFacts({ files, seen }: Merged): MoreFacts {
  return {
    whole: { files },
    ofMessage: (index) => ({
      line: null,
      seen: (seen[index - 1] ?? []).map(({ file, time }) => ({ file: files[file]!.name, time: isoTime(time) })),
    }),
  };
}
