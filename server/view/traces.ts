import { callMembers } from '../engine/answers.ts';
import { slice } from '../engine/base/text.ts';
import { profileTitle, rowSource } from '../engine/engine.ts';
import { completeFilter } from '../engine/filter/complete.ts';
import { parseFilter } from '../engine/filter/parse.ts';
import { type RowSource, readRow, retransmissionsOf } from '../engine/ladder/rows.ts';
import { redactText } from '../engine/redact/redact.ts';
import { selectMessages, subjectOf } from '../engine/selection.ts';
import { sourceOfReading } from './calls/callSource.ts';
import { createCallsApi } from './calls/callsApi.ts';
import { comparableCall, comparableMessage } from './comparison.ts';
import { detailOf } from './detail.ts';
import { exportedFile, exportOffers } from './exporting.ts';
import type { OpenTrace } from './openTrace.ts';
import type {
  Context,
  Extent,
  FilterAnswer,
  FilterCompletion,
  SourceRange,
  TraceApi,
  TraceSummary,
  TraceText,
} from './protocol.ts';
import { mayHaveRoster, rosterOf } from './roster.ts';
import { traceText } from './traceText.ts';

export type { OpenTrace };

/** More rows than this are never sent at once, whatever the page asks. */
const MOST_ROWS = 2000;

/** Answers the page's calls about one trace; `latest` gives its newest analysis. */
export function createTraceApi(latest: () => Promise<OpenTrace>): TraceApi {
  return {
    summary: async () => summaryOf(await latest()),
    rows: async (from, to) => rowsOf(await latest(), from, to),
    message: async (index) => detailOf(checked(await latest(), index), index - 1),
    search: async (words, after, direction) => search(await latest(), words, after, direction),
    filter: async (text, context) => filtered(await latest(), String(text), context),
    completions: async (text, offset) => completed(await latest(), String(text), offset),
    comparable: async (index, of, extent) => comparable(checked(await latest(), index), index - 1, of, extent),
    range: async (index) => rangeOf(checked(await latest(), index), index - 1),
    messageAt: async (line, character) => messageAt(await latest(), line, character),
    roster: async (choice) => rosterOf((await latest()).reading, choice),
    text: async (index, of) => partOf(checked(await latest(), index), index - 1, of),
    ...createCallsApi(async () => (await latest()).reading, sourceOfReading),
    pause: async () => {},
    resume: async () => {},
    export: async (format) => (await exportedFile(await latest(), format, null, null)).content,
    exports: async () => exportOffers(),
    file: async (format, key, scope) => exportedFile(await latest(), format, key, scope),
    redacted: async (key) => redactText((await latest()).reading.trace, String(key)),
  };
}

function filtered({ reading, problems }: OpenTrace, text: string, context: Context): FilterAnswer {
  const { filter, problems: faults } = parseFilter(text);
  const [problem] = faults;
  if (problem) return { messages: null, problem };
  if (filter.terms.length === 0) return { messages: null, problem: null };
  const wanted = selectMessages(reading, problems, filter, context);
  return { messages: [...wanted.entries()].flatMap(([index, fits]) => (fits ? index + 1 : [])), problem: null };
}

function completed({ reading, problems }: OpenTrace, text: string, offset: number): FilterCompletion {
  const { span, items } = completeFilter(text, Math.floor(offset) || 0, subjectOf(reading, problems));
  return { ...span, items };
}

function comparable({ reading }: OpenTrace, index: number, of: 'message' | 'call', extent: Extent): string {
  const members = of === 'call' ? callMembers(reading, index) : [];
  return members.length > 0 ? comparableCall(reading, members, extent) : comparableMessage(reading, index, extent);
}

const sources = new WeakMap<OpenTrace, RowSource>();

function sourceOf(trace: OpenTrace): RowSource {
  const known = sources.get(trace) ?? rowSource(trace.reading, trace.problems, trace.lines);
  sources.set(trace, known);
  return known;
}

function checked(trace: OpenTrace, index: number): OpenTrace {
  const { count } = trace.reading.trace;
  if (!Number.isInteger(index) || index < 1 || index > count)
    throw new Error(`There is no message ${index}: the trace has ${count}.`);
  return trace;
}

function summaryOf(trace: OpenTrace): TraceSummary {
  const { trace: text } = trace.reading;
  const captionRows: number[] = [];
  for (let index = 0; index < text.count; index++) if (text.captions(index).length > 0) captionRows.push(index + 1);
  return {
    revision: trace.revision,
    title: trace.title,
    format: text.format,
    profile: profileTitle(trace.profiles),
    lanes: sourceOf(trace).lanes.lanes,
    rows: text.count,
    captionRows,
    retransmissions: retransmissionsOf(trace.reading.flow),
    firstTime: firstTime(trace),
    roster: mayHaveRoster(trace.reading),
    notices: trace.notices,
    reading: null,
  };
}

function firstTime({ reading }: OpenTrace): number | null {
  const { columns } = reading.trace;
  if (!columns.time) return null;
  for (let index = 0; index < columns.count; index++) if (columns.timeOf(index) !== null) return columns.timeOf(index);
  return null;
}

function rowsOf(trace: OpenTrace, from: number, to: number) {
  const source = sourceOf(trace);
  const first = Math.max(0, Math.floor(from) || 0);
  const end = Math.min(trace.reading.trace.count, Math.floor(to) || 0, first + MOST_ROWS);
  return Array.from({ length: Math.max(0, end - first) }, (_, at) => readRow(source, first + at));
}

function rangeOf(trace: OpenTrace, index: number): SourceRange {
  const { from, to } = trace.reading.trace.span(index);
  return { start: trace.lines.position(from), end: trace.lines.position(to) };
}

function partOf({ reading }: OpenTrace, index: number, of: 'message' | 'call'): TraceText {
  const members = of === 'call' ? callMembers(reading, index) : [];
  return traceText(reading.trace, reading.trace.format, members.length ? members : [index]);
}

function messageAt(trace: OpenTrace, line: number, character: number): number | null {
  const index = trace.reading.trace.indexAt(trace.offsetAt(line, character));
  return index < 0 ? null : index + 1;
}

function search({ reading }: OpenTrace, words: string, after: number, direction: 1 | -1): number | null {
  const { trace } = reading;
  const wanted = words.trim().toLowerCase();
  if (!wanted) return null;
  for (let step = 1; step <= trace.count; step++) {
    const index = (((after - 1 + direction * step) % trace.count) + trace.count) % trace.count;
    if (slice(trace.text, trace.span(index)).toLowerCase().includes(wanted)) return index + 1;
  }
  return null;
}
