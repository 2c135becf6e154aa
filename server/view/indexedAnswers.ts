import { read } from '../engine/engine.ts';
import { loadMessages } from '../engine/indexed/load.ts';
import type { Snapshot } from '../engine/indexed/snapshot.ts';
import { ladderExports } from '../engine/ladder/exports.ts';
import type { LadderRow } from '../engine/ladder/ladder.ts';
import { mermaidLadder } from '../engine/ladder/mermaid.ts';
import { readRow } from '../engine/ladder/rows.ts';
import { svgLadder } from '../engine/ladder/svg.ts';
import { textLadder } from '../engine/ladder/text.ts';
import type { Columns } from '../engine/trace/columns.ts';
import type { ByteSource } from '../engine/trace/trace.ts';
import { comparableCall, comparableMessage } from './comparison.ts';
import { detailOf } from './detail.ts';
import type { ExportedFile, ExportOffer, Extent, MessageDetail, Scope, TraceApi, TraceText } from './protocol.ts';
import { traceText } from './traceText.ts';

/** A file as far as it was read, and where its messages are read again. */
export interface Indexed {
  readonly snapshot: Snapshot;
  readonly source: ByteSource;
  readonly title: string;
}

/** More rows than this are never sent at once, whatever the page asks. */
const MOST_ROWS = 2000;
/** So much of a message is enough for its row; so much of one is shown. */
const ROW_BYTES = 64 * 1024;
const SHOWN_BYTES = 4 * 1024 * 1024;
/** A call is shown together if it is no longer than this; in details a shorter one is enough. */
const MOST_OF_CALL = 5000;
const CALL_BYTES = 32 * 1024 * 1024;
const MOST_LINKED = 500;
/** More rows than this leave the tool as no picture and no text. */
const MOST_EXPORTED = 20_000;
const BATCH = 500;
/** What leaves the tool without the messages themselves. */
const EXPORTS = { text: textLadder, mermaid: mermaidLadder, svg: svgLadder };

export async function rowsOf(of: Indexed, from: number, to: number): Promise<LadderRow[]> {
  const first = Math.max(0, Math.floor(from) || 0);
  const end = Math.min(of.snapshot.columns.count, Math.floor(to) || 0, first + MOST_ROWS);
  const indices = range(first, end);
  const trace = await loadMessages(of.source, of.snapshot, indices, ROW_BYTES);
  const { flow, lanes } = of.snapshot;
  return indices.map((index) => readRow({ trace, flow, lanes, lines: null, counts: new Map() }, index));
}

/** One message (one-based) for the details pane, linked with those of its call. */
export async function messageOf(of: Indexed, index: number): Promise<MessageDetail> {
  const members = membersOf(of.snapshot, checked(of, index), MOST_LINKED);
  const { text, places } = await textOfMessages(of, members);
  const reading = read(text);
  const own = places.map((place) => place.index);
  const at = own.indexOf(index);
  // What cannot be read again as one message each is shown alone.
  if (reading.trace.count !== own.length) return messageAlone(of, index);
  return detailOf({ reading, problems: [] }, at, (local) => own[local]!);
}

async function messageAlone(of: Indexed, index: number): Promise<MessageDetail> {
  const { text } = await textOfMessages(of, [index - 1]);
  return detailOf({ reading: read(text), problems: [] }, 0, () => index);
}

/** A message (one-based), or all of its call, as a trace of their own. */
export async function textOf(of: Indexed, index: number, what: 'message' | 'call'): Promise<TraceText> {
  const own = checked(of, index);
  if (what === 'message') return textOfMessages(of, [own]);
  const members = membersOf(of.snapshot, own, MOST_OF_CALL);
  if (members.length === 1 && callOf(of.snapshot, own).length > 1)
    throw new Error(`The call of message ${index} is too long to be shown as one text. Open single messages of it.`);
  return textOfMessages(of, members);
}

