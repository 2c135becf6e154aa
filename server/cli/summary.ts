import { octets } from '../engine/base/text.ts';
import { isoTime } from '../engine/base/time.ts';
import { lintText, read } from '../engine/engine.ts';
import { asksForProblems } from '../engine/filter/filter.ts';
import { type Summary, summarizeSelected, summarizeTrace } from '../engine/summary.ts';
import { type Command, columns, counted, Failure, forEachFile, formatOf, type Io, json } from './command.ts';
import { chosen, type Filtering, filteringOf, filterOptions } from './filtering.ts';

/** `summary FILE…`: counts at index speed. */
export const summary: Command = {
  name: 'summary',
  usage: 'summary FILE…',
  about: 'counts of messages by method and status, participants, dialogs, transactions',
  formats: ['text', 'json'],
  options: filterOptions,
  files: [1, Number.POSITIVE_INFINITY],
  async run(args, io) {
    const files: FileSummary[] = [];
    const filtering = filteringOf(args);
    const complete = await forEachFile(args.files, io, async (path) => {
      files.push(filtering ? await summarizeFiltered(path, io, filtering) : await summarize(path, io));
    });
    const asJson = formatOf(args, summary) === 'json';
    await io.print(asJson ? json({ version: 1, files }) : files.map(asText).join('\n'));
    return complete ? 0 : 2;
  },
};

interface FileSummary extends Omit<Summary, 'first' | 'last' | 'skipped'> {
  readonly path: string;
  readonly bytes: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly skipped: readonly { readonly why: string; readonly count: number }[];
}

async function summarize(path: string, io: Io): Promise<FileSummary> {
  const source = await io.bytes(path);
  try {
    const summary = await summarizeTrace(source);
    if (summary.messages === 0) throw new Failure(`${path}: no SIP message was found`);
    return fileSummary(path, source.total, summary);
  } finally {
    source.close();
  }
}

/** A filter asks of messages, so the text is read as a whole. */
async function summarizeFiltered(path: string, io: Io, filtering: Filtering): Promise<FileSummary> {
  const text = await io.text(path);
  const checked = asksForProblems(filtering.filter) ? await lintText(text) : null;
  const reading = checked?.reading ?? read(text);
  if (reading.trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
  const wanted = chosen(filtering, reading, checked?.lint.problems ?? []);
  return fileSummary(path, octets(text, 0, text.length), summarizeSelected(reading, wanted));
}

function fileSummary(path: string, bytes: number, { format, first, last, skipped, ...counts }: Summary): FileSummary {
  const times = { first: isoTime(first), last: isoTime(last) };
  return { path, format, bytes, ...counts, ...times, skipped: skipped.map(({ why, count }) => ({ why, count })) };
}

function asText(file: FileSummary): string {
  const rows = [
    ['messages', String(file.messages)],
    ['requests', byCount(file.methods)],
    ['responses', byCount(file.statuses)],
    ['participants', String(file.participants)],
    ['dialogs', String(file.dialogs)],
    ['transactions', String(file.transactions)],
    ...(file.first ? [['time', file.first === file.last ? file.first : `${file.first} to ${file.last}`]] : []),
    ...file.skipped.map(({ why, count }) => ['skipped', `${count}: ${why}`]),
  ];
  return `${file.path} (${file.format}, ${counted(file.bytes, 'byte')})\n${columns(rows.map(([name, value]) => [`  ${name}`, value!]))}`;
}

/** `5 BENOTIFY, 4 BYE, 2 INFO`. */
function byCount(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return sorted.map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}
