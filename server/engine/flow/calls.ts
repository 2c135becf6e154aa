import { slice } from '../base/text.ts';
import { headerValue, type SipMessage } from '../sip/message.ts';
import { address, methodOf, parseCSeq, tagOf, vias } from '../sip/values.ts';
import { Flag, REQUEST } from '../trace/columns.ts';
import type { TextTrace } from '../trace/text.ts';
import type { XmlDocument } from '../xml/xml.ts';
import { xmlBodies } from './bodies.ts';
import type { Call, FlowMessage } from './call.ts';
import type { Flow } from './flow.ts';

type Building = { -readonly [K in keyof FlowMessage]: FlowMessage[K] } & { responses: FlowMessage[] };

/** What a call needs to know of the whole trace. */
export interface TraceFacts {
  readonly timed: boolean;
  readonly traceHasWholeDialogs: boolean;
  /** How many messages of the trace stand behind one (zero-based), of many only `FOLLOWING`. */
  behind(index: number): number;
  /** The time of the last of those, or of the message itself where there is none; null where it has no time. */
  until(index: number): number | null;
}

/** More messages than this behind a call are not told apart, so that a call stays as it is when the trace goes on far behind it. */
export const FOLLOWING = 100;

/** Facts of the whole trace, from the columns alone. */
export function traceFacts({ columns, built }: Pick<TextTrace, 'columns' | 'built'>): TraceFacts {
  const invite = built.methods.number('INVITE') + REQUEST;
  let whole = false;
  for (let index = 0; index < columns.count && !whole; index++) {
    whole = columns.kind[index] === invite && (columns.flags[index]! & Flag.initial) !== 0;
  }
  const behind = (index: number) => Math.min(columns.count - 1 - index, FOLLOWING);
  const until = (index: number) => columns.timeOf(index + behind(index));
  return { timed: columns.time !== null, traceHasWholeDialogs: whole, behind, until };
}

/** The messages of one Call-ID, parsed, with what links them. */
export function readCall(trace: TextTrace, flow: Flow, facts: TraceFacts, indices: ArrayLike<number>): Call {
  const messages: Building[] = [];
  const byIndex = new Map<number, Building>();
  for (let order = 0; order < indices.length; order++) {
    const index = indices[order]!;
    const made = readFlowMessage(trace, index, order);
    messages.push(made);
    byIndex.set(index, made);
  }
  for (const message of messages) link(message, flow, byIndex);
  const callId = messages[0] ? (headerValue(messages[0].message, 'call-id') ?? '') : '';
  const last = messages.at(-1);
  const { timed, traceHasWholeDialogs } = facts;
  return {
    ...{ callId, messages, timed, traceHasWholeDialogs },
    partial: beginsInside(messages[0]),
    behind: ({ index }) => facts.behind(index),
    until: last ? facts.until(last.index) : null,
    remembered: [],
  };
}

function link(message: Building, flow: Flow, byIndex: Map<number, Building>): void {
  const { respondsTo, retransmissionOf } = flow.transactions;
  const request = byIndex.get(respondsTo[message.index]! - 1);
  message.retransmissionOf = byIndex.get(retransmissionOf[message.index]! - 1) ?? null;
  if (!request) return;
  message.respondsTo = request;
  request.responses.push(message);
}

function readFlowMessage(trace: TextTrace, index: number, order: number): Building {
  const message = trace.message(index);
  const paths = vias(message);
  return {
    index,
    order,
    message,
    method: methodOf(message),
    status: message.kind === 'response' ? message.status : 0,
    cseq: parseCSeq(message),
    fromTag: tagOf(message, 'from') ?? '',
    toTag: tagOf(message, 'to') ?? '',
    fromUri: uriOf(message, 'from'),
    toUri: uriOf(message, 'to'),
    branch: branchOf(message, paths),
    vias: paths,
    time: trace.columns.timeOf(index),
    respondsTo: null,
    retransmissionOf: null,
    responses: [],
    xml: xmlOf(message),
  };
}

function uriOf(message: SipMessage, id: 'from' | 'to'): string {
  const found = address(message, id);
  return found ? slice(message.text, found.uri) : '';
}

function branchOf(message: SipMessage, paths: FlowMessage['vias']): string {
  const branch = paths[0]?.params.find((entry) => entry.name === 'branch');
  return branch?.value ? slice(message.text, branch.value) : '';
}

/** The first XML body of a message, parsed; null where there is none. */
export function xmlOf(message: SipMessage): XmlDocument | null {
  return xmlBodies(message)[0]?.document ?? null;
}

function beginsInside(first: FlowMessage | undefined): boolean {
  return first !== undefined && (first.status > 0 || first.toTag !== '' || first.method === 'BENOTIFY');
}
