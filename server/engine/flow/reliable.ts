import { headerValue } from '../sip/message.ts';
import { hasOption } from '../sip/values.ts';
import type { Call, FlowMessage } from './call.ts';
import { isRequest, sentMessages } from './sequence.ts';

/** A provisional response that is repeated until a PRACK acknowledges it (RFC 3262 §3). */
export interface Reliable {
  readonly response: FlowMessage;
  readonly invite: FlowMessage;
  /** Its RSeq. */
  readonly number: number;
  readonly prack: FlowMessage | null;
}

/** The reliable provisional responses of a call, each once, with the PRACK whose RAck names them. */
export function reliableResponses(call: Call): Reliable[] {
  const pracks = new Map<string, FlowMessage>();
  const found = new Map<string, Reliable>();
  for (const message of sentMessages(call)) {
    if (message.method !== 'PRACK' || !isRequest(message)) continue;
    const [number, cseq, method] = (headerValue(message.message, 'rack') ?? '').trim().split(/\s+/);
    const key = `${message.toTag} ${Number(number)} ${Number(cseq)} ${method}`;
    if (!pracks.has(key)) pracks.set(key, message);
  }
  for (const response of sentMessages(call)) {
    const { respondsTo: invite, cseq } = response;
    if (!invite || !cseq || !isReliable(response)) continue;
    const number = Number(headerValue(response.message, 'rseq'));
    const key = `${response.toTag} ${number} ${cseq.number} ${cseq.method}`;
    if (!found.has(key)) found.set(key, { response, invite, number, prack: pracks.get(key) ?? null });
  }
  return [...found.values()];
}

/** A provisional response other than 100 that asks for a PRACK (RFC 3262 §3). */
function isReliable({ message, status, toTag }: FlowMessage): boolean {
  if (status <= 100 || status >= 200 || !toTag || !hasOption(message, 'require', '100rel')) return false;
  return /^\d+$/.test(headerValue(message, 'rseq')?.trim() ?? '');
}
