import { type MergePart, mergeTraces, skewWords, whyNotMerged } from '../engine/merge.ts';
import { readText } from '../engine/trace/text.ts';
import { textOf } from './fileText.ts';
import type { OpenFile } from './openedFile.ts';
import { type Clocks, MERGED_SCHEME, type MergeParams, type MergeResult } from './protocol.ts';

const MEGABYTE = 1024 * 1024;
/** What is merged becomes a document, and VS Code gives extensions no longer one. */
const LARGEST = 50 * MEGABYTE;

/** Several files as one trace, by time; each line of the notes stands in front of it, too. What it throws is a sentence. */
export async function mergedText({ uris, times }: MergeParams, open: OpenFile): Promise<MergeResult> {
  const parts: MergePart[] = [];
  let bytes = 0;
  for (const uri of uris) {
    const file = await open(uri);
    try {
      bytes += file.size;
      if (bytes > LARGEST) throw new Error(tooLarge());
      parts.push({ name: file.name, trace: readText(await textOf(file)) });
    } finally {
      file.close();
    }
  }
  const empty = parts.find(({ trace }) => trace.count === 0);
  const why = empty ? `${empty.name}: no SIP message was found` : whyNotMerged(parts);
  if (why) throw new Error(why);
  const { text, files } = mergeTraces(parts, times);
  const skewed = files.filter(({ clock }) => clock !== null && clock.milliseconds !== 0);
  const notes = skewed.map(({ name, clock }) => `The clock of ${name} is ${skewWords(clock!)}.`);
  const head = [
    ...files.map(({ name, messages }) => `${name}: ${messages} ${messages === 1 ? 'message' : 'messages'}`),
    ...notes,
  ];
  return { text: `${head.map((line) => `# ${line}\n`).join('')}\n${text}`, notes };
}

/** What the text of merged files says of their clocks; null where nothing, and for a text at any other address. */
export function clocksOf(uri: string, text: string): Clocks | null {
  if (!uri.startsWith(`${MERGED_SCHEME}:`)) return null;
  const head = /^(?:#.*\r?\n)*/.exec(text)![0]; // an editor may have made all line ends alike
  const notes = Array.from(head.matchAll(/^# (The clock of .* is .*)$/gm), ([, note]) => note!);
  const isAligned = decodeURIComponent(uri.slice(uri.indexOf('?'))).endsWith('"aligned"]');
  return notes.length > 0 ? { notes, times: isAligned ? 'aligned' : 'as written' } : null;
}

function tooLarge(): string {
  return `Files of more than ${LARGEST / MEGABYTE} MB together are merged by the command line alone: sip-lens ladder FILE FILE.`;
}
