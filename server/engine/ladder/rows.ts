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
import type { LadderRow } from './ladder.ts';
import type { Lanes } from './lanes.ts';

type Counts = LadderRow['problems'];
const NONE: Counts = { error: 0, warning: 0, info: 0, hint: 0 };
/** A documented step says what it does in its last lines; what a web page puts above is no caption. */
const CAPTIONS = 3;
const LONGEST = 200;

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
export type RowTrace = Pick<TextTrace, 'columns' | 'message' | 'method' | 'way' | 'captions'>;

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
  const to = Math.max(0, lanes.of[columns.receiver[index]!] ?? 0);
  const through = ['server', 'address'].includes(lanes.lanes[to]?.kind ?? '');
  const isFirst = (columns.flags[index]! & Flag.initial) !== 0;
  const summary = summarize(message, xmlOf(message)) || (through && isFirst ? goalOf(message) : '');
  const { transactions, dialogs } = flow;
  return {
    index: index + 1,
    line: lines?.position(columns.start[index]!).line ?? null,
    time: columns.timeOf(index),
    from: Math.max(0, lanes.of[columns.sender[index]!] ?? 0),
    to,
    type: response ? 'response' : 'request',
    method: trace.method(index),
    status: response?.status ?? null,
    reason: response ? clean(slice(message.text, response.at.reason)) : null,
    label: labelOf(message, summary),
    summary,
    ...trace.way(index),
    copies: columns.copiesOf(index),
    callId: headerValue(message, 'call-id') ?? '',
    cseq: parseCSeq(message)?.number ?? null,
    body: hasBody(message) ? contentType(message) || 'unknown' : null,
    dialog: dialogs.of[index] ? `d${dialogs.of[index]}` : null,
    transaction: transactions.of[index] ? `t${transactions.of[index]}` : null,
    respondsTo: transactions.respondsTo[index] || null,
    retransmissionOf: transactions.retransmissionOf[index] || null,
    failed: response !== null && response.status >= 400,
    captions: trace.captions(index).slice(-CAPTIONS).map(plain),
    problems: counts.get(index + 1) ?? NONE,
  };
}

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
