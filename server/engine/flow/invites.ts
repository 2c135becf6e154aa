import type { Call, FlowMessage } from './call.ts';
import { isRequest, isUnique, sentBy, sentMessages } from './sequence.ts';

/** Finds the INVITE of an ACK or CANCEL: the one of the same sender with the same CSeq number (RFC 3261 §9.1, §13.2.2.4). */
export function inviteFinder(call: Call): (message: FlowMessage) => FlowMessage | undefined {
  return finder(call, keyOf);
}

/** Finds the INVITE with the same branch, as the ACK to a failure and a CANCEL have it (RFC 3261 §9.1, §17.1.1.3); none where a branch is not unique by itself. */
export function inviteOfBranch(call: Call): (message: FlowMessage) => FlowMessage | undefined {
  return finder(call, (message) => (isUnique(message) ? message.branch : ''));
}

function finder(
  call: Call,
  keyOf: (message: FlowMessage) => string,
): (message: FlowMessage) => FlowMessage | undefined {
  const invites = new Map<string, FlowMessage>();
  for (const message of call.messages) {
    const key = isInvite(message) ? keyOf(message) : '';
    if (key && !invites.has(key)) invites.set(key, message);
  }
  return (message) => invites.get(keyOf(message));
}

function isInvite(message: FlowMessage): boolean {
  return message.method === 'INVITE' && isRequest(message);
}

function keyOf({ cseq, fromTag }: FlowMessage): string {
  return `${cseq?.number} ${fromTag}`;
}

/** A 2xx to an INVITE, which makes or changes a dialog, and the ACK that its sender waits for (RFC 3261 §13.2.2.4). */
export interface Acceptance {
  readonly response: FlowMessage;
  readonly invite: FlowMessage;
  readonly ack: FlowMessage | null;
}

/** The 2xx to INVITEs, each once; a fork gives several to one INVITE. */
export function acceptances(call: Call): Acceptance[] {
  const acks = new Map<string, FlowMessage>();
  for (const message of call.messages) {
    const key = `${keyOf(message)} ${message.toTag}`;
    if (message.method === 'ACK' && isRequest(message) && !acks.has(key)) acks.set(key, message);
  }
  return sentMessages(call).flatMap((response) => {
    const { status, method, respondsTo: invite } = response;
    if (status < 200 || status > 299 || method !== 'INVITE' || !invite) return [];
    return [{ response, invite, ack: acks.get(`${keyOf(response)} ${response.toTag}`) ?? null }];
  });
}

/** The final response to a request; undefined where there is none. */
export function finalOf(request: FlowMessage): FlowMessage | undefined {
  return request.responses.find(({ status }) => status >= 200);
}

/**
 * The ACKs whose number is that of no INVITE, with the INVITE that was meant: the last one before of the same sender that was answered
 * by this To tag and has no ACK of its own.
 */
export function misnumberedAcks(call: Call): { readonly ack: FlowMessage; readonly invite: FlowMessage }[] {
  const inviteOf = inviteFinder(call);
  const answered = new Map<string, FlowMessage>();
  const acknowledged = new Set(call.messages.filter(isAck).map(keyOf));
  const found: { ack: FlowMessage; invite: FlowMessage }[] = [];
  for (const message of sentMessages(call)) {
    const dialog = `${message.fromTag} ${message.toTag}`;
    if (message.method === 'INVITE' && message.status >= 200 && message.respondsTo)
      answered.set(dialog, message.respondsTo);
    const invite = isAck(message) && !inviteOf(message) ? answered.get(dialog) : undefined;
    if (invite && !acknowledged.has(keyOf(invite))) found.push({ ack: message, invite });
  }
  return found;
}

function isAck(message: FlowMessage): boolean {
  return message.method === 'ACK' && isRequest(message);
}

/** An ACK to a failure, which the sender of the INVITE makes of it, on the same hop (RFC 3261 §17.1.1.3). */
export interface FailureAck {
  readonly ack: FlowMessage;
  readonly invite: FlowMessage;
  readonly failure: FlowMessage;
}

/** The ACKs to failures, as far as their INVITE can be told: by its branch, else it is the only one of this hop with that number. */
export function failureAcks(call: Call): FailureAck[] {
  const byBranch = inviteOfBranch(call);
  const hops = new Map<string, FlowMessage[]>();
  for (const message of call.messages) {
    if (!isInvite(message) || message.retransmissionOf) continue;
    const list = hops.get(hopOf(message));
    if (list) list.push(message);
    else hops.set(hopOf(message), [message]);
  }
  const acked = new Set(call.messages.filter(isAck).map(byBranch));
  return call.messages.flatMap((ack) => {
    if (!isAck(ack) || ack.retransmissionOf || !isUnique(ack)) return [];
    const here = hops.get(hopOf(ack)) ?? [];
    const only = here.length === 1 && isUnique(here[0]!) && !acked.has(here[0]) ? here[0] : undefined;
    const invite = byBranch(ack) ?? only;
    const failure = invite && failureBefore(invite, ack);
    return failure ? [{ ack, invite, failure }] : [];
  });
}

function hopOf(message: FlowMessage): string {
  return `${keyOf(message)} ${sentBy(message)}`;
}

/** The failure that an ACK may acknowledge; none where a 2xx is there too, or answers cannot be told apart. */
function failureBefore(invite: FlowMessage, ack: FlowMessage): FlowMessage | undefined {
  const finals = invite.responses.filter(({ status, order }) => status >= 200 && order < ack.order);
  if (finals.some(({ status }) => status < 300)) return undefined;
  return finals.find(({ toTag }) => toTag === ack.toTag) ?? finals[0];
}
