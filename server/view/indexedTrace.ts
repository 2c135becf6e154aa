import { isCapture } from '../engine/capture/capture.ts';
import { type Reading, read } from '../engine/engine.ts';
import { loadMessages, rawRuns } from '../engine/indexed/load.ts';
import type { Indexed } from '../engine/indexed/snapshot.ts';
import { skippedOf } from '../engine/trace/skipped.ts';
import { sourceOfFile } from './calls/callSource.ts';
import type { FileLegs } from './calls/fileLegs.ts';
import { LARGEST_WHOLE, tooLong } from './exporting.ts';
import type { FileChecks } from './fileChecks.ts';
import { traceText } from './traceText.ts';
import { bytesOf, numbers, type ViewedTrace } from './viewed.ts';

/** So long rows wait for the checks: they come without badges then, and once more when those are there. */
const PATIENCE_MS = 20;
/** So much of a message is looked through. */
const LOOKED_THROUGH = 4 * 1024 * 1024;
const OTHERS = /[^ -~]/;

/** What a file tells of itself beside its messages. */
export type FileFacts = Pick<
  ViewedTrace,
  'revision' | 'state' | 'title' | 'profiles' | 'notices' | 'reading' | 'captionRows'
>;

/**
 * A file as far as it was read, as the answers to the page see it.
 * @param known what was found of it before
 * @param late called when checks are done for which somebody did not wait
 */
export function indexedTrace(
  of: Indexed,
  facts: FileFacts,
  { checks, legs }: { readonly checks: FileChecks; readonly legs: FileLegs },
  late: () => void,
): ViewedTrace {
  const { snapshot, source } = of;
  const trace: ViewedTrace = {
    ...snapshot,
    ...facts,
    skipped: skippedOf(snapshot.built),
    lines: null,
    clocks: null,
    logZone: null,
    indexAt: () => null,
    load: (indices, longest, withRecords) => loadMessages(source, snapshot, indices, longest, withRecords),
    found: (indices, isGivenUp) => checks.found(of, indices, isGivenUp),
    async soonFound(indices) {
      let isLate = false;
      const found = checks.found(of, indices);
      found.then(
        () => isLate && late(),
        () => {}, // it is told to whoever asks for the message
      );
      const soon = await Promise.race([found.catch(() => null), pause(PATIENCE_MS)]);
      isLate = soon === null;
      return soon ?? checks.known(of, indices);
    },
    knownFindings: () => checks.all(),
    knownIn: (index) => checks.knownIn(of, index),
    likely: (indices, words) => mayHold(of, indices, words),
    callSource: () => sourceOfFile(of, legs.search(of)),
    whole: () => wholeOf(trace),
  };
  return trace;
}

/** The records of a log as they stand there; where they cannot be read again like that, the messages one after the other with what is told of their way. */
async function wholeOf(trace: ViewedTrace): Promise<Reading> {
  if (bytesOf(trace) > LARGEST_WHOLE) throw new Error(tooLong(trace));
  const all = numbers(0, trace.columns.count);
  const loaded = await trace.load(all, Number.POSITIVE_INFINITY, true);
  const asLogged = isCapture(trace.format) ? null : read(loaded.reading.trace.text);
  if (asLogged && isSame(asLogged.trace.columns, trace.columns)) return asLogged;
  return read(traceText(loaded, trace.format, all).text);
}

/** Whether both have the same messages, as far as their numbers tell. */
function isSame(one: ViewedTrace['columns'], other: ViewedTrace['columns']): boolean {
  const isLike = (index: number) => one.kind[index] === other.kind[index] && one.cseq[index] === other.cseq[index];
  return one.count === other.count && numbers(0, one.count).every(isLike);
}

/** Words of ASCII are looked for in the bytes of the file, so that few messages are made texts. */
async function mayHold({ source, snapshot }: Indexed, indices: readonly number[], words: string) {
  if (OTHERS.test(words)) return indices;
  const likely = new Set<number>();
  const latin1 = new TextDecoder('latin1');
  for await (const { bytes, messages } of rawRuns(source, snapshot, indices, LOOKED_THROUGH)) {
    const text = latin1.decode(bytes).toLowerCase();
    let hit = text.indexOf(words);
    for (const { index, from, to, isAltered } of messages) {
      if (hit >= 0 && hit < from) hit = text.indexOf(words, from);
      if (isAltered || (hit >= 0 && hit < to)) likely.add(index);
    }
  }
  return indices.filter((index) => likely.has(index));
}

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}