/** A message (one-based), or all of its call, as a text that can be compared with that of another one. */
export async function comparable(
  of: Indexed,
  index: number,
  what: 'message' | 'call',
  extent: Extent,
): Promise<string> {
  const reading = read((await textOf(of, index, what)).text);
  if (what === 'message') return comparableMessage(reading, 0, extent);
  return comparableCall(reading, range(0, reading.trace.count), extent);
}

async function textOfMessages(of: Indexed, indices: readonly number[]): Promise<TraceText> {
  return traceText(await loadMessages(of.source, of.snapshot, indices, SHOWN_BYTES), of.snapshot.format, indices);
}

/** The messages with the Call-ID of one, in order; only that where there are too many. */
function membersOf(snapshot: Snapshot, index: number, most: number): number[] {
  const members = callOf(snapshot, index);
  const bytes = members.reduce((sum, member) => sum + snapshot.columns.length[member]!, 0);
  return members.length > 0 && members.length <= most && bytes <= CALL_BYTES ? members : [index];
}

function callOf({ columns, calls: { starts, order } }: Snapshot, index: number): number[] {
  const call = columns.call[index]!;
  return call === 0 ? [] : [...order.subarray(starts[call]!, starts[call + 1]!)];
}

/** The ladder as text; of a very long one an error says that it is too long. */
export async function exported(of: Indexed, format: Parameters<TraceApi['export']>[0]): Promise<string> {
  if (!Object.hasOwn(EXPORTS, format)) throw new Error(`There is no export named “${String(format)}”.`);
  const { columns, lanes } = of.snapshot;
  if (columns.count > MOST_EXPORTED)
    throw new Error(
      `The ladder has ${columns.count} messages; ${MOST_EXPORTED} can be exported. Open a call as text and export its ladder.`,
    );
  const rows: LadderRow[] = [];
  while (rows.length < columns.count) rows.push(...(await rowsOf(of, rows.length, rows.length + BATCH)));
  return EXPORTS[format]({
    format: of.snapshot.format,
    lanes: lanes.lanes,
    rows,
    dialogs: [],
    calls: [],
    guesses: [],
    skipped: [],
  });
}

/** The forms in which the ladder of a large file can be had: those that need no message. */
export function exportOffers(): ExportOffer[] {
  return Object.keys(EXPORTS).map((format) => {
    const { title, extension } = ladderExports[format]!;
    return { format, title, extension };
  });
}

export const NOT_REDACTED =
  'A file that is read by ranges is not redacted as a whole: sip-lens redact does that, or open a call as text.';

const NOT_IN_PARTS =
  'Of a file that is read by ranges the whole ladder is exported: open a call as text to export its ladder.';

/** The ladder in a form; redacted it cannot be had. */
export async function exportedFile(
  of: Indexed,
  format: string,
  key: string | null,
  scope: Scope | null,
): Promise<ExportedFile> {
  if (key !== null) throw new Error(NOT_REDACTED);
  if (scope !== null) throw new Error(NOT_IN_PARTS);
  return { content: await exported(of, format as keyof typeof EXPORTS), encoding: 'utf8' };
}

/** The time of the first message that has one. */
export function firstTime(columns: Columns): number | null {
  for (let index = 0; columns.time && index < columns.count; index++)
    if (columns.timeOf(index) !== null) return columns.timeOf(index);
  return null;
}

const revisions = new WeakMap<Snapshot, number>();
let lastRevision = 0;

/** Rises with each snapshot. */
export function revisionOf(snapshot: Snapshot): number {
  const revision = revisions.get(snapshot) ?? ++lastRevision;
  revisions.set(snapshot, revision);
  return revision;
}

function checked({ snapshot }: Indexed, index: number): number {
  const { count } = snapshot.columns;
  if (!Number.isInteger(index) || index < 1 || index > count)
    throw new Error(`There is no message ${index}: the trace has ${count}.`);
  return index - 1;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
