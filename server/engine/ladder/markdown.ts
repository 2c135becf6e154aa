import { code, plain, sources } from '../base/markdown.ts';
import { memo } from '../base/memo.ts';
import { ruleUrl } from '../base/rulePage.ts';
import type { Problem } from '../base/text.ts';
import { durationWords, isoTime } from '../base/time.ts';
import { isCapture } from '../capture/capture.ts';
import type { ExportSource } from './export.ts';
import { rowFailures } from './failures.ts';
import type { Ladder, LadderDialog, Lane } from './ladder.ts';
import { titleOf } from './svg.ts';
import { textLadder } from './text.ts';

/**
 * A report of a trace or a call for a ticket: how much there is, who takes part, how each dialog went, why legs are one call, why requests failed, the ladder, and what the checks found.
 * Messages are links to their lines, where the file is known.
 */
export function markdownLadder(source: ExportSource): string {
  const { ladder, title } = source;
  const shown = new Set(ladder.rows.map(({ index }) => index));
  const found = source.problems.filter(({ messageIndex }) => messageIndex !== null && shown.has(messageIndex));
  const { dialogs, lanes } = ladder;
  return [
    `# ${plain(titleOf(title))}\n\n${scope(source, found)}\n`,
    section('Participants', table(['', 'Name', 'Kind', 'URI', 'Addresses'], lanes.map(participant))),
    section(
      'Dialogs',
      table(
        DIALOG_COLUMNS,
        dialogs.map((dialog) => dialogCells(dialog, lanes)),
      ),
    ),
    section('Linked legs', linkedLegs(source)),
    section('Failures', failures(source)),
    section('Messages', fenced(textLadder(ladder))),
    section('Problems', problemList(source, found)),
  ]
    .filter(Boolean)
    .join('\n');
}

/** How much there is, from when to when, and how it stands with it, in two sentences. */
function scope(source: ExportSource, found: readonly Problem[]): string {
  const { rows, lanes, dialogs } = source.ladder;
  const times = rows.flatMap(({ time }) => time ?? []);
  const [first, last] = [isoTime(times[0] ?? null), isoTime(times.at(-1) ?? null)];
  const when = first ? `, ${first === last ? `at ${first}` : `from ${first} to ${last}`}` : '';
  const what = [
    counted(rows.length, 'message'),
    counted(lanes.length, 'participant'),
    counted(dialogs.length, 'dialog'),
  ];
  const failed = rowFailures(source).count;
  const severities = SEVERITIES.map((severity) =>
    counted(found.filter((one) => one.severity === severity).length, severity),
  );
  const told = [
    failed > 0 ? `${counted(failed, 'request')} failed` : 'No request failed',
    ...severities.filter((one) => !one.startsWith('0 ')),
  ];
  return `${what.join(', ')}${when}. ${told.join(', ')}.`;
}

