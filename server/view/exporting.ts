import { buildLadder, lintText } from '../engine/engine.ts';
import type { ExportSource } from '../engine/ladder/export.ts';
import { ladderExports } from '../engine/ladder/exports.ts';
import type { LadderRow } from '../engine/ladder/ladder.ts';
import { countProblems, readRow } from '../engine/ladder/rows.ts';
import { selectRows } from '../engine/ladder/select.ts';
import { svgPages, type Theme } from '../engine/ladder/svg.ts';
import { redactText } from '../engine/redact/redact.ts';
import { TextTrace } from '../engine/trace/text.ts';
import { base64 } from './base64.ts';
import type { Calls } from './calls/calls.ts';
import { messagesOf } from './filtering.ts';
import type { ExportedFile, ExportOffer, Scope } from './protocol.ts';
import { breath } from './slices.ts';
import { bytesOf, numbers, type ViewedTrace } from './viewed.ts';

const MEGABYTE = 1024 * 1024;
/** More than this is not put together as one text. */
export const LARGEST_WHOLE = 50 * MEGABYTE;
/** More rows than this leave the editor in no form. */
const MOST_ROWS = 100_000;
const ROW_BYTES = 64 * 1024;
const BATCH = 500;

/** The forms in which the ladder of a trace can be had: of a very long one only those that need no messages. */
export function exportOffers(trace: ViewedTrace): ExportOffer[] {
  const all = Object.entries(ladderExports).filter(([, { isOfRows }]) => isOfRows || isShort(trace));
  const drawn = Object.entries(PICTURES).map(([format, { title }]) => ({ format, title, extension: 'png' }));
  return [...all.map(([format, { title, extension }]) => ({ format, title, extension })), ...drawn];
}

/** The ladder in a form, of the trace as it is or redacted with a key: all of it, or what a scope leaves. Throws, in a sentence, where there is none. */
export async function exportedFile(
  trace: ViewedTrace,
  format: string,
  key: string | null,
  scope: Scope | null,
  calls: Calls<ViewedTrace>,
): Promise<ExportedFile> {
  const picture = Object.hasOwn(PICTURES, format) ? PICTURES[format] : undefined;
  const known = picture ? ladderExports.svg : Object.hasOwn(ladderExports, format) ? ladderExports[format] : undefined;
  if (!known) throw new Error(`There is no export named “${String(format)}”.`);
  if (!isShort(trace) && (key !== null || !known.isOfRows)) throw new Error(tooLong(trace));
  // Names that the filter asks for are gone from what is redacted, and numbers stay.
  const wanted = scope && (await messagesOf(trace, scope, calls));
  const source = await (key === null ? sourceOf(trace, wanted, calls) : redactedSource(trace, key, calls));
  const ladder = wanted ? selectRows(source.ladder, wanted) : source.ladder;
  if (ladder.rows.length === 0) throw new Error('Nothing was exported: no message fits the filter.');
  if (picture) return { content: JSON.stringify(svgPages(ladder, picture.theme, HIGHEST)), encoding: 'pictures' };
  // The name of a file may tell what its redacted content does not; links to it would lead past that.
  const made = known.write({ ...source, ladder, ...(key === null && namesOf(trace)) });
  if (typeof made === 'string') return { content: made, encoding: 'utf8' };
  if ('why' in made) throw new Error(`Nothing was exported: ${made.why}.`);
  return { content: base64(made), encoding: 'base64' };
}

/** What the trace is called, and its file, beside which an export is usually put; a document that was never saved has none. */
function namesOf({ title }: ViewedTrace): { title: string; file?: string } {
  return /\.\w+$/.test(title) ? { title, file: title } : { title };
}

function isShort(trace: ViewedTrace): boolean {
  return trace.reading === null || bytesOf(trace) <= LARGEST_WHOLE;
}

/** What a trace is told that is too long for something. */
export function tooLong(trace: ViewedTrace): string {
  const [has, most] = [bytesOf(trace), LARGEST_WHOLE].map((bytes) => Math.ceil(bytes / MEGABYTE));
  return `The messages of ${trace.title} have ${has} MB, and ${most} MB can be put together here. Open a call as text, or use the command line: sip-lens ladder, sip-lens redact.`;
}

async function sourceOf(
  trace: ViewedTrace,
  wanted: Uint8Array | null,
  calls: Calls<ViewedTrace>,
): Promise<ExportSource> {
  if (!isShort(trace)) return rowsAlone(trace, wanted);
  const all = numbers(0, trace.columns.count);
  const [{ reading }, found] = await Promise.all([trace.load(all, Number.POSITIVE_INFINITY, true), trace.found(all)]);
  const problems = [...found.values()].flat();
  return { ...reading, ladder: buildLadder(reading, problems, trace, calls.decided(trace)), problems };
}

async function redactedSource(trace: ViewedTrace, key: string, calls: Calls<ViewedTrace>): Promise<ExportSource> {
  const { reading, lint } = await lintText(redactText((await trace.whole()).trace, key));
  const ladder = buildLadder(reading, lint.problems, undefined, calls.decided(trace));
  return { ...reading, ladder, problems: lint.problems };
}

/** What is made of rows alone needs no messages, so that a long file is read part by part. */
async function rowsAlone(trace: ViewedTrace, wanted: Uint8Array | null): Promise<ExportSource> {
  const { flow, lanes, lines, format, built, told, columns } = trace;
  const all = numbers(0, columns.count).filter((index) => !wanted || wanted[index]);
  if (all.length > MOST_ROWS)
    throw new Error(
      `The ladder has ${all.length} messages; ${MOST_ROWS} can be exported here. Open a call as text and export its ladder, or use the command line: sip-lens ladder --filter.`,
    );
  const rows: LadderRow[] = [];
  while (rows.length < all.length) {
    const indices = all.slice(rows.length, rows.length + BATCH);
    const loaded = await trace.load(indices, ROW_BYTES);
    for (const index of indices)
      rows.push(readRow({ trace: loaded, flow, lanes, lines, counts: countProblems([]) }, index));
    await breath();
  }
  const ladder = {
    format,
    lanes: lanes.lanes,
    rows,
    dialogs: [],
    calls: [],
    guesses: [],
    conferences: [],
    skipped: [],
  };
  return { ladder, flow, problems: [], trace: new TextTrace('', built, told) };
}

/** Forms that the client draws: pictures of pixels, in the colours of a theme. */
const PICTURES: Readonly<Record<string, { readonly title: string; readonly theme: Theme }>> = {
  png: { title: 'PNG pictures, light', theme: 'light' },
  'png-dark': { title: 'PNG pictures, dark', theme: 'dark' },
};
/** What a picture is at most high, in pixels of a screen: about two hundred messages. */
const HIGHEST = 6000;
