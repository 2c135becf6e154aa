import { memo } from '../base/memo.ts';
import type { Span } from '../base/text.ts';
import { slice } from '../base/text.ts';
import { param, paramValue, type Via } from '../sip/values.ts';
import { type Call, directionKey, type FlowMessage } from './call.ts';

/** The messages of a call as they were sent: each once, without retransmissions and copies caught again on a further hop. */
export const sentMessages: (call: Call) => readonly FlowMessage[] = memo(withoutCopies);

function withoutCopies(call: Call): FlowMessage[] {
  const seen = new Set<string>();
  return call.messages.filter((message) => {
    if (message.retransmissionOf) return false;
    const key = originKey(message);
    if (!key) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A request and the one before it that took a number of the same CSeq space (RFC 3261 §12.2.1.1). */
export interface CseqStep {
  readonly request: FlowMessage;
  readonly number: number;
  readonly last: FlowMessage;
  readonly lastNumber: number;
}

/**
 * Steps of each CSeq number space of the call: a space belongs to one sender in one dialog, and a dialog goes on from the
 * request that opened it. ACK and CANCEL repeat the number of their INVITE and take no step.
 */
export function cseqSteps(call: Call): CseqStep[] {
  const highest = new Map<string, FlowMessage>();
  const steps: CseqStep[] = [];
  for (const request of sentMessages(call)) {
    if (!isRequest(request) || !request.cseq || request.method === 'ACK' || request.method === 'CANCEL') continue;
    const opening = `${directionKey(request)} `;
    const last = highest.get(opening + request.toTag) ?? highest.get(opening);
    const number = request.cseq.number;
    const lastNumber = last?.cseq?.number ?? -1;
    if (last) steps.push({ request, number, last, lastNumber });
    if (number > lastNumber) highest.set(opening + request.toTag, request);
  }
  return steps;
}

export function isRequest(message: FlowMessage): boolean {
  return message.message.kind === 'request';
}

/** How a text names a message: `message 3`. */
export function named(message: FlowMessage): string {
  return `message ${message.index + 1}`;
}

/** The dialog a message belongs to, the same from both sides; '' where a tag is absent (RFC 3261 §12). */
export function dialogKey(message: FlowMessage): string {
  if (!message.fromTag || !message.toTag) return '';
  return [message.fromTag, message.toTag].sort().join(' ');
}

/** Where a finding about the message as a whole stands: the method of a request, the code of a response. */
export function headOf({ message }: FlowMessage): Span {
  if (message.kind === 'request') return message.at.method;
  return message.kind === 'response' ? message.at.status : message.startLine;
}

/** The start of a message as what explains a finding about another one. */
export function pointTo(message: FlowMessage, text: string): { in: FlowMessage; at: Span; text: string } {
  return { in: message, at: headOf(message), text };
}

/** Where the branch of the top Via stands, or the start line. */
export function branchAt({ vias, message }: FlowMessage): Span {
  return param(vias[0]?.params ?? [], 'branch')?.value ?? message.startLine;
}

/** Whether the branch is unique by itself: it has the cookie of RFC 3261 §8.1.1.7. */
export function isUnique({ branch }: FlowMessage): boolean {
  return branch.startsWith('z9hG4bK');
}

/** Host and port of the top Via in lower case: the hop that sent a request. */
export function sentBy({ vias, message: { text } }: FlowMessage): string {
  const top = vias[0];
  return top ? `${slice(text, top.host)}:${top.port ? slice(text, top.port) : ''}`.toLowerCase() : '';
}

/** What a message has in common with its copies on other hops: its bottom Via was set by who made it. */
function originKey(message: FlowMessage): string {
  const origin = message.vias.at(-1);
  if (!origin || !message.cseq || (message.status > 0 && message.status < 200)) return '';
  const { number, method } = message.cseq;
  return [message.status, number, method, message.fromTag, message.toTag, hopKey(message, origin)].join(' ');
}

function hopKey({ message: { text } }: FlowMessage, via: Via): string {
  const branch = paramValue(text, via.params, 'branch') ?? '';
  return `${slice(text, via.host)}:${via.port ? slice(text, via.port) : ''}:${branch}`;
}
