import { isoTime } from '../../engine/base/time.ts';
import { profileTitle } from '../../engine/engine.ts';
import { rowFailures } from '../../engine/ladder/failures.ts';
import type { LadderDialog, Lane } from '../../engine/ladder/ladder.ts';
import { summarizeSelected } from '../../engine/summary.ts';
import { atMost, counted, ladderOf, type Subject, type Tool } from './tool.ts';

const MOST = 60;

/** What a trace is, in short: how much, who, which dialogs, what failed, what the checks found. */
export const summaryTool: Tool = {
  name: 'sipLens_summarizeTrace',
  narrower: 'Ask for the call of one message.',
  answer(subject) {
    const { reading, problems, profiles } = subject;
    const ladder = ladderOf(subject);
    const facts = summarizeSelected(reading, new Uint8Array(reading.trace.count).fill(1));
    const source = { ladder, trace: reading.trace, flow: reading.flow };
    const { failures, count } = rowFailures(source);
    const failed = failures.map(({ row }) => `- message ${row.index}: ${row.label}, to ${row.method}`);
    const parts = [
      `${counted(facts.messages, 'message')}, format ${facts.format}, judged as ${profileTitle(profiles) || 'auto'}`,
      ...(facts.first === null ? [] : [`Time: ${isoTime(facts.first)} to ${isoTime(facts.last)}`]),
      `Requests: ${byCount(facts.methods)}`,
      `Responses: ${byCount(facts.statuses)}`,
      ...facts.skipped.map(({ why, count: left }) => `Not shown: ${left}, ${why}`),
      ...list('Participants', ladder.lanes.map(participant)),
      ...list(
        `Dialogs (${ladder.dialogs.length})`,
        ladder.dialogs.map((dialog) => dialogLine(dialog, ladder.lanes)),
      ),
      ...list(
        'Calls of several legs',
        ladder.calls.map(({ id, dialogs }) => `- ${id}: ${dialogs.join(', ')}`),
      ),
      ...list(
        'Conferences',
        ladder.conferences.map(({ uri, dialogs }) => `- ${uri}: ${dialogs.join(', ')}`),
      ),
      ...list(`Failures (${count})`, failed),
      ...list(`Problems (${problems.length})`, problemCounts(subject)),
    ];
    return parts.join('\n');
  },
};

function list(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`\n## ${title}`, ...atMost(lines, MOST, 'line')] : [];
}

function participant({ id, label, kind, uri, addresses }: Lane): string {
  return `- ${[`${id} ${label}`, kind, uri, addresses.join(' ')].filter(Boolean).join(', ')}`;
}

function dialogLine(dialog: LadderDialog, lanes: readonly Lane[]): string {
  const name = (id: string) => lanes.find((lane) => lane.id === id)?.label ?? id;
  const { id, kind, event, state, participants, messages, finalStatus, endedBy, why } = dialog;
  const parts = [
    `${id} ${event ? `${kind} ${event}` : kind}`,
    state,
    participants.map(name).join(' – '),
    messages.length > 1 ? `messages ${messages[0]} to ${messages.at(-1)}` : `message ${messages[0]}`,
    finalStatus === null ? '' : `answered ${finalStatus}`,
    endedBy ? `ended by ${name(endedBy)}` : '',
    why.join('; '),
  ];
  return `- ${parts.filter(Boolean).join(', ')}`;
}

/** How often each rule spoke, the most severe first. */
function problemCounts({ problems }: Subject): string[] {
  const counts = new Map<string, number>();
  for (const { severity, rule } of problems) {
    const key = `${severity} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const order = ['error', 'warning', 'info', 'hint'];
  const rank = (key: string) => order.indexOf(key.slice(0, key.indexOf(' ')));
  return [...counts].sort((a, b) => rank(a[0]) - rank(b[0]) || b[1] - a[1]).map(([key, count]) => `- ${key}: ${count}`);
}

function byCount(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return atMost(
    sorted.map(([name, count]) => `${count} ${name}`),
    40,
    'kind',
  ).join(', ');
}
