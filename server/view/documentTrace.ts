import { memo } from '../engine/base/memo.ts';
import { readLanes } from '../engine/ladder/lanes.ts';
import { findingsOf } from '../engine/selection.ts';
import { zoneIn } from '../engine/trace/formats/times.ts';
import { skippedOf } from '../engine/trace/skipped.ts';
import { sourceOfReading } from './calls/callSource.ts';
import type { OpenTrace } from './openTrace.ts';
import { type Loaded, numbers, type ViewedTrace } from './viewed.ts';

/** An open document as the answers to the page see it: everything is at hand. */
export const documentTrace: (open: OpenTrace) => ViewedTrace = memo((open) => {
  const { reading, problems, lines, profiles, revision, title, notices } = open;
  const { trace, flow, calls, facts } = reading;
  const { columns, built, told, format } = trace;
  const found = findingsOf(problems);
  const loaded: Loaded = {
    columns,
    told,
    reading,
    indices: Uint32Array.from(numbers(0, trace.count)),
    place: (index) => index,
    message: (index) => trace.message(index),
    view: (index) => trace.view(index),
    method: (index) => trace.method(index),
    way: (index) => trace.way(index),
    captions: (index) => trace.captions(index),
  };
  return {
    ...{ columns, built, flow, calls, facts, told, format, lines, profiles, revision, title, notices },
    lanes: readLanes(built),
    state: open,
    clocks: open.clocks ?? null,
    skipped: skippedOf(built),
    reading: null,
    indexAt(line, character) {
      const index = trace.indexAt(open.offsetAt(line, character));
      return index < 0 ? null : index;
    },
    logZone: logZone(open),
    captionRows: () => captionRows(open),
    load: async () => loaded,
    found: async () => found,
    soonFound: async () => found,
    knownFindings: () => found,
    knownIn: (index) => found.get(index + 1) ?? [],
    callSource: () => sourceOfReading(reading),
    whole: async () => reading,
  };
});

const captionRows: (open: OpenTrace) => readonly number[] = memo(({ reading: { trace } }) =>
  numbers(0, trace.count).flatMap((index) => (trace.captions(index).length > 0 ? index + 1 : [])),
);

/** Before a message its time stands in so many characters. */
const BEFORE = 400;

/** The zone that the log names at its first message with a time. */
const logZone: (open: OpenTrace) => number | null = memo(({ reading: { trace } }) => {
  const first = trace.columns.time?.findIndex((time) => !Number.isNaN(time)) ?? -1;
  if (first < 0 || first >= trace.count) return null;
  const at = trace.columns.start[first]!;
  return zoneIn(trace.text.slice(Math.max(0, at - BEFORE), at));
});
