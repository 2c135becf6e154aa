import { type Span, slice } from '../base/text.ts';
import { address, param, paramValue, sameParty } from '../sip/values.ts';
import type { Call, FlowMessage } from './call.ts';
import { isRequest, isUnique } from './sequence.ts';

/** A From or To that a response did not bring back as the request had it (RFC 3261 §8.2.6.2). */
export interface Change {
  readonly what: 'URI' | 'tag';
  /** Where the response has something else, and where the request has what was wanted. */
  readonly at: Span;
  readonly wantedAt: Span;
  readonly wanted: string;
}

/** A response with the request it answers. */
export interface Answer {
  readonly response: FlowMessage;
  readonly request: FlowMessage;
}

/**
 * The responses of a call with their requests, retransmissions left out. A response whose From tag was changed on the way still
 * belongs to the request with its Via branch and CSeq (RFC 3261 §17.1.3).
 */
export function answers(call: Call): Answer[] {
  const requests = new Map<string, FlowMessage>();
  const found: Answer[] = [];
  for (const message of call.messages) {
    if (message.retransmissionOf) continue;
    const key = branchKey(message);
    const request = message.respondsTo ?? requests.get(key);
    if (message.message.kind === 'request') requests.set(key, message);
    else if (request && message.status && (key || message.respondsTo)) found.push({ response: message, request });
  }
  return found;
}

/** '' where the branch is not unique by itself. */
function branchKey(message: FlowMessage): string {
  const { branch, cseq } = message;
  return cseq && isUnique(message) ? `${branch} ${cseq.number} ${cseq.method}` : '';
}

/** The responses that have the branch of a request, but the CSeq of no request with that branch (RFC 3261 §8.2.6.2). */
export function misnumbered(call: Call): Answer[] {
  const byBranch = new Map<string, FlowMessage>();
  const known = new Set<string>();
  const found: Answer[] = [];
  for (const message of call.messages) {
    const key = message.retransmissionOf ? '' : branchKey(message);
    if (key && isRequest(message)) {
      known.add(key);
      byBranch.set(message.branch, message);
    } else if (key && message.status && !known.has(key)) {
      const request = byBranch.get(message.branch);
      if (request && !answersHidden(message, request)) found.push({ response: message, request });
    }
  }
  return found;
}

/** A CANCEL and an ACK have branch and number of their INVITE, and may not be in the trace. */
function answersHidden({ method, cseq }: FlowMessage, request: FlowMessage): boolean {
  return method === 'ACK' || (method === 'CANCEL' && cseq?.number === request.cseq?.number);
}

/** Compares URI and tag of a response's From or To with those of its request; display names and order do not count. */
export function partyChange(response: FlowMessage, request: FlowMessage, side: 'from' | 'to'): Change | null {
  const found = address(response.message, side);
  const asked = address(request.message, side);
  if (!found || !asked) return null;
  const uri = slice(response.message.text, found.uri);
  const askedUri = slice(request.message.text, asked.uri);
  if (!sameParty(uri, askedUri)) return { what: 'URI', at: found.uri, wantedAt: asked.uri, wanted: askedUri };
  const wanted = paramValue(request.message.text, asked.params, 'tag');
  const tag = paramValue(response.message.text, found.params, 'tag');
  if (!wanted || tag === wanted) return null;
  if (!tag && side === 'to') return null; // a missing To tag is reported as such
  const wantedAt = param(asked.params, 'tag')?.value ?? asked.uri;
  return { what: 'tag', at: param(found.params, 'tag')?.value ?? found.uri, wantedAt, wanted };
}
