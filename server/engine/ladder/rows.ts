import { memo } from '../base/memo.ts';
import { plain } from '../base/quote.ts';
import { type LineMap, type Problem, slice } from '../base/text.ts';
import { xmlOf } from '../flow/calls.ts';
import { summarize } from '../flow/conference.ts';
import { shortUri } from '../flow/entity.ts';
import type { Flow } from '../flow/flow.ts';
import { contentType, hasBody, headerValue, type SipMessage, unfold } from '../sip/message.ts';
import { address, parseCSeq } from '../sip/values.ts';
import { Flag } from '../trace/columns.ts';
import type { TextTrace } from '../trace/text.ts';
import { factsOf } from './facts.ts';
import type { LadderRow } from './ladder.ts';
import type { Lanes } from './lanes.ts';

type Counts = LadderRow['problems'];
const NONE: Counts = { error: 0, warning: 0, info: 0, hint: 0 };
/** A documented step says what it does in its last lines; what a web page puts above is no caption. */
const CAPTIONS = 3;
const LONGEST = 200;
/** A message without a body may end in an empty line more. */
const LINE_END = 4;

/** How many problems lie in each message, by one-based number. */
export function countProblems(problems: readonly Problem[]): Map<number, Counts> {
  const counts = new Map<number, Record<Problem['severity'], number>>();
  for (const { messageIndex, severity } of problems) {
    if (messageIndex === null) continue;
    const count = counts.get(messageIndex) ?? { ...NONE };
    count[severity]++;
    counts.set(messageIndex, count);
  }
  return counts;
}

/** What rows need of a trace: all of a text, or what was read of a file. */
export type RowTrace = Pick<TextTrace, 'columns' | 'told' | 'message' | 'method' | 'way' | 'captions'>;

/** What rows are made of. */
export interface RowSource {
  readonly trace: RowTrace;
  readonly flow: Flow;
  readonly lanes: Lanes;
  /** Turns offsets of the source into lines; null where it has none, or they are not counted. */
  readonly lines: Pick<LineMap, 'position'> | null;
  readonly counts: ReadonlyMap<number, Counts>;
}

/** The arrow of one message (zero-based). */
export function readRow({ trace, flow, lanes, lines, counts }: RowSource, index: number): LadderRow {
  const { columns } = trace;
  const message = trace.message(index);
  const response = message.kind === 'response' ? message : null;
  const from = Math.max(0, lanes.of[columns.sender[index]!] ?? 0);
  const to = Math.max(0, lanes.of[columns.receiver[index]!] ?? 0);
  const through = isServer(lanes, to);
  const isFirst = (columns.flags[index]! & Flag.initial) !== 0;
  const summary = summarize(message, xmlOf(message)) || (through && isFirst ? goalOf(message) : '');
  const { transactions, dialogs } = flow;
  const answered = transactions.respondsTo[index]!;
  return {
    index: index + 1,
    line: lines?.position(columns.start[index]!).line ?? null,
    time: columns.timeOf(index),
    from,
    to,
    ...namedIn(trace, lanes, index, lanes.lanes[from]?.isGuess ?? false, lanes.lanes[to]?.isGuess ?? false),
    type: response ? 'response' : 'request',
    method: trace.method(index),
    status: response?.status ?? null,
    reason: response ? clean(slice(message.text, response.at.reason)) : null,
    label: labelOf(message, summary),
    summary,
    facts: factsOf(message, {
      requestHasBody: answered > 0 ? hasBodyAt(columns, answered - 1) : null,
      fromServer: isServer(lanes, from),
    }),
    ...trace.way(index),
    copies: columns.copiesOf(index),
    callId: headerValue(message, 'call-id') ?? '',
    cseq: parseCSeq(message)?.number ?? null,
    body: hasBody(message) ? contentType(message) || 'unknown' : null,
    length: columns.length[index]!,
    dialog: dialogs.of[index] ? `d${dialogs.of[index]}` : null,
    transaction: transactions.of[index] ? `t${transactions.of[index]}` : null,
    respondsTo: answered || null,
    retransmissionOf: transactions.retransmissionOf[index] || null,
    retransmissions: retransmissionCounts(transactions.retransmissionOf)[index] ?? 0,
    failed: response !== null && response.status >= 400,
    captions: trace.captions(index).slice(-CAPTIONS).map(plain),
    problems: counts.get(index + 1) ?? NONE,
  };
}

/** Who is named where a lane is a guess. */
function namedIn(
  { told, columns }: RowTrace,
  { of }: Lanes,
  index: number,
  isFrom: boolean,
  isTo: boolean,
): Pick<LadderRow, 'named'> {
  if (!isFrom && !isTo) return {};
  const from = of[(isFrom ? told : columns).sender[index]!] ?? -1;
  const to = of[(isTo ? told : columns).receiver[index]!] ?? -1;
  return { named: { from, to } };
}

function isServer({ lanes }: Lanes, lane: number): boolean {
  return ['server', 'address'].includes(lanes[lane]?.kind ?? '');
}

/** Whether anything stands behind the head of a message, by its columns. */
function hasBodyAt({ length, bodyAt }: RowTrace['columns'], index: number): boolean {
  return length[index]! > bodyAt[index]! + LINE_END;
}

/** More retransmissions than this are no list. */
const MOST_REPEATS = 50_000;

/** The messages that repeat another, and which (one-based), in order; none where there are very many. */
export const retransmissionsOf = memo(({ transactions: { retransmissionOf } }: Flow) => {
  const found: (readonly [message: number, of: number])[] = [];
  for (let index = 0; index < retransmissionOf.length && found.length <= MOST_REPEATS; index++)
    if (retransmissionOf[index]) found.push([index + 1, retransmissionOf[index]!]);
  return found.length > MOST_REPEATS ? [] : found;
});

/** How many messages repeat each one, counted once for a trace. */
const retransmissionCounts = memo((retransmissionOf: Flow['transactions']['retransmissionOf']) => {
  const counts = new Uint32Array(retransmissionOf.length);
  for (const original of retransmissionOf) if (original) counts[original - 1]!++;
  return counts;
});

/** Whom a request is for that goes to a server on its way: `bob@contoso.com`. */
function goalOf(message: SipMessage): string {
  const goal = message.kind === 'request' ? address(message, 'to') : undefined;
  const uri = goal ? slice(message.text, goal.uri) : '';
  return uri.includes('@') ? clean(shortUri(uri)) : '';
}

/** What the arrow says: the method and its object, or the status line. */
export function labelOf(message: SipMessage, summary: string): string {
  if (message.kind === 'response')
    return clean(`${slice(message.text, message.at.status)} ${slice(message.text, message.at.reason)}`);
  if (message.kind === 'request') return clean(`${message.method} ${summary}`);
  return clean(slice(message.text, message.startLine)) || 'unreadable start line';
}

/** One line of at most 200 characters, without control characters. */
function clean(text: string): string {
  return plain(unfold(text.slice(0, LONGEST))).trim();
}
