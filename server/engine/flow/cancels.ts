import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import { address, param, sameParty } from '../sip/values.ts';
import type { Call, FlowMessage } from './call.ts';
import { finalOf, inviteFinder, inviteOfBranch } from './invites.ts';
import { branchAt, headOf, isRequest, isUnique, named, sentBy } from './sequence.ts';

/** What a CANCEL has otherwise than its INVITE, or that it comes at the wrong time. */
export interface CancelFault {
  readonly cancel: FlowMessage;
  readonly invite: FlowMessage;
  readonly fault: { readonly at: Span; readonly text: string; readonly because?: FlowMessage };
}

/** The CANCELs of a call that do not fit the INVITE they should stop (RFC 3261 §9.1); those whose INVITE is not in the trace are left out. */
export function cancelFaults(call: Call): CancelFault[] {
  const byBranch = inviteOfBranch(call);
  const byNumber = inviteFinder(call);
  const acknowledged = acknowledgedBefore(call);
  return call.messages.flatMap((cancel) => {
    if (cancel.method !== 'CANCEL' || !isRequest(cancel) || cancel.retransmissionOf) return [];
    const invite = byBranch(cancel) ?? sameHop(byNumber(cancel), cancel);
    if (!invite || invite.order > cancel.order) return [];
    const fault = mismatch(cancel, invite) ?? untimely(cancel, invite, acknowledged(cancel));
    return fault ? [{ cancel, invite, fault }] : [];
  });
}

/** On another hop the branch is rightly another one. */
function sameHop(invite: FlowMessage | undefined, cancel: FlowMessage): FlowMessage | undefined {
  return invite && isUnique(invite) && isUnique(cancel) && sentBy(invite) === sentBy(cancel) ? invite : undefined;
}

function mismatch(cancel: FlowMessage, invite: FlowMessage): CancelFault['fault'] | null {
  const lost = 'the server answers it with 481, and the call goes on ringing';
  const of = `that of the INVITE (${named(invite)})`;
  if (cancel.cseq && invite.cseq && cancel.cseq.number !== invite.cseq.number)
    return { at: cancel.cseq.at.number, text: `The CSeq number must be ${of}, ${invite.cseq.number}: ${lost}.` };
  if (cancel.branch !== invite.branch) return { at: branchAt(cancel), text: `The branch must be ${of}: ${lost}.` };
  const uri = targetAt(cancel);
  const wanted = targetAt(invite);
  if (uri && wanted) {
    const target = slice(invite.message.text, wanted);
    if (!sameParty(slice(cancel.message.text, uri), target))
      return { at: uri, text: `The Request-URI must be ${of}, ${quote(target)}.` };
  }
  const to = address(cancel.message, 'to');
  if (!to || cancel.toTag === invite.toTag) return null;
  const has = invite.toTag ? `, ${quote(invite.toTag)}` : ', which has none';
  return { at: param(to.params, 'tag')?.value ?? to.uri, text: `The To tag must be ${of}${has}.` };
}

/** A CANCEL may cross the final response, but not follow its ACK; and it must wait for a provisional one, if one comes at all. */
function untimely(cancel: FlowMessage, invite: FlowMessage, ack: FlowMessage | undefined): CancelFault['fault'] | null {
  const final = finalOf(invite);
  if (final && final.order < cancel.order && ack) {
    const text = `The INVITE had got its ${final.status} (${named(final)}), which ${named(ack)} acknowledged: there is nothing left to cancel, only a BYE ends the call.`;
    return { at: headOf(cancel), text, because: final };
  }
  const first = invite.responses[0];
  if (!first || first.order < cancel.order || first.status >= 200) return null;
  const text = `Sent before the first provisional response (${named(first)}): it may reach the server before its INVITE, and then stops nothing.`;
  return { at: headOf(cancel), text, because: first };
}

function targetAt({ message }: FlowMessage): Span | null {
  return message.kind === 'request' ? message.at.uri : null;
}

/** Finds the ACK before a CANCEL that its sender sent for the same INVITE. */
function acknowledgedBefore(call: Call): (cancel: FlowMessage) => FlowMessage | undefined {
  const acks = new Map<string, FlowMessage>();
  const keyOf = (message: FlowMessage) => `${message.cseq?.number} ${message.fromTag} ${sentBy(message)}`;
  for (const message of call.messages) {
    if (message.method === 'ACK' && isRequest(message) && !acks.has(keyOf(message))) acks.set(keyOf(message), message);
  }
  return (cancel) => {
    const ack = acks.get(keyOf(cancel));
    return ack && ack.order < cancel.order ? ack : undefined;
  };
}