function counted(count: number, what: string): string {
  if (what === 'info') return `${count} for information`;
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** What is worst comes first. */
const SEVERITIES: readonly Problem['severity'][] = ['error', 'warning', 'info', 'hint'];

/** Each problem once, with the messages that have it: the worst first, and then in the order of the messages. */
function problemList(source: ExportSource, found: readonly Problem[]): string {
  const alike = new Map<string, Problem[]>();
  for (const problem of found) {
    const key = `${problem.rule} ${problem.severity} ${problem.message}`;
    const known = alike.get(key);
    if (known) known.push(problem);
    else alike.set(key, [problem]);
  }
  const groups = [...alike.values()].sort(
    (a, b) => SEVERITIES.indexOf(a[0]!.severity) - SEVERITIES.indexOf(b[0]!.severity),
  );
  return groups.map((group) => problemLine(source, group)).join('');
}

function problemLine(source: ExportSource, group: readonly Problem[]): string {
  const { severity, message, rule, spec } = group[0]!;
  const numbers = [...new Set(group.map(({ messageIndex }) => messageIndex!))];
  const shown = numbers.slice(0, MOST_LINKS).map((number) => messageLink(source, number, String(number)));
  const left = numbers.length - shown.length;
  const where = `message${numbers.length > 1 ? 's' : ''} ${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  return `- **${severity}** in ${where}: ${plain(message)} (${ruleName(rule)}${spec ? `, ${sources(spec)}` : ''})\n`;
}

/** A problem names so many of the messages that have it, and so many links of legs are told. */
const MOST_LINKS = 20;

/** The words as a link to the line of a message (one-based); as they are where the file or the line is not known. */
function messageLink({ ladder, file }: ExportSource, index: number, words: string): string {
  const hasLines = file !== undefined && !isCapture(ladder.format);
  const line = hasLines ? (rowsByIndex(ladder).get(index)?.line ?? null) : null;
  return line === null ? words : `[${words}](${target(file ?? '')}#L${line + 1})`;
}

const rowsByIndex = memo(({ rows }: Ladder) => new Map(rows.map((row) => [row.index, row])));

/** A path, with slashes, as the target of a link: with no colon, which would make a scheme of what is before it. */
function target(file: string): string {
  return encodeURI(file.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[()#?'*!:]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
}

function participant({ id, label, kind, uri, addresses }: Lane): string[] {
  return [id, plain(label), kind, code(uri ?? ''), code(addresses.join(', '))];
}

const DIALOG_COLUMNS = ['', 'Kind', 'State', 'Between', 'Status', 'Setup', 'Talk', 'Ended by', 'Why', 'Call-ID'];

function dialogCells(dialog: LadderDialog, lanes: readonly Lane[]): string[] {
  const { id, kind, event, state, participants, finalStatus, setupTime, talkTime, endedBy, why, callId } = dialog;
  const name = (lane: string | null) => plain(lanes.find((one) => one.id === lane)?.label ?? lane ?? '');
  return [
    id,
    event ? `${kind} ${plain(event)}` : kind,
    state,
    participants.map(name).join(', '),
    finalStatus === null ? '' : String(finalStatus),
    setupTime === null ? '' : durationWords(setupTime),
    talkTime === null ? '' : durationWords(talkTime),
    name(endedBy),
    plain(why.join('; ')),
    code(callId),
  ];
}

/** Why dialogs with different Call-IDs are one call, as far as they are shown. */
function linkedLegs(source: ExportSource): string {
  const { calls, dialogs } = source.ladder;
  const ids = new Map<string, string[]>();
  for (const { id, callId } of dialogs) ids.set(callId, [...(ids.get(callId) ?? []), id]);
  const links = calls.flatMap((call) => call.links).filter(({ from, to }) => ids.has(from) && ids.has(to));
  const lines = links.slice(0, MOST_LINKS).map(({ from, to, evidence }) => {
    const why = evidence.map(({ text, messages }) => {
      const [one, other] = messages.map((index) => messageLink(source, index, String(index)));
      return `${plain(text)} (messages ${one} and ${other})`;
    });
    return `- ${ids.get(from)!.join(', ')} and ${ids.get(to)!.join(', ')} are one call: ${why.join('; ')}\n`;
  });
  const left = links.length - lines.length;
  return lines.join('') + (left > 0 ? `- and ${counted(left, 'more link')}\n` : '');
}

/** Each failed request, with what led to it. */
function failures(source: ExportSource): string {
  const { failures: shown, count } = rowFailures(source);
  const blocks = shown.map(
    ({ row, steps }) =>
      `### ${messageLink(source, row.index, `Message ${row.index}`)}: ${plain(row.label)}\n\n${steps.map((step) => `- ${plain(step)}\n`).join('')}`,
  );
  const left = count - shown.length;
  if (left > 0) blocks.push(`${left} more ${left === 1 ? 'request' : 'requests'} failed.\n`);
  return blocks.join('\n');
}

/** The rule's id, linked with its page where there is one. */
function ruleName(rule: string): string {
  const url = ruleUrl(rule, undefined);
  return url ? `[${code(rule)}](${url})` : code(rule);
}

function section(title: string, body: string): string {
  return body && `## ${title}\n\n${body}`;
}

/** A table without the columns in which nothing stands. */
function table(head: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) return '';
  const kept = head.map((_, at) => rows.some((row) => row[at] !== ''));
  const line = (cells: readonly string[]) => {
    const shown = cells.filter((_, at) => kept[at]).map((cell) => cell.replace(/(?<!\\)\|/g, '\\|'));
    return `| ${shown.join(' | ')} |\n`;
  };
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}

/** A block of text, with a fence that does not stand in it. */
function fenced(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}${fence}\n`;
}
