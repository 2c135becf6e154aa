import { clipped, plain } from '../../engine/base/quote.ts';
import { durationWords, isoTime } from '../../engine/base/time.ts';
import { readSession } from '../../engine/flow/sessions/session.ts';
import { labelOf } from '../../engine/ladder/rows.ts';
import type { Messages } from '../../engine/trace/text.ts';
import { type CallFacts, factsOfLeg } from './callFacts.ts';
import { messagesOfLeg } from './callSource.ts';
import type { CallTable } from './callTable.ts';
import * as words from './callWords.ts';

/** More messages than these are counted only. */
const MOST = 200;
const LONGEST = 200;

/** A call in short, as Markdown: who, how it went and why, its legs with the evidence for them, and its messages. */
export async function callSummary(table: CallTable, call: number): Promise<string> {
  const { source, legsOf } = table;
  const legs = legsOf.get(call) ?? [call];
  const facts = legs.map((leg) => factsOfLeg(table, leg));
  const indices = legs.flatMap((leg) => messagesOfLeg(source, leg)).sort((one, other) => one - other);
  const told = indices.slice(0, MOST);
  const messages = await source.load([...told, ...facts.flatMap(words.neededBy)]);
  const title = words.titleOf(facts[0]!, messages);
  return [
    `## ${cell(title)}`,
    '',
    ...facts.flatMap((one, at) => legLines(table, one, legs.length > 1 ? at + 1 : 0, messages)),
    ...evidenceLines(table, legs),
    ...messageLines(table, told, messages),
    ...(indices.length > MOST ? ['', `${indices.length - MOST} more messages.`] : []),
    '',
  ].join('\n');
}

/** `number` 0: the call has no other leg. */
function legLines({ source }: CallTable, facts: CallFacts, number: number, messages: Messages): string[] {
  const first = words.firstOf(facts);
  const session = readSession(messages, source.flow, facts.indices.slice(0, MOST), false);
  const { setupTime, postDialDelay, ringTime, talkTime, ending } = session;
  const time = (name: string, value: number | null) => (value === null ? [] : [`- ${name}: ${durationWords(value)}`]);
  const begun = isoTime(messages.columns.timeOf(facts.indices[0]!));
  const why = ending?.why.map((one) => cell(plain(one))).join('; ');
  return [
    ...(number > 0 ? [`### Leg ${number}: ${cell(words.titleOf(facts, messages))}`, ''] : []),
    `- Call-ID: \`${words.callIdOf(messages, first).replace(/`/g, "'")}\``,
    `- State: ${cell(words.stateOf(facts, messages)) || 'unknown'}`,
    ...(begun ? [`- Begun: ${begun}`] : []),
    ...time('Setup', setupTime),
    ...time('Post-dial delay', postDialDelay),
    ...time('Ringing', ringTime),
    ...time('Talk', talkTime),
    ...(ending
      ? [`- Ended in message ${ending.index + 1}, sent by ${cell(laneOf(source, ending.by))}${why ? `: ${why}` : ''}`]
      : []),
    '',
  ];
}

function evidenceLines({ links }: CallTable, legs: readonly number[]): string[] {
  const lines = legs.flatMap((leg) =>
    (links.get(leg) ?? [])
      .filter(({ from }) => from === leg)
      .flatMap(({ from, to, evidence }) =>
        evidence.map(
          ({ text, weight, messages: [one, other] }) =>
            `- Legs ${legs.indexOf(from) + 1} and ${legs.indexOf(to) + 1}: ${cell(text)}, weight ${weight} (messages ${one + 1} and ${other + 1})`,
        ),
      ),
  );
  return lines.length > 0 ? ['### Why these are one call', '', ...lines, ''] : [];
}

function messageLines({ source }: CallTable, indices: readonly number[], messages: Messages): string[] {
  const { sender, receiver } = messages.columns;
  const rows = indices.map((index) => {
    const way = `${laneOf(source, sender[index]!)} → ${laneOf(source, receiver[index]!)}`;
    return `| ${index + 1} | ${words.clockOf(messages, index)} | ${cell(way)} | ${cell(labelOf(messages.message(index), ''))} |`;
  });
  return ['| # | time | way | message |', '|--:|---|---|---|', ...rows];
}

function laneOf({ lanes }: CallTable['source'], party: number): string {
  return lanes.lanes[lanes.of[party]!]?.label ?? 'Unknown';
}

/** A text of the trace in which nothing is markup. */
function cell(text: string): string {
  return clipped(text, LONGEST).replace(/[|*_<>[\]`\\]/g, '\\$&');
}
