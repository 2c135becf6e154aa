import { profileTitle } from '../engine/engine.ts';
import { completeFilter } from '../engine/filter/complete.ts';
import type { LadderRow } from '../engine/ladder/ladder.ts';
import { type LaneStory, laneStory, laneTraffic } from '../engine/ladder/laneStory.ts';
import { countProblems, readRow, retransmissionsOf } from '../engine/ladder/rows.ts';
import { redactText } from '../engine/redact/redact.ts';
import type { Skipped } from '../engine/trace/skipped.ts';
import { Calls } from './calls/calls.ts';
import { createCallsApi } from './calls/callsApi.ts';
import { comparableCall, comparableMessage } from './comparison.ts';
import { detailOf } from './detail.ts';
import { documentTrace } from './documentTrace.ts';
import { exportedFile, exportOffers } from './exporting.ts';
import { filtered, subjectOf } from './filtering.ts';
import { nextFinding } from './findings.ts';
import { packedKeepAlives } from './keepAlives.ts';
import { LongAnswer } from './longAnswer.ts';
import type { OpenTrace } from './openTrace.ts';
import { dialogsOf, overviewOf } from './overview.ts';
import type {
  Extent,
  FilterCompletion,
  LinkDecision,
  MessageDetail,
  SkippedView,
  SourceRange,
  TraceApi,
  TraceSummary,
  TraceText,
} from './protocol.ts';
import { mayHaveRoster, type RosterAnswer, rosterOf } from './roster.ts';
import { search } from './searching.ts';
import { traceText } from './traceText.ts';
import { bytesOf, numbers, spanOf, type ViewedTrace } from './viewed.ts';

export type { OpenTrace };

/** More rows than this are never sent at once, whatever the page asks. */
const MOST_ROWS = 2000;
/** So much of a message is enough for its row; so much of one is shown. */
const ROW_BYTES = 64 * 1024;
const SHOWN_BYTES = 4 * 1024 * 1024;
/** A call is shown together if it is no longer than this; in details a shorter one is enough. */
const MOST_OF_CALL = 5000;
const CALL_BYTES = 32 * 1024 * 1024;
const MOST_LINKED = 500;
const NO_LINES = 'A file that is read by ranges has no lines.';

/** What else the answers about a trace depend on: what was told of its legs by hand, and what only a file that is read by ranges can do. */
export interface Beside extends Partial<Pick<TraceApi, 'pause' | 'resume'>> {
  decided?(): readonly LinkDecision[];
}

/** Answers the page's calls about an open document; `latest` gives its newest analysis. */
export function createTraceApi(latest: () => Promise<OpenTrace>, beside?: Beside): TraceApi {
  return answersAbout(async () => documentTrace(await latest()), beside);
}

/** Answers the page's calls about one trace; `latest` gives it as it is now. */
export function answersAbout(latest: () => Promise<ViewedTrace>, beside: Beside = {}): TraceApi {
  const filtering = new LongAnswer<readonly number[]>([]);
  const calls = new Calls<ViewedTrace>({
    sourceOf: (trace) => trace.callSource(),
    stateOf: ({ flow }) => flow,
    decided: () => beside.decided?.() ?? [],
  });
  const rosters = new LongAnswer<RosterAnswer>([]);
  // A new search gives up the one before.
  let turn = 0;
  const isOutdated = () => {
    const own = ++turn;
    return () => own !== turn;
  };
  return {
    summary: async () => summaryOf(await latest()),
    rows: async (from, to) => rowsOf(await latest(), from, to),
    message: async (index) => messageOf(await latest(), index),
    lane: async (number) => laneOf(await latest(), number),
    overview: async () => overviewOf(await latest()),
    dialogs: async () => dialogsOf(await latest()),
    search: async (words, after, direction) =>
      search(await latest(), { words: String(words), after, direction }, isOutdated()),
    finding: async (after, direction, among) => nextFinding(await latest(), { after, direction, among }, isOutdated()),
    filter: async (text, context) => filtered(await latest(), { filter: String(text), context }, filtering, calls),
    completions: async (text, offset) => completed(await latest(), String(text), offset),
    comparable: async (index, of, extent) => comparable(await latest(), index, of, extent),
    range: async (index) => rangeOf(await latest(), index),
    messageAt: async (line, character) => {
      const index = (await latest()).indexAt(line, character);
      return index === null ? null : index + 1;
    },
    roster: async (choice) => rosterOf(await latest(), choice, rosters),
    text: async (index, of) => partOf(await latest(), index, of, calls),
    ...createCallsApi(latest, calls),
    pause: async () => beside.pause?.(),
    resume: async () => beside.resume?.(),
    export: async (format) => (await exportedFile(await latest(), format, null, null, calls)).content,
    exports: async () => exportOffers(await latest()),
    file: async (format, key, scope) => exportedFile(await latest(), format, key, scope, calls),
    redacted: async (key) => redactText((await (await latest()).whole()).trace, String(key)),
  };
}

function summaryOf(trace: ViewedTrace): TraceSummary {
  return {
    revision: trace.revision,
    title: trace.title,
    format: trace.format,
    profile: profileTitle(trace.profiles),
    lanes: trace.lanes.lanes,
    rows: trace.columns.count,
    captionRows: trace.captionRows(),
    retransmissions: retransmissionsOf(trace.flow),
    keepAlives: packedKeepAlives(trace),
    firstTime: firstTime(trace),
    logZone: trace.logZone,
    roster: mayHaveRoster(trace),
    notices: trace.notices,
    clocks: trace.clocks,
    skipped: trace.skipped.map((one) => skippedView(trace, one)),
    reading: trace.reading,
  };
}

