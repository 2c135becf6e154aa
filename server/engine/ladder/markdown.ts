import { code, plain, sources } from '../base/markdown.ts';
import { ruleUrl } from '../base/rulePage.ts';
import { durationWords, isoTime } from '../base/time.ts';
import type { ExportSource } from './export.ts';
import { rowFailures } from './failures.ts';
import type { Ladder, LadderDialog, Lane } from './ladder.ts';
import { textLadder } from './text.ts';

/** A report of a trace or a call for a ticket: who takes part, how each dialog went, why requests failed, the ladder, and what the checks found. */
export function markdownLadder(source: ExportSource): string {
  const { ladder, problems } = source;
  const shown = new Set(ladder.rows.map(({ index }) => index));
  const found = problems.filter(({ messageIndex }) => messageIndex !== null && shown.has(messageIndex));
  const list = found.map(
    ({ messageIndex, severity, message, rule, spec }) =>
      `- Message ${messageIndex}, ${severity}: ${plain(message)} (${ruleName(rule)}${spec ? `, ${sources(spec)}` : ''})\n`,
  );
  return [
    `# SIP trace\n\n${scope(ladder)}\n`,
    section('Participants', table(['', 'Name', 'Kind', 'URI', 'Addresses'], ladder.lanes.map(participant))),
    section(
      'Dialogs',
      table(
        DIALOG_COLUMNS,
        ladder.dialogs.map((dialog) => dialogCells(dialog, ladder.lanes)),
      ),
    ),
    section('Failures', failures(source)),
    section('Messages', fenced(textLadder(ladder))),
    section('Problems', list.join('')),
  ]
    .filter(Boolean)
    .join('\n');
}

/** How much there is, and from when to when. */
function scope({ rows }: Ladder): string {
  const times = rows.flatMap(({ time }) => time ?? []);
  const count = `${rows.length} message${rows.length === 1 ? '' : 's'}`;
  return times.length > 0 ? `${count}, ${isoTime(times[0]!)} to ${isoTime(times.at(-1)!)}` : count;
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

/** Each failed request, with what led to it. */
function failures(source: ExportSource): string {
  const { failures: shown, count } = rowFailures(source);
  const blocks = shown.map(
    ({ row, steps }) =>
      `### Message ${row.index}: ${plain(row.label)}\n\n${steps.map((step) => `- ${plain(step)}\n`).join('')}`,
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

function table(head: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |\n`;
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}

/** A block of text, with a fence that does not stand in it. */
function fenced(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}${fence}\n`;
}