/** @param first where the first of it begins in the source; NaN where nobody knows */
function skippedView({ lines }: ViewedTrace, { why, count, first }: Skipped): SkippedView {
  const line = lines && Number.isFinite(first) ? lines.position(first).line : null;
  const words = line === null ? `byte ${first.toLocaleString('en')}` : `line ${(line + 1).toLocaleString('en')}`;
  return { why, count, where: Number.isFinite(first) ? `first at ${words}` : '', line };
}

function firstTime({ columns }: ViewedTrace): number | null {
  for (let index = 0; columns.time && index < columns.count; index++)
    if (columns.timeOf(index) !== null) return columns.timeOf(index);
  return null;
}

async function rowsOf(trace: ViewedTrace, from: number, to: number): Promise<LadderRow[]> {
  const first = Math.max(0, Math.floor(from) || 0);
  const indices = numbers(first, Math.min(trace.columns.count, Math.floor(to) || 0, first + MOST_ROWS));
  const [loaded, found] = await Promise.all([trace.load(indices, ROW_BYTES), trace.soonFound(indices)]);
  const counts = countProblems(indices.flatMap((index) => found.get(index + 1) ?? []));
  const { flow, lanes, lines } = trace;
  return indices.map((index) => readRow({ trace: loaded, flow, lanes, lines, counts }, index));
}

async function messageOf(trace: ViewedTrace, number: number): Promise<MessageDetail> {
  const index = checked(trace, number);
  const [loaded, found] = await Promise.all([
    trace.load(membersOf(trace, index, MOST_LINKED), SHOWN_BYTES),
    trace.found([index]),
  ]);
  return detailOf(loaded, index, found.get(number) ?? [], trace.lines);
}

async function laneOf(trace: ViewedTrace, number: number): Promise<LaneStory> {
  const { built, lanes } = trace;
  if (!lanes.lanes[number]) throw new Error(`There is no lane ${number}: the trace has ${lanes.lanes.length}.`);
  const traffic = laneTraffic(built, lanes, number);
  const loaded = await trace.load(traffic.sample, ROW_BYTES);
  return laneStory(built, lanes, number, traffic, (index) => loaded.message(index));
}

function rangeOf(trace: ViewedTrace, number: number): SourceRange {
  const { from, to } = spanOf(trace, checked(trace, number));
  if (!trace.lines) throw new Error(NO_LINES);
  return { start: trace.lines.position(from), end: trace.lines.position(to) };
}

/** A message, or its call with all of its legs, as a trace of their own. */
async function partOf(
  trace: ViewedTrace,
  number: number,
  of: 'message' | 'call',
  calls: Calls<ViewedTrace>,
): Promise<TraceText> {
  const index = checked(trace, number);
  const members = of === 'call' ? await calls.around(trace, index) : [index];
  if (members.length > 1 && !fits(trace, members)) throw tooLong(number);
  return traceText(await trace.load(members, SHOWN_BYTES), trace.format, members);
}

/** A message, or all with its Call-ID, as a text that can be compared with that of another one. */
async function comparable(trace: ViewedTrace, number: number, of: 'message' | 'call', extent: Extent): Promise<string> {
  const members = chosen(trace, number, of);
  const loaded = await trace.load(members, SHOWN_BYTES);
  return of === 'message'
    ? comparableMessage(loaded, members[0]!, extent)
    : comparableCall(trace, loaded, members, extent);
}

async function completed(trace: ViewedTrace, text: string, offset: number): Promise<FilterCompletion> {
  const subject = { ...subjectOf(trace), problems: trace.knownFindings() };
  const { span, items } = completeFilter(text, Math.floor(offset) || 0, subject);
  return { ...span, items };
}

/** A message (one-based), or all with its Call-ID. */
function chosen(trace: ViewedTrace, number: number, of: 'message' | 'call'): number[] {
  const index = checked(trace, number);
  const members = of === 'call' ? membersOf(trace, index, MOST_OF_CALL) : [index];
  if (of === 'call' && members.length === 1 && callOf(trace, index).length > 1) throw tooLong(number);
  return members;
}

function tooLong(number: number): Error {
  return new Error(`The call of message ${number} is too long to be shown as one text. Open single messages of it.`);
}

/** The messages with the Call-ID of one, in order; only that where there are too many. */
function membersOf(trace: ViewedTrace, index: number, most: number): number[] {
  const members = callOf(trace, index);
  return members.length > 0 && fits(trace, members, most) ? members : [index];
}

function fits(trace: ViewedTrace, members: readonly number[], most = MOST_OF_CALL): boolean {
  return members.length <= most && bytesOf(trace, members) <= CALL_BYTES;
}

function callOf({ columns, calls: { starts, order } }: ViewedTrace, index: number): number[] {
  const call = columns.call[index]!;
  return call === 0 ? [] : [...order.subarray(starts[call]!, starts[call + 1]!)];
}

/** The zero-based number of a message that is there. */
function checked({ columns: { count } }: ViewedTrace, number: number): number {
  if (!Number.isInteger(number) || number < 1 || number > count)
    throw new Error(`There is no message ${number}: the trace has ${count}.`);
  return number - 1;
}
